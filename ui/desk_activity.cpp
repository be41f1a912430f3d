// What happened, for the person to look at.

#include "ui/activity_sheet.h"
#include "ui/activity_words.h"
#include "ui/desk.h"
#include "ui/main_window.h"

#include <QFileDialog>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace hufu {

void Desk::note(std::vector<ActivityEvent> events)
{
    if (m_tools.activity)
        m_tools.activity->addAll(std::move(events));
}

void Desk::note(ActivityEvent::Kind kind)
{
    ActivityEvent event;
    event.kind = kind;
    note({std::move(event)});
}

void Desk::openActivity()
{
    if (!m_tools.activity || isHidden())
        return;
    auto *sheet = new ActivitySheet;
    connect(sheet, &ActivitySheet::exportRequested, this, &Desk::exportActivity);
    open(sheet);
    showEvents();
}

/// Into the sheet, if it is open.
void Desk::showEvents()
{
    auto *sheet = qobject_cast<ActivitySheet *>(m_sheet.data());
    if (!sheet || isHidden())
        return;
    Result<std::vector<ActivityEvent>> events = m_tools.activity->newestFirst();
    if (events)
        sheet->setEvents(std::move(*events), m_tools.clock.second());
    else
        showFailure(events.error());
}

void Desk::exportActivity()
{
    auto *sheet = qobject_cast<ActivitySheet *>(m_sheet.data());
    if (!sheet)
        return;
    // Qt's own dialog: the portal's would refuse this process (security.md, opening).
    auto *dialog = new QFileDialog(sheet, tr("Save the activity list"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->setNameFilters({tr("Tables (*.csv)"), tr("All files (*)")});
    dialog->selectFile(u"hufu-activity.csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, guard = QPointer<ActivitySheet>(sheet)](const QString &path) {
                if (!guard)
                    return;
                const QByteArray table = ActivityWords::csv(guard->model().events());
                QSaveFile file(path);
                const bool isOpen = file.open(QIODevice::WriteOnly);
                if (isOpen) // names of accounts and places: nobody else's business
                    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
                if (!isOpen || file.write(table) != table.size() || !file.commit())
                    showFailure({Errc::FileUnwritable, {}});
            });
    dialog->open();
}

} // namespace hufu
