#pragma once

#include "core/login/provider.h"
#include "core/login/proxy_route.h"
#include "core/scan/camera_source.h"
#include "core/vault/vault_usage.h"
#include "tests/core/vault/vault_fixture.h"
#include "tests/ui/everything_shown.h"
#include "tests/ui/samples.h"
#include "ui/account_list_view.h"
#include "ui/desk.h"
#include "ui/lock_page.h"
#include "ui/main_window.h"
#include "ui/secret_field.h"

#include <QApplication>
#include <QDialog>
#include <QMimeData>
#include <QTest>

namespace hufu::test {

/// Listens for what the test says.
class FakeWatch final : public LoginWatch
{
    Q_OBJECT

public:
    void setAccounts(const AccountSet &now) override { accounts = now.size(); }
    void setPaused(bool now) override { isPaused = now; }

    std::size_t accounts = 0;
    bool isPaused = false;
};

/// A desktop that remembers what it shows.
class FakeNotices final : public DesktopNotices
{
    Q_OBJECT

public:
    void show(const QString &headline, const QString &rest) override
    {
        shown = headline + u'|' + rest;
        everShown << shown;
    }
    void withdraw() override { shown.clear(); }

    QString shown;
    QStringList everShown;
};

/// A session that says what the test says.
class FakeSession final : public SessionEvents
{
    Q_OBJECT

public:
    void holdSleep(bool hold) override { isHolding = hold; }
    void releaseSleep() override
    {
        isHolding = false;
        ++releases;
    }

    bool isHolding = false;
    int releases = 0;
};

/// A desk on a vault of three accounts under an app password, opened.
class LockedDesk : public QObject
{
    Q_OBJECT

public:
    static constexpr const char *password = "correct horse";

    /// @param api  of the server that the bound account is bound to; empty: one that is nowhere
    explicit LockedDesk(std::function<std::unique_ptr<SessionEvents>()> makeSession = {},
                        bool hasPassword = true, const std::string &api = {});
    ~LockedDesk() override;

    /// Calls and waits for the answer, which has to be a success.
    void await(const std::function<void(const Answer<void> &)> &call);

    [[nodiscard]] std::unique_ptr<LoginWatch> makeWatch();

    [[nodiscard]] bool showsList() const { return window->list().isVisible(); }
    [[nodiscard]] bool isLocked() const { return vault->state() == Vault::State::Locked; }
    [[nodiscard]] LockPage *page() const { return window->findChild<LockPage *>(); }
    [[nodiscard]] SecretField *field() const { return page()->findChild<SecretField *>(); }

    void type(const char *text) const;

    template <typename Kind>
    [[nodiscard]] static Kind *sheet()
    {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<Kind *>(top); found && found->isVisible())
                return found;
        }
        return nullptr;
    }

    TemporaryPlace profile;
    ManualClock clock;
    std::shared_ptr<MemoryKeychain> keychain = std::make_shared<MemoryKeychain>();
    ScannerClient scanner{ScannerClient::besideThisProgram()};
    ProxyRoute proxy;
    /// In the place of the one that the test plays; to be said before the window is painted.
    std::function<std::unique_ptr<LoginProvider>()> makeProvider;
    int begun = 0;                               ///< logins
    LoginChannel channel = LoginChannel::Screen; ///< of the last one
    std::optional<Errc> refusal;                 ///< of logins
    std::function<std::unique_ptr<CameraSource>()> openCameras;
    MemoryStore *store = nullptr;
    FakeSession *session = nullptr;
    std::shared_ptr<ServerClocks> serverClocks = std::make_shared<ServerClocks>(clock, "boot");
    bool listens = false;     ///< for pushed logins; to be said before the window is painted
    bool failsAtOnce = false; ///< each login, before there is anything to decide
    FakeWatch *watch = nullptr;
    FakeNotices *notices = nullptr;
    std::unique_ptr<Vault> vault;
    std::optional<VaultUsage> usage;
    std::unique_ptr<Activity> activity;
    std::unique_ptr<Desk> desk;
    MainWindow *window = nullptr;
};

/// Remembers what there was when the lock's page was painted first.
class FirstPaint : public QObject
{
    Q_OBJECT

public:
    explicit FirstPaint(const LockedDesk &desk, std::function<void()> also = {})
        : m_desk(desk)
        , m_also(std::move(also))
    {
        qApp->installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override;

    std::optional<Vault::State> state;
    int rows = -1;

private:
    const LockedDesk &m_desk;
    std::function<void()> m_also;
};

/// What must be nowhere while Hufu is locked.
[[nodiscard]] QStringList namesAndCodes(const LockedDesk &desk);

} // namespace hufu::test
