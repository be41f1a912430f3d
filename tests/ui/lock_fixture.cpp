#include "tests/ui/lock_fixture.h"

#include "core/login/provider.h"

#include <QApplication>
#include <QDialog>

namespace hufu::test {
namespace {

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

} // namespace

LockedDesk::LockedDesk(std::function<std::unique_ptr<SessionEvents>()> makeSession,
                       bool hasPassword, const std::string &api)
{
    auto own = std::make_unique<MemoryStore>(keychain);
    store = own.get();
    vault =
        std::make_unique<Vault>(std::move(own), profile.place, clock, nullptr, cheapPasswordCosts);
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
                      Sample{3, QStringLiteral("Acorn Console"), QStringLiteral("root@build-04"),
                             counter}}) {
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

LockedDesk::~LockedDesk()
{
    desk.reset();
    for (QWidget *top : QApplication::topLevelWidgets())
        delete qobject_cast<QDialog *>(top); // sheets belong to nobody
}

void LockedDesk::await(const std::function<void(const Answer<void> &)> &call)
{
    std::optional<Result<void>> outcome;
    call([&outcome](Result<void> result) { outcome = std::move(result); });
    while (!outcome)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    if (!*outcome)
        qFatal("%s", qPrintable(errcName(outcome->error().code)));
}

std::unique_ptr<LoginWatch> LockedDesk::makeWatch()
{
    if (!listens)
        return nullptr;
    auto made = std::make_unique<FakeWatch>();
    watch = made.get();
    return made;
}

void LockedDesk::type(const char *text) const
{
    QTest::keyClicks(field(), QString::fromLatin1(text));
    QTest::keyClick(field(), Qt::Key_Return);
}

bool FirstPaint::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Paint || !qobject_cast<LockPage *>(watched) || state)
        return false;
    state = m_desk.vault->state();
    rows = m_desk.window->list().model()->rowCount();
    if (m_also)
        m_also();
    return false;
}

QStringList namesAndCodes(const LockedDesk &desk)
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
