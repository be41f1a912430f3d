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
    void aLoginCodeWithoutAHostIsDamaged_data();
    void aLoginCodeWithoutAHostIsDamaged();
    void theAddressOfABindingIsReadFromAPicture();
    void aTypedAddressOfABindingIsNotFollowed();
    void aDamagedAddressOfABindingIsRefused_data();
    void aDamagedAddressOfABindingIsRefused();
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

// The sentence about a server that nothing is bound to would name none.
void PayloadTest::aLoginCodeWithoutAHostIsDamaged_data()
{
    QTest::addColumn<QByteArray>("authority");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a blank inside") << QByteArray("a b");
    QTest::newRow("half an IPv6 address") << QByteArray("[::1");
    QTest::newRow("encoded NUL") << QByteArray("%00");
    QTest::newRow("an override of the direction") << QByteArray("\xe2\x80\xae"
                                                                "evil.example");
    QTest::newRow("300 letters") << QByteArray(300, 'a');
}

void PayloadTest::aLoginCodeWithoutAHostIsDamaged()
{
    QFETCH(QByteArray, authority);
    const std::string address = "https://" + authority.toStdString() + "/v1/verify/?token=";
    VERIFY_FAILS(scanned(address + seedToken), Errc::DamagedLoginCode);
}

void PayloadTest::theAddressOfABindingIsReadFromAPicture()
{
    const auto payload = scanned("https://auth.example.com:8443/v1/bind/?token=" + seedToken);
    VERIFY_OK(payload);
    const auto *address = std::get_if<BindingAddress>(&*payload);
    QVERIFY(address != nullptr);
    QVERIFY(address->base == "https://auth.example.com:8443/v1");
    QVERIFY(address->token == seedToken);
    QCOMPARE(address->host, u"auth.example.com:8443"_s);

    const std::string own = "https://localhost:8443/v1/bind/?token=" + seedToken;
    VERIFY_FAILS(scanned(own), Errc::MalformedBinding);
    const auto allowed = readPayload(own, PayloadOrigin::Picture, Loopback::Allowed);
    VERIFY_OK(allowed);
    QVERIFY(std::holds_alternative<BindingAddress>(*allowed));
}

void PayloadTest::aTypedAddressOfABindingIsNotFollowed()
{
    const auto payload = readPayload("https://auth.example.com/v1/bind/?token=" + seedToken,
                                     PayloadOrigin::Text, Loopback::Refused);
    VERIFY_OK(payload);
    const auto *notOurs = std::get_if<NotOurs>(&*payload);
    QVERIFY(notOurs != nullptr);
    QCOMPARE(notOurs->kind, NotOursKind::BindingAddress);
    QCOMPARE(notOurs->host, u"auth.example.com"_s);
}

void PayloadTest::aDamagedAddressOfABindingIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray base = "https://auth.example.com/v1";
    const QByteArray query = "/bind/?token=" + QByteArray::fromStdString(seedToken);
    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    row("31 digits", (base + query).chopped(1));
    row("33 digits", base + query + '0');
    row("upper case", base + "/bind/?token=" + QByteArray::fromStdString(seedToken).toUpper());
    row("another parameter", base + query + "&next=1");
    row("fragment", base + query + "#x");
    row("http", "http://auth.example.com/v1" + query);
    row("user", "https://alice@auth.example.com/v1" + query);
    row("upper-case host", "https://AUTH.example.com/v1" + query);
    row("default port", "https://auth.example.com:443/v1" + query);
    row("IP literal", "https://192.0.2.1/v1" + query);
    row("IP as a number", "https://3221225985/v1" + query);
    row("trailing dot", "https://auth.example.com./v1" + query);
    row("Cyrillic twin", "https://\xd0\xb0uth.example.com/v1" + query);
    row("dots in the path", "https://auth.example.com/v1/.." + query);
    row("query before", "https://auth.example.com/v1?x=1" + query);
    row("backslash", "https://auth.example.com\\@other.example/v1" + query);
}

void PayloadTest::aDamagedAddressOfABindingIsRefused()
{
    QFETCH(QByteArray, text);
    VERIFY_FAILS(scanned(text.toStdString()), Errc::MalformedBinding);
}

void PayloadTest::whatIsNotOursIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<NotOursKind>("kind");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("app");
    const auto row = [](const char *text, NotOursKind kind, const char *host = "",
                        const char *app = "") {
        QTest::newRow(text) << QByteArray(text) << kind << QString::fromUtf8(host)
                            << QString::fromUtf8(app);
    };
    const auto other = [&row](const char *text, const char *app) {
        row(text, NotOursKind::OtherAuthenticator, "", app);
    };
    const auto pays = [&row](const char *text, const char *app = "") {
        row(text, NotOursKind::Payment, "", app);
    };
    const auto chat = [&row](const char *text, const char *app) {
        row(text, NotOursKind::ChatLogin, "", app);
    };
    row("https://www.example.com/path?x=1", NotOursKind::WebAddress, "www.example.com");
    row("HTTP://user@Example.COM", NotOursKind::WebAddress, "example.com");
    row("https://auth.example.com/bind?token=00", NotOursKind::WebAddress, "auth.example.com");
    // formats.md 1 and the documents and programs that each block names.
    row("WIFI:T:WPA;S:guest;P:secret;;", NotOursKind::Wifi); // zxing wiki, "Barcode Contents"
    row("DPP:C:81/1;M:0a1b2c3d4e5f;K:MDkwEw;;", NotOursKind::Wifi); // Wi-Fi Easy Connect 3.0
    row("FIDO:/123456", NotOursKind::Passkey);                      // CTAP 2.2, hybrid transport
    // Microsoft: what importers of others refuse; Duo: addresses of its activation API, and the
    // text of its QR codes; Okta, RSA: stoken; Steam: its login API's challenge_url.
    other("phonefactor://activate_account?code=123456789&url=https%3A%2F%2Fexample.net%2Fpad",
          "Microsoft Authenticator");
    other("msauth://code/x", "Microsoft Authenticator");
    other("duo://AbCdEfGhIjKlMnOpQrSt-YXBpLTEyMzQ1Njc4LmR1b3NlY3VyaXR5LmNvbQ", "Duo Mobile");
    other("AbCdEfGhIjKlMnOpQrSt-YXBpLTEyMzQ1Njc4LmR1b3NlY3VyaXR5LmNvbQ", "Duo Mobile");
    other("https://m-1a2b3c4d.duosecurity.com/activate/AbCdEfGhIjKlMnOpQrSt", "Duo Mobile");
    other("https://api-1a2b3c4d.duosecurity.com/push/v2/activation/AbCdEf", "Duo Mobile");
    other("oktaverify://alice@example.com/?t=token&f=id&s=https://example.okta.com", "Okta Verify");
    other("com-okta-authenticator:/deviceChallenge", "Okta Verify");
    other("com.rsa.securid://ctf?ctfData=200072704612", "RSA Authenticator");
    other("com.rsa.securid.iphone://ctf?ctfData=200072704612", "RSA Authenticator");
    other("http://127.0.0.1/securid/ctf?ctfData=200072704612", "RSA Authenticator");
    other("https://s.team/q/1/1234567890123456789", "Steam");
    other("pushauth://push/forgerock:alice?r=aHR0cHM", "ForgeRock Authenticator");
    other("pia://container/SMPH1", "privacyIDEA Authenticator"); // formats.md 14
    other("tiqrenroll://https://x", "tiqr");                     // formats.md 15
    row("BEGIN:VCARD\nFN:A\nEND:VCARD", NotOursKind::Contact);
    row("MECARD:N:Chen,Alice;;", NotOursKind::Contact);
    // BIP 21, EIP 681, BOLT 11; EMVCo merchant-presented mode 1.1 (the example of Singapore's SGQR
    // in short); EPC069-12; SIX Swiss QR bill; Czech SPAYD; NPCI's UPI linking specification.
    pays("bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=0.01");
    pays("ethereum:0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359");
    pays("LNBC20M1PVJLUEZPP5QQQSYQCYQ5RQWZQF");
    pays("00020101021126480009SG.PAYNOW010120210201403121W52045499530370258"
         "02SG5907EXAMPLE6009Singapore63041234");
    pays("BCD\n002\n1\nSCT\n\nRed Cross\nBE72000000001616\nEUR1\n");
    pays("SPC\r\n0200\r\n1\r\nCH4431999123000889012");
    pays("SPD*1.0*ACC:CZ5855000000001265098001*AM:480.50*CC:CZK");
    pays("upi://pay?pa=shop@bank&pn=Shop&am=10.00");
    pays("wxp://f2f0AbCdEf", "WeChat Pay");
    pays("weixin://wxpay/bizpayurl?pr=AbCdEf0", "WeChat Pay"); // Native pay, WeChat's documents
    pays("HTTPS://QR.ALIPAY.COM/FKX01234", "Alipay");
    pays("alipays://platformapi/startapp?appId=10000007", "Alipay");
    pays("https://qr.95516.com/00010000/62012345", "UnionPay");
    // Telegram: core.telegram.org "Login via QR code"; Signal: its apps' linkdevice address;
    // WhatsApp: the pairing text of its web client, new and old; Discord: remote auth gateway;
    // LINE: qrCodeUrl of its login.
    chat("tg://login?token=-__uAQ", "Telegram");
    chat("sgnl://linkdevice?uuid=0a&pub_key=BQ", "Signal");
    chat("tsdevice:/?uuid=0a&pub_key=BQ", "Signal");
    chat("2@AbC/dEf+0==,aBcD=,eFgH=,iJkL=", "WhatsApp");
    chat("https://wa.me/settings/linked_devices#2@AbC,dEf,gHi,jKl", "WhatsApp");
    chat("weixin://dl/login", "WeChat");
    chat("https://login.weixin.qq.com/l/AbCdEf==", "WeChat");
    chat("https://txz.qq.com/p?k=AbCdEf&f=1600001602", "QQ");
    chat("https://discord.com/ra/Xk3jdk29dkdmmQ", "Discord");
    chat("https://discordapp.com/ra/Xk3jdk29dkdmmQ", "Discord");
    chat("https://line.me/R/au/lgn/sq/SQ7363?secret=Zm9v&e2eeVersion=1", "LINE");
    row("BEGIN:VEVENT", NotOursKind::Event);
    row("mailto:a@example.com", NotOursKind::Mail);
    row("tel:+123", NotOursKind::Phone);
    row("geo:1,2", NotOursKind::Place);
    // What only looks like one of them.
    row("https://duosecurity.com.example.com/activate/A", NotOursKind::WebAddress,
        "duosecurity.com.example.com");
    row("https://www.duosecurity.com/docs", NotOursKind::WebAddress, "www.duosecurity.com");
    row("https://discord.com/invite/abc", NotOursKind::WebAddress, "discord.com");
    row("2@home, at 5", NotOursKind::Text);
    row("000201 and more", NotOursKind::Text);
    row("just words", NotOursKind::Text);
    row("", NotOursKind::Text);
    row("\xff\xfe\x01", NotOursKind::Text);
    row("https://\xff.example.com/", NotOursKind::Text);
    row("https:///path", NotOursKind::Text);
    row(("https://example.com/" + QByteArray(4'096, 'a')).constData(), NotOursKind::Text);
}

void PayloadTest::whatIsNotOursIsNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(NotOursKind, kind);
    QFETCH(QString, host);
    QFETCH(QString, app);
    const auto payload = scanned(text.toStdString());
    VERIFY_OK(payload);
    const auto *other = std::get_if<NotOurs>(&*payload);
    QVERIFY(other != nullptr);
    QCOMPARE(other->kind, kind);
    QCOMPARE(other->host, host);
    QCOMPARE(other->app, app);
}

void PayloadTest::keyUrisAndMigrationsAreTold()
{
    const auto uri = scanned("otpauth://totp/a?secret=MZXW6YTBOI");
    VERIFY_OK(uri);
    QVERIFY(std::holds_alternative<KeyUri>(*uri));
    VERIFY_FAILS(scanned("otpauth://totp/a?secret="), Errc::EmptySecret);
    VERIFY_FAILS(scanned("motp://a:b?secret=00"), Errc::UnsupportedUri);
    const auto part = scanned("otpauth-migration://offline?data=CgA");
    VERIFY_OK(part);
    QVERIFY(std::holds_alternative<MigrationPart>(*part));
    VERIFY_FAILS(scanned("otpauth-migration://offline?data=x"), Errc::MalformedExport);
}

QTEST_GUILESS_MAIN(PayloadTest)
#include "payload_test.moc"
