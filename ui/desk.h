#pragma once

#include "core/account/server_clocks.h"
#include "core/activity/activity.h"
#include "core/policy/policy.h"
#include "core/scan/scanner_client.h"
#include "core/session/desktop_notices.h"
#include "core/session/session_events.h"
#include "core/vault/vault.h"
#include "ui/account_list_model.h"
#include "ui/code_clipboard.h"
#include "ui/idle_watch.h"
#include "ui/lock_course.h"
#include "ui/lock_settings.h"
#include "ui/own_windows.h"
#include "ui/push_course.h"
#include "ui/scan_flow.h"
#include "ui/status_line.h"

#include <QPointer>

namespace hufu {

class ApproveSheet;
class BindSheet;
class CameraSource;
class ImportSheet;
class LoginAttempt;
class LoginProvider;
class MainWindow;
class NoticeSheet;
class PasswordSheet;
class ProxyRoute;
class Sheet;
class VaultUsage;

/// Brings vault, scanner, login provider and windows together: asks core, shows answers. GUI
/// thread.
class Desk : public QObject
{
    Q_OBJECT

public:
    /// What the desk works with; all of it outlives the desk.
    struct Tools
    {
        Vault &vault;
        const ScannerClient &scanner;
        /// Made when the first login needs it, since it brings the network along.
        std::function<std::unique_ptr<LoginProvider>()> makeLoginProvider;
        Policy policy;
        const Clock &clock;
        QString settingsFile; ///< of the profile; holds [window], [security], [servers]
        /// Made when there is first something to lock; null where nothing tells of the session.
        std::function<std::unique_ptr<SessionEvents>()> makeSessionEvents = {};
        /// Called each time that a person wants the camera; null where there can be none.
        std::function<std::unique_ptr<CameraSource>()> openCameras = {};
        /// What login providers learn of servers' clocks; made by the desk if null.
        std::shared_ptr<ServerClocks> serverClocks = nullptr;
        /// Keeps what is worth knowing of use and clocks; null: nothing is kept.
        VaultUsage *usage = nullptr;
        /// Where it is taken down what happened; null: nowhere.
        Activity *activity = nullptr;
        /// How servers are reached; null where that is not a person's choice.
        ProxyRoute *proxy = nullptr;
        /// Made for the first notification; null where there can be none.
        std::function<std::unique_ptr<DesktopNotices>()> makeNotices = {};
    };

    /// Begins to open the vault; its waits overlap with the making of the window.
    explicit Desk(Tools tools, QObject *parent = nullptr);
    ~Desk() override;

    void showWindow();

signals:
    /// The window shows what the vault holds, or why it cannot: what was put off until then may
    /// be done.
    void settled();

private:
    // desk.cpp: vault and rows
    void connectWindow();
    void openVault();
    void unlockKeychain();
    void followVault(const Result<void> &answer);
    void followState();
    void refresh();
    void acceptOlderState();
    void copy(const AccountId &id, bool andHide);
    void copyNext(const AccountId &id);
    void next(const AccountId &id);
    void toggleFavourite(const AccountId &id);
    void change(const AccountId &id, std::function<void(Account &)> how,
                std::function<void()> afterwards = {});
    void markCopied(const AccountId &id);
    [[nodiscard]] KeptIn keptIn() const;
    void showFailure(const Error &error);
    void quit();
    void restoreSize();
    void saveSize() const;

    // desk_clock.cpp: servers' clocks
    void connectClocks();
    void followClocks();
    [[nodiscard]] std::optional<StatusLine::Notice> clockNotice();

    // desk_bin.cpp: deleted accounts
    void moveToBin(const AccountId &id);
    void restore(const AccountId &id);
    void undoDeletion();
    void openBin();
    void purgeOnce();

    // desk_lock.cpp: what locks, and what unlocks
    void connectLock();
    void lock();
    void lockOrOfferPassword();
    void closeSheets();
    void emptyWindows();
    void followLock();
    void followLockFailure(const Error &error);
    void followSession(SessionEvents::Event event);
    void unlock();
    void keepLogin();
    void bringLoginBack();
    void openPasswordSheet();
    void changePassword(PasswordSheet *sheet);
    [[nodiscard]] bool wantsFirstPassword() const;
    void askFirstPassword();
    void createInFile(PasswordSheet *sheet);
    void openSecuritySheet();
    void sayPasswordForgotten();
    /// Nothing of an account may be shown now.
    [[nodiscard]] bool isHidden() const;

    // desk_scan.cpp: codes and sheets
    [[nodiscard]] ScanFlow &scan();
    void openPicture();
    void paste();
    void takeIncoming(const QMimeData &data, bool mayPasteText);
    void use(const ReadingPtr &reading);
    [[nodiscard]] LoginProvider &provider();
    enum class Failures {
        Said,
        Kept, ///< of a login that nobody asked to see, as long as nothing was shown
    };
    void login(const ReadingPtr &reading, Failures failures = Failures::Said);
    void settle(ApproveSheet *sheet);
    void pick(const std::vector<ReadingPtr> &readings,
              const std::shared_ptr<const ScanReport> &report);
    void scanAgain(LoginChannel channel);
    void sayNothingFound(const ScanReport &report);
    [[nodiscard]] NoticeSheet *newScanNotice(const Explanation &words);
    void say(const Explanation &words);
    void sayUnbound(const QString &host);
    void about();
    void open(Sheet *sheet);

    // desk_bind.cpp: from a binding to an account that has worked
    void fetch(const ReadingPtr &reading);
    void review(const ReadingPtr &reading);
    void store(BindSheet *sheet);
    void showFirstCode(const AccountPtr &account);
    void settleBinding(const AccountPtr &account);
    void followFirstAnswer(const DeviceId &device);

    // desk_import.cpp: exports of other authenticators
    void import(const ReadingPtr &reading);
    void storeAll(ImportSheet *sheet);
    void takeBack(const std::vector<AccountId> &ids);

    // desk_move.cpp: from the keychain into a file, and back
    void openMoveSheet(Vault::Storage to);
    void move(PasswordSheet *sheet, Vault::Storage to);

    // desk_activity.cpp: what happened
    void note(std::vector<ActivityEvent> events);
    void note(ActivityEvent::Kind kind);
    void openActivity();
    void showEvents();
    void exportActivity();

    // desk_servers.cpp: bound servers, and the way to them
    void openServersSheet();
    void askProxyPassword(const ReadingPtr &reading);

    // desk_camera.cpp
    void openCamera();
    void leaveCamera();

    // desk_push.cpp: logins that servers ask for by themselves
    void followPush();
    [[nodiscard]] bool makePush();
    void notePushed(const PushedLogin &login, WaitingLogins::Verdict verdict);
    [[nodiscard]] bool isDeciding() const;
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] QString nameOf(const PushedLogin &login) const;
    void openPushed(const PushedLogin &pushed, PushCourse::Wish wish);
    void followPushed(const LoginAttempt &attempt, const PushedLogin &pushed);
    void setPushHint(const QString &sentence);
    void sayPushHint();
    void followPauses();

    // desk_doctor.cpp
    void askDoctor();
    void exportKept();

    /// A login that a lock interrupted before anything was answered.
    struct KeptLogin
    {
        ReadingPtr reading;
        std::optional<UtcTime> expires; ///< none as long as the server has not said it
        std::chrono::milliseconds keptAt{};
    };

    Tools m_tools;
    AccountListModel m_model;
    CodeClipboard m_clipboard;
    WindowHider m_hider;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<ScanFlow> m_scan;
    std::unique_ptr<LoginProvider> m_provider;
    QPointer<Sheet> m_sheet;        ///< one at a time
    QPointer<ImportSheet> m_import; ///< stays while other sheets come and go
    QPointer<ApproveSheet> m_login;
    ReadingPtr m_loginReading; ///< of m_login
    std::optional<KeptLogin> m_keptLogin;
    LockCourse m_lock;
    IdleWatch m_idle;
    LockSettings m_lockSettings;
    std::unique_ptr<SessionEvents> m_session;
    bool m_isUnlocking = false;
    bool m_lockAgain = false; ///< a cause to lock came while the password was being tried
    bool m_hasPurged = false;
    bool m_isSettled = false;
    bool m_isAsleep = false;
    bool m_isScreenLocked = false;
    bool m_isElsewhere = false; ///< another person's session has the screen
    QString m_pushHint;
    std::vector<AccountId> m_deleted; ///< since the last lock, the last one last
    QTimer m_uncopy;
    QTimer m_unrest;
    std::unique_ptr<PushCourse> m_push; ///< made for the first bound account
};

} // namespace hufu
