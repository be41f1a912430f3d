// The bound servers and the way to them, as a person sets it.

#include "tests/support/qr_picture.h"
#include "tests/ui/lock_fixture.h"
#include "ui/name_field.h"
#include "ui/proxy_password_sheet.h"
#include "ui/servers_sheet.h"
#include "ui/setting_rows.h"

#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QTemporaryDir>
#include <QUrl>

#include <algorithm>

using namespace hufu;
using namespace Qt::StringLiterals;
using Kind = ProxySettings::Kind;
using test::LockedDesk;

namespace {

QString settingsFile(const LockedDesk &desk)
{
    return desk.profile.place.configPath + u"/settings.ini"_s;
}

template <typename Control>
Control *controlNamed(const QWidget *sheet, const QString &name)
{
    const QList<Control *> controls = sheet->findChildren<Control *>();
    const auto found = std::ranges::find_if(
        controls, [&](const Control *one) { return one->accessibleName().startsWith(name); });
    return found == controls.end() ? nullptr : *found;
}

QStringList wordsOf(const QWidget *sheet)
{
    QStringList words;
    for (const auto *label : sheet->findChildren<QLabel *>())
        words << label->text();
    return words;
}

void type(NameField *field, const QString &text)
{
    field->setFocus();
    field->selectAll();
    QTest::keyClick(field, Qt::Key_Delete);
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
}

Account bound(int number, const char *api, const char *appId, bool hasPin)
{
    Account account = test::makeSample({number, u"Northgate"_s, u"alice"_s});
    account.binding.emplace();
    account.binding->api = api;
    account.binding->appId = appId;
    account.binding->uid = "alice";
    if (hasPin)
        account.binding->pins.emplace_back();
    return account;
}

} // namespace

class ServersSheetTest : public QObject
{
    Q_OBJECT

private slots:
    void showsTheBoundServers();
    void saysThatThereIsNone();
    void whatIsChosenTakesEffectAtOnce();
    void aProxyWithoutHostIsToldAndUsed();
    void aPasswordStaysInMemory();
    void aLoginAsksForThePasswordFirst();
};

void ServersSheetTest::showsTheBoundServers()
{
    AccountSet accounts;
    QVERIFY(accounts.add(bound(1, "https://auth.northgate.example/v1", "a", true)).has_value());
    QVERIFY(accounts.add(bound(2, "https://auth.northgate.example/v1", "b", false)).has_value());
    QVERIFY(accounts.add(bound(3, "https://other.example:8443/v1", "c", false)).has_value());
    Account deleted = bound(4, "https://gone.example/v1", "d", true);
    deleted.deleted = std::chrono::sys_seconds(std::chrono::seconds(1));
    QVERIFY(accounts.add(std::move(deleted)).has_value());
    QVERIFY(accounts.add(test::makeSample({5, u"Kestrel Git"_s, u"alice"_s})).has_value());
    const ServersSheet sheet(accounts, nullptr, false);
    const QStringList words = wordsOf(&sheet);
    QVERIFY(words.contains(u"auth.northgate.example"_s));
    QVERIFY(words.contains(u"2 account(s) · 2 application(s)"_s));
    QVERIFY(words.contains(u"other.example:8443"_s));
    QVERIFY(words.contains(u"1 account(s) · 1 application(s)"_s));
    QCOMPARE(words.count(u"Key pinned"_s), 1);
    QCOMPARE(words.count(u"No key pinned"_s), 1);
    QVERIFY(!words.contains(u"gone.example"_s));
    QVERIFY(!controlNamed<PickBox>(&sheet, u"Reach servers"_s)); // no way to choose, none to see
}

void ServersSheetTest::saysThatThereIsNone()
{
    const ServersSheet sheet({}, nullptr, false);
    QVERIFY(wordsOf(&sheet).contains(u"None yet"_s));
}

void ServersSheetTest::whatIsChosenTakesEffectAtOnce()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    emit desk.window->serversRequested();
    auto *sheet = LockedDesk::sheet<ServersSheet>();
    QVERIFY(sheet);
    auto *host = controlNamed<NameField>(sheet, u"Host"_s);
    QVERIFY(!host->isVisible());
    auto *kind = controlNamed<PickBox>(sheet, u"Reach servers"_s);
    kind->setFocus();
    QTest::keyClick(kind, Qt::Key_Down);
    QCOMPARE(desk.proxy.settings().kind, Kind::None);
    QCOMPARE(ProxySettings::read(settingsFile(desk)).kind, Kind::None);
    QTest::keyClick(kind, Qt::Key_Down);
    QVERIFY(host->isVisible());
    type(host, u" proxy.example "_s);
    type(controlNamed<NameField>(sheet, u"Port"_s), u"3128"_s);
    type(controlNamed<NameField>(sheet, u"User"_s), u"alice"_s);
    const ProxySettings expected{
        .kind = Kind::Manual, .host = u"proxy.example"_s, .port = 3128, .user = u"alice"_s};
    QCOMPARE(desk.proxy.settings(), expected);
    QCOMPARE(ProxySettings::read(settingsFile(desk)), expected);
    sheet->accept();

    emit desk.window->serversRequested(); // and it is all there the next time
    sheet = LockedDesk::sheet<ServersSheet>();
    QCOMPARE(controlNamed<NameField>(sheet, u"Host"_s)->text(), u"proxy.example"_s);
    QCOMPARE(controlNamed<NameField>(sheet, u"Port"_s)->text(), u"3128"_s);
}

void ServersSheetTest::aProxyWithoutHostIsToldAndUsed()
{
    ProxySettings settings{.kind = Kind::Manual, .host = {}, .port = 0, .user = {}};
    ServersSheet sheet({}, &settings, false);
    sheet.show();
    const auto isTold = [&] {
        const auto labels = sheet.findChildren<QLabel *>();
        return std::ranges::any_of(labels, [](const QLabel *label) {
            return label->isVisible() && label->text().startsWith(u"A proxy needs"_s);
        });
    };
    QVERIFY(isTold());
    type(controlNamed<NameField>(&sheet, u"Host"_s), u"proxy.example"_s);
    QVERIFY(isTold());
    type(controlNamed<NameField>(&sheet, u"Port"_s), u"8080"_s);
    QVERIFY(!isTold());
    type(controlNamed<NameField>(&sheet, u"Host"_s), u"http://proxy.example/"_s);
    QVERIFY(isTold());
}

void ServersSheetTest::aPasswordStaysInMemory()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    desk.proxy.setSettings(
        {.kind = Kind::Manual, .host = u"proxy.example"_s, .port = 3128, .user = u"alice"_s});
    emit desk.window->serversRequested();
    auto *sheet = LockedDesk::sheet<ServersSheet>();
    auto *password = controlNamed<SecretField>(sheet, u"Password"_s);
    QTest::keyClicks(password, u"swordfish"_s);
    sheet->accept();
    QVERIFY(desk.proxy.hasPassword());
    desk.proxy.settings().write(settingsFile(desk));
    QFile file(settingsFile(desk));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    QVERIFY(content.contains("proxy.example"));
    QVERIFY(!content.contains("swordfish"));
}

void ServersSheetTest::aLoginAsksForThePasswordFirst()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    desk.proxy.setSettings(
        {.kind = Kind::Manual, .host = u"proxy.example"_s, .port = 3128, .user = u"alice"_s});
    QTemporaryDir folder;
    const QString picture = folder.filePath(u"login.png"_s);
    QFile file(picture);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write(test::qrPng("https://auth.northgate.example/v1/verify/"
                                   "?token=0123456789abcdef0123456789abcdef")) > 0);
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(picture)});
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(desk.window, &enter);
    QDropEvent dropped({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(desk.window, &dropped);
    QTRY_VERIFY(LockedDesk::sheet<ProxyPasswordSheet>());
    auto *sheet = LockedDesk::sheet<ProxyPasswordSheet>();
    QCOMPARE(desk.begun, 0);
    QTest::keyClicks(sheet->findChild<SecretField *>(), u"swordfish"_s);
    QTest::keyClick(sheet->findChild<SecretField *>(), Qt::Key_Return);
    QTRY_COMPARE(desk.begun, 1);
    QVERIFY(desk.proxy.hasPassword());
}

QTEST_MAIN(ServersSheetTest)
#include "servers_sheet_test.moc"
