#include "core/payload/payload.h"
#include "tests/support/result_printing.h"

using namespace hufu;
using namespace Qt::StringLiterals;

class PayloadTest : public QObject
{
    Q_OBJECT

private slots:
    void aLoginCodeIsReadFromAPicture();
    void aTypedLoginAddressIsNotFollowed();
    void aDamagedLoginCodeIsCalledThat_data();
    void aDamagedLoginCodeIsCalledThat();
    void whatIsNotOursIsNamed_data();
    void whatIsNotOursIsNamed();
    void keyUrisAndMigrationsAreTold();
};

namespace {

// The seed's example token.
const std::string seedToken = "dd8450686d9a46bc22057a52be2a4cec";

Result<Payload> scanned(const std::string &text)
{
    return readPayload(text, PayloadOrigin::Picture, Loopback::Refused);
}

} // namespace

void PayloadTest::aLoginCodeIsReadFromAPicture()
{
    const auto payload = scanned("https://auth.example.com/v1/verify/?token=" + seedToken);
    VERIFY_OK(payload);
    const auto *code = std::get_if<LoginCode>(&*payload);
    QVERIFY(code != nullptr);
    QVERIFY(code->base == "https://auth.example.com/v1");
    QVERIFY(code->token == seedToken);
    QCOMPARE(code->host, u"auth.example.com"_s);

    const auto twin =
        scanned("https://аuth.example.com/v1/verify/?token=" + seedToken); // Cyrillic а
    VERIFY_OK(twin);
    QCOMPARE(std::get<LoginCode>(*twin).host, u"xn--uth-5cd.example.com"_s);

    const auto elsewhere = scanned("http://auth.example.com:444/v1/verify/?token=" + seedToken);
    VERIFY_OK(elsewhere);
    QCOMPARE(std::get<LoginCode>(*elsewhere).host, u"http://auth.example.com:444"_s);
}

void PayloadTest::aTypedLoginAddressIsNotFollowed()
{
    VERIFY_FAILS(readPayload("https://auth.example.com/v1/verify/?token=" + seedToken,
                             PayloadOrigin::Text, Loopback::Refused),
                 Errc::LoginNeedsPicture);
}

void PayloadTest::aDamagedLoginCodeIsCalledThat_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("31 characters") << QByteArray(31, 'a');
    QTest::newRow("33 characters") << QByteArray(33, 'a');
    QTest::newRow("upper case") << QByteArray(32, 'A');
    QTest::newRow("not hex") << QByteArray(32, 'g');
    QTest::newRow("second parameter") << QByteArray(32, 'a') + "&x=1";
    QTest::newRow("fragment") << QByteArray(32, 'a') + "#x";
}

void PayloadTest::aDamagedLoginCodeIsCalledThat()
{
    QFETCH(QByteArray, token);
    VERIFY_FAILS(scanned("https://auth.example.com/v1/verify/?token=" + token.toStdString()),
                 Errc::DamagedLoginCode);
}

void PayloadTest::whatIsNotOursIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<NotOursKind>("kind");
    QTest::addColumn<QString>("host");
    const auto row = [](const char *text, NotOursKind kind, const char *host = "") {
        QTest::newRow(text) << QByteArray(text) << kind << QString::fromUtf8(host);
    };
    row("https://www.example.com/path?x=1", NotOursKind::WebAddress, "www.example.com");
    row("HTTP://user@Example.COM", NotOursKind::WebAddress, "example.com");
    row("https://auth.example.com/v1/bind/?token=00", NotOursKind::BindingAddress,
        "auth.example.com");
    row("WIFI:T:WPA;S:guest;P:secret;;", NotOursKind::Wifi);
    row("FIDO:/123456", NotOursKind::Passkey);
    row("phonefactor://activate", NotOursKind::OtherAuthenticator);
    row("tiqrenroll://https://x", NotOursKind::OtherAuthenticator);
    row("BEGIN:VCARD\nFN:A\nEND:VCARD", NotOursKind::Contact);
    row("bitcoin:bc1q", NotOursKind::Payment);
    row("weixin://dl/login", NotOursKind::ChatLogin);
    row("BEGIN:VEVENT", NotOursKind::Event);
    row("mailto:a@example.com", NotOursKind::Mail);
    row("tel:+123", NotOursKind::Phone);
    row("geo:1,2", NotOursKind::Place);
    row("just words", NotOursKind::Text);
    row("", NotOursKind::Text);
    row("\xff\xfe\x01", NotOursKind::Text);
}

void PayloadTest::whatIsNotOursIsNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(NotOursKind, kind);
    QFETCH(QString, host);
    const auto payload = scanned(text.toStdString());
    VERIFY_OK(payload);
    const auto *other = std::get_if<NotOurs>(&*payload);
    QVERIFY(other != nullptr);
    QCOMPARE(other->kind, kind);
    QCOMPARE(other->host, host);
}

void PayloadTest::keyUrisAndMigrationsAreTold()
{
    const auto uri = scanned("otpauth://totp/a?secret=MZXW6YTBOI");
    VERIFY_OK(uri);
    QVERIFY(std::holds_alternative<KeyUri>(*uri));
    VERIFY_FAILS(scanned("otpauth://totp/a?secret="), Errc::EmptySecret);
    VERIFY_FAILS(scanned("motp://a:b?secret=00"), Errc::UnsupportedUri);
    const auto batch = scanned("otpauth-migration://offline?data=x");
    VERIFY_OK(batch);
    QVERIFY(std::holds_alternative<MigrationBatch>(*batch));
}

QTEST_GUILESS_MAIN(PayloadTest)
#include "payload_test.moc"
