// How a login can end: every status of protocol.md B3.6, from the server's bytes to the words that
// a person reads and the button that leads on.

#include "core/login/pct1_provider.h"
#include "tests/core/login/signing_server.h"
#include "tests/core/login/test_certificates.h"
#include "tests/support/manual_clock.h"
#include "ui/approve_sheet.h"
#include "ui/button.h"
#include "ui/login_words.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using State = LoginAttempt::State;

namespace {

enum class At { Inquiry, Scan, Confirm, Deny };
enum class Proof { Signed, Unsigned };

const QString scanAgain = u"Scan again"_s;
const QString scanBinding = u"Scan a binding code"_s;
const QString nothing; // but Close

QString textsOf(const QWidget &sheet)
{
    QStringList texts;
    for (const QLabel *label : sheet.findChildren<QLabel *>()) {
        if (label->isVisible())
            texts << label->text().remove(QChar(0x200b));
    }
    return texts.join(u'\n');
}

Button *buttonOf(const QWidget &sheet, const QString &words)
{
    for (Button *button : sheet.findChildren<Button *>()) {
        if (button->isVisible() && button->text() == words)
            return button;
    }
    return nullptr;
}

Account boundTo(const QByteArray &api)
{
    Account account;
    account.id = randomId<16>();
    account.issuer = u"Northgate"_s;
    account.secret = *SecretBytes::copyOf(std::string_view("12345678901234567890"));
    account.binding.emplace();
    account.binding->api = api.toStdString();
    account.binding->appId = "app";
    account.binding->uid = "alice";
    return account;
}

} // namespace

class LoginEndingsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_certificates.isValid()); }
    void everyStatusHasItsSentenceAndItsWayOut_data();
    void everyStatusHasItsSentenceAndItsWayOut();
    void whatWasPushedCannotBeScannedAgain();

private:
    TestCertificates m_certificates;
    ManualClock m_clock;
};

void LoginEndingsTest::everyStatusHasItsSentenceAndItsWayOut_data()
{
    QTest::addColumn<At>("at");
    QTest::addColumn<int>("status");
    QTest::addColumn<Proof>("proof");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("wayOut");

    const auto row = [](const char *name, At at, int status, const char *headline,
                        const QString &wayOut, Proof proof = Proof::Signed) {
        QTest::newRow(name) << at << status << proof << QString::fromUtf8(headline) << wayOut;
    };
    const char *refused = "The server did not confirm the login.";
    const char *expired = "The login has expired.";
    const char *fault = "The server reported a fault of its own.";
    const char *often = "Too many tries.";
    const char *forged = "The server's answer is not genuine.";
    const char *unbound = "The server does not know your account here.";
    row("200 approved", At::Confirm, 200, "Approved", nothing);
    row("200 denied", At::Deny, 200, "Denied", nothing);
    row("200, but who says so?", At::Confirm, 200, forged, scanAgain, Proof::Unsigned);
    row("201, but who says so?", At::Scan, 201, forged, scanAgain, Proof::Unsigned);
    row("400", At::Scan, 400, refused, scanAgain);
    row("400 to a confirmation", At::Confirm, 400, refused, scanAgain);
    row("403, another context", At::Confirm, 403, refused, scanAgain);
    row("403, another key", At::Scan, 403, "The server refused the key of this account.",
        scanBinding, Proof::Unsigned);
    row("407 to the question what it is", At::Inquiry, 407, often, nothing);
    row("407", At::Scan, 407, often, nothing);
    row("408 twice", At::Scan, 408,
        "The clock of this computer differs too much from the server's.", scanAgain);
    row("408, but who says so?", At::Scan, 408, forged, scanAgain, Proof::Unsigned);
    row("409 to a scan", At::Scan, 409, "The login was already answered.", nothing);
    row("409 to a confirmation", At::Confirm, 409, "The login was already answered.", nothing);
    row("500 to the question what it is", At::Inquiry, 500, fault, nothing);
    row("500", At::Confirm, 500, fault, nothing);
    row("600", At::Confirm, 600, "That was not the number on the login page.", scanAgain);
    row("601, which nobody says", At::Confirm, 601, refused, scanAgain);
    row("602, which is the site's", At::Scan, 602, refused, scanAgain);
    row("603 to the question what it is", At::Inquiry, 603, expired, scanAgain);
    row("603 to a scan", At::Scan, 603, expired, scanAgain);
    row("603 to a confirmation", At::Confirm, 603, expired, scanAgain);
    row("604, an unknown code", At::Inquiry, 604, expired, scanAgain);
    row("604, unbound", At::Scan, 604, unbound, scanBinding, Proof::Unsigned);
    row("604, signed", At::Scan, 604, unbound, scanBinding);
    row("604 to a confirmation", At::Confirm, 604, unbound, scanBinding, Proof::Unsigned);
    row("606, which is the site's", At::Confirm, 606, refused, scanAgain);
    row("a new one", At::Scan, 777, refused, scanAgain);
}

void LoginEndingsTest::everyStatusHasItsSentenceAndItsWayOut()
{
    QFETCH(const At, at);
    QFETCH(const int, status);
    QFETCH(const Proof, proof);
    QFETCH(const QString, headline);
    QFETCH(const QString, wayOut);
    SigningServer server(m_certificates.serverConfiguration(u"good"_s));
    Account account = boundTo(server.api());
    server.knows(account);
    const QString state = at == At::Deny ? u"denied"_s : u"confirmed"_s;
    const QByteArray answer =
        u"{\"status\":%1,\"state\":\"%2\",\"server_time\":1700000000000}"_s.arg(status)
            .arg(state)
            .toLatin1();
    if (at == At::Inquiry)
        server.inquiry = answer;
    server.post = [&](const SeenRequest &request, const QString &action) {
        const bool isIt = (at == At::Scan) == (action == u"scan"_s);
        if (!isIt)
            return server.sign(request, SigningServer::scanned);
        return proof == Proof::Signed ? server.sign(request, answer)
                                      : ScriptedAnswer::http(200, answer);
    };
    AccountSet accounts;
    QVERIFY(accounts.add(std::move(account)));
    Pct1Provider provider(
        Policy{.loopback = Loopback::Allowed, .extraCa = {m_certificates.authorityPem()}}, m_clock);
    auto attempt = provider.begin({.base = server.api().toStdString(),
                                   .token = "dd8450686d9a46bc22057a52be2a4cec",
                                   .host = u"localhost"_s},
                                  LoginChannel::Screen, accounts);
    QVERIFY(attempt);
    ApproveSheet sheet(std::move(*attempt), m_clock);
    QSignalSpy ready(&sheet, &ApproveSheet::readyToShow);
    sheet.attempt().start();
    QTRY_COMPARE(ready.size(), 1);
    sheet.show();
    if (sheet.attempt().state() == State::Reviewing)
        at == At::Deny ? sheet.attempt().deny(DenyReason::Cancel) : sheet.attempt().approve({});
    QTRY_VERIFY(buttonOf(sheet, u"Close"_s));

    QTRY_VERIFY2(textsOf(sheet).contains(headline), qPrintable(textsOf(sheet)));
    QCOMPARE(sheet.focusWidget(),
             buttonOf(sheet, u"Close"_s)); // a key that was meant for another window
    for (const QString &words : {scanAgain, scanBinding})
        QCOMPARE(buttonOf(sheet, words) != nullptr, words == wayOut);
    if (wayOut.isEmpty())
        return;
    QSignalSpy scans(&sheet, &ApproveSheet::scanRequested);
    buttonOf(sheet, wayOut)->click();
    QCOMPARE(scans.size(), 1);
    QVERIFY(!sheet.isVisible());
}

void LoginEndingsTest::whatWasPushedCannotBeScannedAgain()
{
    QCOMPARE(LoginWords::wayOut(Errc::LoginExpired, LoginChannel::Push), WayOut::None);
    QCOMPARE(LoginWords::wayOut(Errc::UnboundAccount, LoginChannel::Push), WayOut::ScanBinding);
}

QTEST_MAIN(LoginEndingsTest)
#include "login_endings_test.moc"
