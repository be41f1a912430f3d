// The desk's way to the keychain doctor.

#include "ui/desk.h"
#include "ui/doctor_sheet.h"
#include "ui/doctor_words.h"
#include "ui/main_window.h"
#include "ui/notice_sheet.h"

#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace hufu {

void Desk::askDoctor()
{
    m_tools.vault.diagnose(this, [this](const Result<VaultReport> &report) {
        if (!report)
            return showFailure(report.error());
        auto *sheet = new DoctorSheet(*report);
        connect(sheet, &DoctorSheet::exportRequested, this, &Desk::exportKept);
        open(sheet);
    });
}

void Desk::exportKept()
{
    // Qt's own dialog: the portal's would refuse this process (security.md, opening).
    auto *dialog = new QFileDialog(m_window.get(), DoctorSheet::tr("Export what was kept"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // nothing is ever written over
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(u"hufu-kept.txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_tools.vault.exportKept(path, this, [this](const Result<KeptExport> &written) {
            if (!written)
                return showFailure(written.error());
            auto *sheet =
                new NoticeSheet(DoctorSheet::tr("Keychain doctor"),
                                {.kind = NoticeSheet::Picture::Kind::Icon, .icon = u"export"_s},
                                DoctorWords::ofExport(*written));
            sheet->addAction(tr("Close"));
            open(sheet);
        });
    });
    dialog->open();
}

} // namespace hufu
