// A login that a server asks for while Hufu is locked, on the real parts: the vault under its
// password, the provider, the long poll and TLS. Only the desktop's notifications are the test's.

#include "core/login/pct1_provider.h"
#include "tests/core/login/signing_server.h"
#include "tests/core/login/test_certificates.h"
#include "tests/ui/lock_fixture.h"
#include "ui/approve_sheet.h"
#include "ui/lock_settings.h"
#include "ui/security_sheet.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

struct WithServer
{
    explicit WithServer(const TestCertificates &certificates)
        : server(certificates.serverConfiguration(u"good"_s))
    {
        server.inquiry.replace("\"app\"", "\"portal\"");
        server.pending = [this](const SeenRequest &request) { return answerTo(request); };
    }

    [[nodiscard]] static int waitOf(const SeenRequest &request)
    {
        return QJsonDocument::fromJson(request.body).object().value(u"wait"_s).toInt();
    }

    [[nodiscard]] ScriptedAnswer answerTo(const SeenRequest &request) const
    {
        if (waitOf(request) > 0)
            return {.way = ScriptedAnswer::Way::Silence, .bytes = {}};
        return server.sign(
            request,
            asks ? R"({"status":200,"requests":[{"token":"dd8450686d9a46bc22057a52be2a4cec"}]})"
                 : R"({"status":200,"requests":[]})");
    }

    SigningServer server;
    bool asks = false;
};

/// A desk whose bound account has a server, which asks when the test says so.
class RealDesk : public WithServer, public LockedDesk
{
public:
    explicit RealDesk(const TestCertificates &certificates)
        : WithServer(certificates)
        , LockedDesk({}, true, server.api().toStdString())
    {
        makeProvider = [this, authority = certificates.authorityPem()] {
            return std::make_unique<Pct1Provider>(
                Policy{.loopback = Loopback::Allowed, .extraCa = {authority}}, clock, serverClocks);
        };
        server.knows(*vault->accounts().find(idOf(1)));
    }

    [[nodiscard]] QList<SeenRequest> to(const QByteArray &call) const
    {
        QList<SeenRequest> found;
        std::copy_if(server.requests.begin(), server.requests.end(), std::back_inserter(found),
                     [&](const SeenRequest &request) { return request.target.startsWith(call); });
        return found;
    }
    /// What was new has worked, and the server holds the question of what it is now.
    [[nodiscard]] bool isHeld() const
    {
        const QList<SeenRequest> polls = to("/v1/pending");
        const auto asked = std::count_if(polls.begin(), polls.end(),
                                         [](const SeenRequest &poll) { return waitOf(poll) == 0; });
        return asked == 2 && waitOf(polls.last()) > 0;
    }
    /// The machine sleeps, which locks Hufu, and wakes.
    void sleepAndWake() const
    {
        emit session->happened(SessionEvents::Event::Sleeping);
        QTRY_VERIFY(isLocked());
        emit session->happened(SessionEvents::Event::Woken);
    }
};

} // namespace

class LockedPushTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_certificates.isValid()); }
    void theFirstAnswerProvesANewBinding();
    void thePollKeysAreEnoughForANoticeWithoutDetails();
    void withoutConsentNobodyIsAskedWhileLocked();

private:
    TestCertificates m_certificates;
};

void LockedPushTest::theFirstAnswerProvesANewBinding()
{
    const RealDesk desk(m_certificates);
    const auto state = [&desk] { return desk.vault->accounts().find(idOf(1))->binding->state; };
    QCOMPARE(state(), Binding::State::New);
    QTRY_COMPARE(state(), Binding::State::WorkedOnce);
}

void LockedPushTest::thePollKeysAreEnoughForANoticeWithoutDetails()
{
    RealDesk desk(m_certificates);
    const QStringList secret = namesAndCodes(desk) << u"localhost"_s;
    const SecretBytes pollKey = [&desk] {
        const AccountPtr account = desk.vault->accounts().find(idOf(1));
        return *derivePct1Key(Pct1Key::Poll, account->secret, *account->binding);
    }();
    QTRY_VERIFY(desk.isHeld());
    const std::weak_ptr<const Account> account = desk.vault->accounts().find(idOf(1));
    const std::size_t before = std::size_t(desk.to("/v1/pending").size());
    desk.asks = true;
    desk.sleepAndWake();
    QTRY_VERIFY(desk.notices && !desk.notices->shown.isEmpty());
    QVERIFY(account.expired()); // and its secret with it
    QCOMPARE(desk.vault->accounts().size(), std::size_t(0));

    const QList<SeenRequest> polls = desk.to("/v1/pending").sliced(qsizetype(before));
    QVERIFY(!polls.isEmpty());
    for (const SeenRequest &poll : polls) {
        const auto member = [&poll](const char *name) {
            return SigningServer::member(poll, name).toStdString();
        };
        const auto time = QJsonDocument::fromJson(poll.body).object().value(u"ts"_s).toInteger();
        const std::string text = "PCT1-REQ\npoll\n" + desk.server.api().toStdString() +
                                 "\nportal\n1\n" + member("device_id") + "\n-\n" +
                                 std::to_string(time) + '\n' + member("nonce") + "\n-\n-\n-";
        QCOMPARE(QByteArray::fromStdString(member("mac")), *macText(pollKey, text));
    }
    QCOMPARE(desk.notices->shown, u"A login waits|Unlock Hufu to see it."_s);
    const QString shown = everythingShown() + desk.notices->everShown.join(u' ');
    for (const QString &word : secret)
        QVERIFY2(!shown.contains(word), qPrintable(word));
    emit desk.notices->clicked();
    QVERIFY(desk.to("/v1/verify").isEmpty()); // nobody looks at it before the unlock

    const auto arrived = desk.clock.second();
    desk.clock.advance(60s);
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    QCOMPARE(desk.sheet<ApproveSheet>()->attempt().state(), LoginAttempt::State::Reviewing);
    QCOMPARE(SigningServer::member(desk.to("/v1/verify").last(), "via"), u"push"_s);
    QCOMPARE(desk.notices->shown, QString());
    const std::vector<ActivityEvent> events = *desk.activity->newestFirst();
    const auto event = std::ranges::find_if(events, [](const ActivityEvent &one) {
        return one.kind == ActivityEvent::Kind::PushArrived;
    });
    QVERIFY(event != events.end());
    QCOMPARE(event->issuer, u"Northgate"_s); // known again
    QCOMPARE(event->name, u"alice.chen@northgate.example"_s);
    QVERIFY(event->account == idOf(1));
    QCOMPARE(event->time, arrived);
}

void LockedPushTest::withoutConsentNobodyIsAskedWhileLocked()
{
    RealDesk desk(m_certificates);
    QTRY_VERIFY(desk.isHeld());
    LockSettings settings;
    settings.noticesWhileLocked = false;
    emit desk.window->securityRequested();
    emit desk.sheet<SecuritySheet>()->changed(settings);
    const qsizetype before = desk.to("/v1/pending").size();
    desk.asks = true;
    desk.sleepAndWake();
    QTRY_COMPARE(desk.server.ended, desk.server.connections); // also the one that was held
    QTest::qWait(100);
    QCOMPARE(desk.to("/v1/pending").size(), before);
    QVERIFY(!desk.notices);
}

QTEST_MAIN(LockedPushTest)
#include "locked_push_test.moc"
