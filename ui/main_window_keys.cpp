// The keyboard and the menus of the main window (experience.md, "Keyboard").

#include "ui/account_list_view.h"
#include "ui/header_button.h"
#include "ui/main_window.h"
#include "ui/popup.h"
#include "ui/search_field.h"

#include <QKeyEvent>
#include <QMenu>

namespace hufu {

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    if (takeKey(key))
        return true;
    // Typing anywhere goes to the search field.
    const bool isText = !key->text().isEmpty() && key->text().at(0).isPrint() &&
                        (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    if (watched == m_list && isText) {
        m_search->setFocus();
        m_search->insert(key->text());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (!takeKey(event))
        QWidget::keyPressEvent(event);
}

bool MainWindow::takeKey(QKeyEvent *event)
{
    const auto ctrl = [event](Qt::Key key) {
        return event->key() == key && event->modifiers() == Qt::ControlModifier;
    };
    if (ctrl(Qt::Key_Q)) {
        emit quitRequested();
    } else if (ctrl(Qt::Key_F) && m_search->isEnabled()) {
        m_search->setFocus();
        m_search->selectAll();
    } else if (ctrl(Qt::Key_S) && canScan()) {
        emit scanScreenRequested();
    } else if (event->key() == Qt::Key_S && canScan() &&
               event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        emit cameraRequested();
    } else if (ctrl(Qt::Key_O) && canScan()) {
        emit openPictureRequested();
    } else if (event->matches(QKeySequence::Paste) && canScan()) {
        emit pasteRequested();
    } else if (event->matches(QKeySequence::Undo) && m_search->text().isEmpty()) {
        emit undoRequested();
    } else if (ctrl(Qt::Key_L) && showsAccounts()) {
        emit lockRequested();
    } else if (event->key() == Qt::Key_Escape) {
        if (m_search->text().isEmpty())
            showMinimized();
        else
            m_search->clear();
    } else if (const AccountPtr current = m_list->current();
               current && m_list->isVisible() && takeListKey(event, current->id)) {
        return true;
    } else {
        return false;
    }
    return true;
}

bool MainWindow::takeListKey(QKeyEvent *event, const AccountId &current)
{
    const bool hasCtrl = event->modifiers().testFlag(Qt::ControlModifier);
    const bool textIsEmpty = m_search->text().isEmpty();
    switch (event->key()) {
    case Qt::Key_Up:
        m_list->moveCurrent(-1);
        return true;
    case Qt::Key_Down:
        m_list->moveCurrent(1);
        return true;
    case Qt::Key_PageUp:
        m_list->moveCurrent(-5);
        return true;
    case Qt::Key_PageDown:
        m_list->moveCurrent(5);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!event->isAutoRepeat())
            emit copyRequested(current, hasCtrl);
        return true;
    case Qt::Key_C:
        if (!hasCtrl || m_search->hasSelectedText())
            return false;
        emit copyRequested(current, false);
        return true;
    case Qt::Key_D:
        if (!hasCtrl)
            return false;
        emit favouriteRequested(current);
        return true;
    case Qt::Key_Home:
    case Qt::Key_End:
        if (!textIsEmpty)
            return false;
        m_list->moveCurrent(event->key() == Qt::Key_Home ? -m_model.rowCount()
                                                         : m_model.rowCount());
        return true;
    case Qt::Key_Delete:
        if (!textIsEmpty || event->modifiers() != Qt::NoModifier)
            return false;
        emit deleteRequested(current);
        return true;
    default:
        return false;
    }
}

QMenu *MainWindow::makeScanMenu()
{
    auto *menu = new QMenu(this);
    menu->addAction(tr("Scan the screen"), QKeySequence(Qt::CTRL | Qt::Key_S), this,
                    &MainWindow::scanScreenRequested);
    menu->addAction(tr("Use the camera"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), this,
                    &MainWindow::cameraRequested);
    menu->addAction(tr("Open a picture…"), QKeySequence(Qt::CTRL | Qt::Key_O), this,
                    &MainWindow::openPictureRequested);
    menu->addAction(tr("Paste a picture or link"), QKeySequence(QKeySequence::Paste), this,
                    &MainWindow::pasteRequested);
    return menu;
}

QMenu *MainWindow::makeMainMenu()
{
    auto *menu = new QMenu(this);
    QAction *ofAccounts[] = {
        menu->addAction(tr("Lock"), QKeySequence(Qt::CTRL | Qt::Key_L), this,
                        &MainWindow::lockRequested),
        menu->addAction(tr("App password…"), this, &MainWindow::passwordRequested),
        menu->addAction(tr("Security…"), this, &MainWindow::securityRequested),
        menu->addAction(tr("Activity…"), this, &MainWindow::activityRequested),
        menu->addAction(tr("Servers…"), this, &MainWindow::serversRequested),
        menu->addAction(tr("Deleted accounts…"), this, &MainWindow::binRequested),
    };
    for (QAction *action : ofAccounts)
        action->setEnabled(showsAccounts());
    menu->addSeparator();
    menu->addAction(tr("Keychain doctor…"), this, &MainWindow::doctorRequested);
    menu->addAction(tr("About Hufu"), this, &MainWindow::aboutRequested);
    menu->addSeparator();
    menu->addAction(tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this,
                    &MainWindow::quitRequested);
    return menu;
}

void MainWindow::showRowMenu(const AccountId &id, QPoint position)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return;
    const AccountRow view = m_model.at(row);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (view.isHotp)
        menu->addAction(tr("Next code"), this, [this, id] { emit nextRequested(id); });
    QAction *copy = menu->addAction(tr("Copy the code"), QKeySequence(Qt::Key_Return), this,
                                    [this, id] { emit copyRequested(id, false); });
    copy->setEnabled(!view.code.isEmpty());
    if (view.period > 0)
        menu->addAction(tr("Copy the next code"), this, [this, id] { emit copyNextRequested(id); });
    menu->addAction(view.account->favourite ? tr("Remove from favourites") : tr("Make a favourite"),
                    QKeySequence(Qt::CTRL | Qt::Key_D), this,
                    [this, id] { emit favouriteRequested(id); });
    menu->addSeparator();
    menu->addAction(tr("Delete"), QKeySequence(Qt::Key_Delete), this,
                    [this, id] { emit deleteRequested(id); });
    menu->popup(position);
}

} // namespace hufu
