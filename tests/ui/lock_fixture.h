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

/// Begins logins that wait for an answer, and counts them.
class FakeProvider final : public LoginProvider
{
public:
    FakeProvider(const Clock &clock, int &begun, LoginChannel &channel,
                 const std::optional<Errc> &refusal, const bool &failsAtOnce,
                 std::function<std::unique_ptr<LoginWatch>()> makeWatch)
        : m_clock(clock)
        , m_begun(begun)
        , m_channel(channel)
        , m_refusal(refusal)
        , m_failsAtOnce(failsAtOnce)
        , m_makeWatch(std::move(makeWatch))
    {
    }

    std::unique_ptr<BindingFetch> fetch(const BindingAddress &address) override
    {
        ++m_begun;
        auto made = std::make_unique<FakeFetch>();
        made->address = address;
        return made;
    }

    Result<std::unique_ptr<LoginAttempt>> begin(const LoginCode &, LoginChannel channel,
                                                const AccountSet &) override
    {
        if (m_refusal)
            return failure(*m_refusal);
        ++m_begun;
        m_channel = channel;
        std::unique_ptr<FakeAttempt> attempt = sampleAttempt(m_clock);
        if (channel == LoginChannel::Push)
            attempt->shown.channel = channel;
        attempt->failsAtOnce = m_failsAtOnce;
        return std::unique_ptr<LoginAttempt>(std::move(attempt));
    }
    std::unique_ptr<LoginWatch> watch() override { return m_makeWatch(); }

private:
    const Clock &m_clock;
    int &m_begun;
    LoginChannel &m_channel;
    const std::optional<Errc> &m_refusal;
    const bool &m_failsAtOnce;
    std::function<std::unique_ptr<LoginWatch>()> m_makeWatch;
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
                        bool hasPassword = true, const std::string &api = {})
    {
        auto own = std::make_unique<MemoryStore>(keychain);
        store = own.get();
        vault = std::make_unique<Vault>(std::move(own), profile.place, clock, nullptr,
                                        cheapPasswordCosts);
        await([&](const Answer<void> &answer) { vault->open(this, answer); });
        await([&](const Answer<void> &answer) {
            vault->commit(
                [&api](AccountSet &accounts) -> Result<void> {
                    const OtpParameters counter{.type = OtpType::Hotp, .counter = 42};
                    for (const Sample &sample :
                         {Sample{1,
                                 QStringLiteral("Northgate"),
                                 QStringLiteral("alice.chen@northgate.example"),
                                 {},
                                 true,
                                 true},
                          Sample{2, QStringLiteral("Kestrel Git"), QStringLiteral("alice-chen")},
                          Sample{3, QStringLiteral("Acorn Console"),
                                 QStringLiteral("root@build-04"), counter}}) {
                        Account account = makeSample(sample);
                        if (account.binding && !api.empty())
                            account.binding->api = api;
                        if (const Result<void> added = accounts.add(std::move(account)); !added)
                            return added;
                    }
                    return {};
                },
                this, answer);
        });
        if (hasPassword)
            await([&](const Answer<void> &answer) {
                vault->changePassword({}, *SecretBytes::copyOf(std::string_view(password)), this,
                                      answer);
            });
        activity = std::make_unique<Activity>(*vault, profile.place, clock);
        if (!makeSession)
            makeSession = [this] {
                auto made = std::make_unique<FakeSession>();
                session = made.get();
                return std::unique_ptr<SessionEvents>(std::move(made));
            };
        desk = std::make_unique<Desk>(Desk::Tools{
            .vault = *vault,
            .scanner = scanner,
            .makeLoginProvider = [this]() -> std::unique_ptr<LoginProvider> {
                if (makeProvider)
                    return makeProvider();
                return std::make_unique<FakeProvider>(clock, begun, channel, refusal, failsAtOnce,
                                                      [this] { return makeWatch(); });
            },
            .policy = {},
            .clock = clock,
            .settingsFile = profile.place.configPath + QStringLiteral("/settings.ini"),
            .makeSessionEvents = std::move(makeSession),
            .openCameras = [this] { return openCameras ? openCameras() : nullptr; },
            .serverClocks = serverClocks,
            .usage = &usage.emplace(*vault, profile.place, *serverClocks, clock),
            .activity = activity.get(),
            .proxy = &proxy,
            .makeNotices =
                [this] {
                    auto made = std::make_unique<FakeNotices>();
                    notices = made.get();
                    return std::unique_ptr<DesktopNotices>(std::move(made));
                }});
        desk->showWindow();
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *main = qobject_cast<MainWindow *>(top))
                window = main;
        }
        window->activateWindow();
    }

    ~LockedDesk() override
    {
        desk.reset();
        for (QWidget *top : QApplication::topLevelWidgets())
            delete qobject_cast<QDialog *>(top); // sheets belong to nobody
    }

    /// Calls and waits for the answer, which has to be a success.
    void await(const std::function<void(const Answer<void> &)> &call)
    {
        std::optional<Result<void>> outcome;
        call([&outcome](Result<void> result) { outcome = std::move(result); });
        while (!outcome)
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        if (!*outcome)
            qFatal("%s", qPrintable(errcName(outcome->error().code)));
    }

    [[nodiscard]] std::unique_ptr<LoginWatch> makeWatch()
    {
        if (!listens)
            return nullptr;
        auto made = std::make_unique<FakeWatch>();
        watch = made.get();
        return made;
    }

    [[nodiscard]] bool showsList() const { return window->list().isVisible(); }
    [[nodiscard]] bool isLocked() const { return vault->state() == Vault::State::Locked; }
    [[nodiscard]] LockPage *page() const { return window->findChild<LockPage *>(); }
    [[nodiscard]] SecretField *field() const { return page()->findChild<SecretField *>(); }

    void type(const char *text) const
    {
        QTest::keyClicks(field(), QString::fromLatin1(text));
        QTest::keyClick(field(), Qt::Key_Return);
    }

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

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Paint || !qobject_cast<LockPage *>(watched) || state)
            return false;
        state = m_desk.vault->state();
        rows = m_desk.window->list().model()->rowCount();
        if (m_also)
            m_also();
        return false;
    }

    std::optional<Vault::State> state;
    int rows = -1;

private:
    const LockedDesk &m_desk;
    std::function<void()> m_also;
};

/// What must be nowhere while Hufu is locked.
[[nodiscard]] inline QStringList namesAndCodes(const LockedDesk &desk)
{
    QStringList words{QStringLiteral("Northgate"),  QStringLiteral("northgate"),
                      QStringLiteral("alice"),      QStringLiteral("Kestrel"),
                      QStringLiteral("Acorn"),      QStringLiteral("root@build"),
                      QStringLiteral("1234567890"), QStringLiteral("GEZDGNBV")};
    for (const AccountPtr &account : desk.vault->accounts().all()) {
        const auto now = desk.clock.second();
        if (const Result<OneTimeCode> code = account->codeAt(now)) {
            words << code->text << code->text.left(3) + u' ' + code->text.mid(3);
            words << code->text.left(3) + QChar(0xa0) + code->text.mid(3);
        }
    }
    return words;
}

} // namespace hufu::test
