// The accounts go from the keychain into a file, or back (storage.md 8).

#include "ui/desk.h"
#include "ui/notice_sheet.h"
#include "ui/password_sheet.h"

using namespace Qt::StringLiterals;

namespace hufu {

void Desk::openMoveSheet(Vault::Storage to)
{
    using Task = PasswordSheet::Task;
    const Task task = to == Vault::Storage::Keychain ? Task::MoveToKeychain
                      : m_tools.vault.hasPassword()  ? Task::MoveToFile
                                                     : Task::MoveToFileAndSet;
    auto *sheet = new PasswordSheet(task);
    connect(sheet, &PasswordSheet::submitted, this, [this, sheet, to] { move(sheet, to); });
    open(sheet);
}

void Desk::move(PasswordSheet *sheet, Vault::Storage to)
{
    SecretBytes current = sheet->takeCurrent();
    SecretBytes next = sheet->takeNext();
    if (next.empty()) { // the password that is set stays
        Result<SecretBytes> same = SecretBytes::copyOf(current.view());
        if (!same)
            return sheet->showFailure(same.error());
        next = std::move(*same);
    }
    sheet->setBusy(true);
    const bool setsPassword = sheet->task() == PasswordSheet::Task::MoveToFileAndSet;
    m_tools.vault.move(
        to, std::move(current), std::move(next), this,
        [this, to, setsPassword,
         guard = QPointer<PasswordSheet>(sheet)](const Result<void> &answer) {
            followLock();
            if (!answer) {
                if (guard)
                    guard->showFailure(answer.error(), keptIn());
                else if (!isHidden())
                    showFailure(answer.error());
                return;
            }
            note(to == Vault::Storage::File ? ActivityEvent::Kind::MovedToFile
                                            : ActivityEvent::Kind::MovedToKeychain);
            if (setsPassword)
                note(ActivityEvent::Kind::PasswordSet);
            if (guard)
                guard->accept();
            if (isHidden())
                return;
            const Explanation words =
                to == Vault::Storage::File
                    ? Explanation{tr("The accounts are in a file now"),
                                  tr("Everything was read back from it before the keychain's "
                                     "entries were removed. Only the app password opens it.")}
                    : Explanation{tr("The accounts are in the keychain now"),
                                  tr("Everything was read back from it before the file was "
                                     "removed. The app password is the same as before.")};
            auto *notice = new NoticeSheet(
                tr("Where accounts are kept"),
                {.kind = NoticeSheet::Picture::Kind::Icon,
                 .icon = to == Vault::Storage::File ? u"archive"_s : u"shield-check"_s},
                words);
            notice->addAction(tr("Close"));
            open(notice);
        });
}

} // namespace hufu
