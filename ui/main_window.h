#pragma once

#include "core/otp/code_ticker.h"
#include "ui/account_list_model.h"
#include "ui/error_text.h"
#include "ui/status_line.h"
#include "ui/toast.h"

#include <QMimeData>
#include <QPointer>
#include <QWidget>

class QMenu;
class QStackedWidget;

namespace hufu {

class AccountListView;
class EmptyPage;
class HeaderButton;
class LockPage;
class ProblemPage;
class SearchField;
class Text;
class UnlockSlide;

/// The window: search, Scan, menu; below them the list, the empty page, or why there is neither. It
/// tells what a person wants; whoever owns it does it.
class MainWindow : public QWidget
{
    Q_OBJECT

public:
    MainWindow(AccountListModel &model, const Clock &clock, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// The list, or the empty page where there is no account.
    void showAccounts();
    void showOpening();
    /// @param mayUsePassword  as ProblemPage::show
    void showProblem(const Error &problem, bool mayUsePassword = false,
                     KeptIn keptIn = KeptIn::Keychain);
    void setProblemBusy(bool busy);
    /// Empties the window of every name and code, and shows the page that unlocks.
    LockPage &showLocked();
    void setScanning(bool scanning);

    [[nodiscard]] StatusLine &statusLine() { return *m_status; }
    [[nodiscard]] Toast &toast() { return *m_toast; }
    [[nodiscard]] AccountListView &list() { return *m_list; }
    void pasteIntoSearch();
    [[nodiscard]] CodeTicker &ticker() { return m_ticker; }

signals:
    void scanScreenRequested();
    void cameraRequested();
    void openPictureRequested();
    void pasteRequested();
    void dropped(const QMimeData *data);
    void copyRequested(const hufu::AccountId &id, bool andHide);
    void copyNextRequested(const hufu::AccountId &id);
    void nextRequested(const hufu::AccountId &id);
    void favouriteRequested(const hufu::AccountId &id);
    void deleteRequested(const hufu::AccountId &id);
    /// The last deletion shall not have been.
    void undoRequested();
    void binRequested();
    void activityRequested();
    void lockRequested();
    void passwordRequested();
    void securityRequested();
    void serversRequested();
    /// The app password was typed into lockPage().
    void passwordTyped();
    void passwordForgotten();
    void unlockRequested();
    void retryRequested();
    void passwordInsteadRequested();
    void doctorRequested();
    void aboutRequested();
    void quitRequested();

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHeader();
    void takeMeasures();
    [[nodiscard]] QMenu *makeScanMenu();
    [[nodiscard]] QMenu *makeMainMenu();
    void showRowMenu(const AccountId &id, QPoint position);
    /// Keys for the list, wherever the focus is. Returns whether it took the key.
    bool takeKey(QKeyEvent *event);
    [[nodiscard]] bool takeListKey(QKeyEvent *event, const AccountId &current);
    void setFilter(const QString &filter);
    void followVisibility();
    /// A scan may begin now: not before the vault is open, so that what is read can be kept.
    [[nodiscard]] bool canScan() const;
    void setPage(QWidget *page);
    /// Covers what comes after the lock page for the moment of the tally's motion.
    void slideOpen();
    /// Whether the list or the empty page is shown: only then there is something to lock.
    [[nodiscard]] bool showsAccounts() const;

    AccountListModel &m_model;
    const Clock &m_clock;
    CodeTicker m_ticker;
    QWidget *m_header = nullptr;
    SearchField *m_search = nullptr;
    HeaderButton *m_scan = nullptr;
    HeaderButton *m_scanArrow = nullptr;
    HeaderButton *m_menu = nullptr;
    QStackedWidget *m_pages;
    QWidget *m_opening;
    AccountListView *m_list;
    Text *m_noMatch;
    EmptyPage *m_empty = nullptr;     ///< made when it is first needed
    ProblemPage *m_problem = nullptr; ///< made when it is first needed
    LockPage *m_lock = nullptr;       ///< made when it is first needed
    StatusLine *m_status;
    Toast *m_toast;
    QWidget *m_veil = nullptr;
    QPointer<UnlockSlide> m_slide;
};

} // namespace hufu
