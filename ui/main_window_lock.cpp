// The locked window: nothing of an account is in any part of it (contracts.md 7).

#include "ui/account_list_view.h"
#include "ui/empty_page.h"
#include "ui/lock_page.h"
#include "ui/main_window.h"
#include "ui/search_field.h"
#include "ui/text.h"
#include "ui/unlock_slide.h"

#include <QStackedWidget>

namespace hufu {

LockPage &MainWindow::showLocked()
{
    if (!m_lock) {
        m_lock = new LockPage(m_clock);
        m_pages->addWidget(m_lock);
        connect(m_lock, &LockPage::unlockRequested, this, &MainWindow::passwordTyped);
        connect(m_lock, &LockPage::forgotRequested, this, &MainWindow::passwordForgotten);
    }
    delete m_slide;
    if (m_pages->currentWidget() != m_lock) {
        m_lock->reset();
        m_search->setText({}); // unlike clear() it leaves nothing to undo
        m_noMatch->setText({});
        m_noMatch->hide();
        m_status->stand({});
        m_status->clear();
        m_toast->dismiss();
        setPage(m_lock);
        m_lock->setFocus();
    }
    return *m_lock;
}

void MainWindow::slideOpen()
{
    if (isVisible())
        m_slide = UnlockSlide::begin(rect(), m_lock->tallyIn(*this), *this);
}

bool MainWindow::showsAccounts() const
{
    const QWidget *page = m_pages->currentWidget();
    return page == m_list || (m_empty && page == m_empty);
}

} // namespace hufu
