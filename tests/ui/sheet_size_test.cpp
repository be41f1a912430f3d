// Every sheet shows all of itself where the screen has room for it, in both languages, at usual and
// at double text size, with usual and with very long names.

#include "core/account/bin.h"
#include "tests/ui/samples.h"
#include "tests/ui/scripted_camera.h"
#include "ui/activity_sheet.h"
#include "ui/appearance.h"
#include "ui/approve_sheet.h"
#include "ui/bin_sheet.h"
#include "ui/bind_sheet.h"
#include "ui/binding_fetch_sheet.h"
#include "ui/button.h"
#include "ui/camera_sheet.h"
#include "ui/doctor_sheet.h"
#include "ui/first_code_sheet.h"
#include "ui/header_button.h"
#include "ui/main_window.h"
#include "ui/measures.h"
#include "ui/notice_sheet.h"
#include "ui/password_sheet.h"
#include "ui/proxy_password_sheet.h"
#include "ui/scan_result_sheet.h"
#include "ui/security_sheet.h"
#include "ui/servers_sheet.h"
#include "ui/text.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace hufu;
using namespace Qt::StringLiterals;
using State = LoginAttempt::State;

namespace {

const test::ManualClock ticking;
const QString longId = u"7f3a91c04be2d865"_s.repeated(4);
const QString longName = u"Northgate Industrial Holdings International "_s.repeated(3).trimmed();
const QString longHan = u"北门科技集团股份有限公司"_s.repeated(5);

using MakeSheet = std::function<std::unique_ptr<Sheet>()>;

MakeSheet approving(std::function<void(test::FakeAttempt &)> how, State state = State::Reviewing)
{
    return [how = std::move(how), state] {
        auto attempt = test::sampleAttempt(ticking);
        test::FakeAttempt &login = *attempt;
        how(login);
        auto sheet = std::make_unique<ApproveSheet>(std::move(attempt), ticking);
        login.go(state);
        return sheet;
    };
}

MakeSheet binding(const QString &issuer, const QString &account, AccountSet known = {})
{
    return [issuer, account, known = std::move(known)] {
        KeyUri uri = test::sampleUri(true, "ABCDEFGHIJKLMNOPQRST");
        uri.issuer = issuer;
        uri.account = account;
        return std::make_unique<BindSheet>(
            std::move(uri), ScanFlow::tr("Read from screen %1").arg(1), known, ticking);
    };
}

std::unique_ptr<Sheet> firstCode(const QString &issuer, bool isReplacing, bool hasWorked)
{
    Account bound = test::makeSample({1, issuer, longId, {.digits = 8}, false, true});
    if (isReplacing)
        bound.binding->replaces = test::idOf(2);
    const auto account = std::make_shared<const Account>(std::move(bound));
    auto sheet = std::make_unique<FirstCodeSheet>(account, ticking);
    sheet->setCodeOffset(std::chrono::seconds(6)); // the next code is offered
    if (hasWorked)
        sheet->setWorked(account);
    return sheet;
}

std::unique_ptr<Sheet> fetching(const QString &host, std::optional<Errc> failure)
{
    auto fetch = std::make_unique<test::FakeFetch>();
    test::FakeFetch &its = *fetch;
    auto sheet = std::make_unique<BindingFetchSheet>(
        std::move(fetch), ScanFlow::tr("Read from screen %1").arg(1), host);
    if (failure) {
        its.error.code = *failure;
        its.go(BindingFetch::State::Failed);
    }
    return sheet;
}

std::unique_ptr<Sheet> failedBinding()
{
    auto sheet =
        std::make_unique<BindSheet>(test::sampleUri(true, "1234567890"),
                                    ScanFlow::tr("Read from the clipboard"), AccountSet{}, ticking);
    sheet->showFailure({Errc::WriteNotConfirmed, {}});
    return sheet;
}

std::unique_ptr<Sheet> twoCodes()
{
    ScanReport report;
    report.searched = {{u"one"_s, 1920, 1080}};
    report.previews.push_back({0, 64, 36, QByteArray(64 * 36 * 3, '\xa0')});
    std::vector<ReadingPtr> readings;
    for (int i = 0; i < 2; ++i)
        readings.push_back(std::make_shared<Reading>(Reading{.payload = test::sampleUri(),
                                                             .origin = {},
                                                             .channel = LoginChannel::Screen,
                                                             .source = 0,
                                                             .outline = {}}));
    return std::make_unique<ScanResultSheet>(
        readings, std::make_shared<const ScanReport>(std::move(report)), AccountSet{});
}

/// A camera's sheet after its camera, one with a very long name, said this.
MakeSheet seeing(CameraState state)
{
    return [state] {
        const auto log = std::make_shared<test::CameraLog>();
        auto sheet = std::make_unique<CameraSheet>(
            CameraSheet::Seams{
                .makeSource = [log] { return std::make_unique<test::ScriptedCamera>(log); },
                .sort = {}},
            CameraSettings{});
        if (state != CameraState::None)
            emit log->newest->devicesChanged({{u"usb-1"_s, longName}});
        emit log->newest->stateChanged(state);
        return sheet;
    };
}

MakeSheet password(PasswordSheet::Task task)
{
    return [task] { return std::make_unique<PasswordSheet>(task); };
}

std::unique_ptr<Sheet> wrongPassword()
{
    auto sheet = std::make_unique<PasswordSheet>(PasswordSheet::Task::Change);
    sheet->showFailure({Errc::PasswordWrong, {}});
    return sheet;
}

/// Also with the question whether an account goes for ever.
std::unique_ptr<Sheet> binOf(const QString &issuer, const QString &account, bool asks)
{
    const auto now = ticking.second();
    AccountSet accounts =
        test::setOf({{1, issuer, account, {}, false, true}, {2, issuer, account}});
    for (int number : {1, 2}) {
        if (!moveToBin(accounts, test::idOf(number), now - std::chrono::days(3)))
            qFatal("There is no such sample.");
    }
    auto sheet = std::make_unique<BinSheet>();
    sheet->setAccounts(accounts, now);
    if (asks)
        sheet->findChildren<Button *>().at(1)->click();
    return sheet;
}

/// With these names in every event; the details of the first where asked.
std::unique_ptr<Sheet> activityOf(const QString &issuer, const QString &account, bool opens)
{
    std::vector<ActivityEvent> events = test::sampleEvents(ticking);
    for (ActivityEvent &event : events) {
        event.issuer = issuer;
        event.name = account;
    }
    auto sheet = std::make_unique<ActivitySheet>();
    sheet->setEvents(std::move(events), ticking.second());
    if (opens) {
        QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
        QApplication::sendEvent(sheet.get(), &enter);
    }
    return sheet;
}

std::vector<std::pair<const char *, MakeSheet>> allSheets()
{
    const auto far = [](test::FakeAttempt &login) {
        login.shown.network = LoginContext::Network::Different;
        login.shown.channel = LoginChannel::Picture;
        login.shown.numberDigits = 2;
    };
    const auto longest = [far](test::FakeAttempt &login) {
        far(login);
        login.shown.application = longName;
        login.shown.server = u"authentication.identity-services.north."_s + longId + u".example"_s;
        login.shown.place = longHan;
        login.shown.address = u"2001:db8:1234:5678:9abc:def0:1234:5678"_s;
        login.accounts = {std::make_shared<const Account>(
            test::makeSample({1, longName, longId, {}, false, true}))};
    };
    const auto six = [](test::FakeAttempt &login) { login.shown.numberDigits = 6; };
    const auto two = [](test::FakeAttempt &login) {
        login.accounts.push_back(std::make_shared<const Account>(
            test::makeSample({2, u"Northgate"_s, u"admin@northgate.example"_s, {}, false, true})));
    };
    const auto nothing = [](test::FakeAttempt &) {};
    return {
        {"approve", approving(nothing)},
        {"approve from afar", approving(far)},
        {"approve with long names", approving(longest)},
        {"approve with six digits", approving(six)},
        {"choose an account", approving(two, State::ChoosingAccount)},
        {"approved", approving(nothing, State::Approved)},
        {"login failed", approving(nothing, State::Failed)},
        {"bind", binding(u"Northgate"_s, u"alice.chen@northgate.example"_s)},
        {"bind a long id", binding(longName, longId)},
        {"bind a Han name", binding(longHan, longHan)},
        {"bind a taken name",
         binding(u"Northgate"_s, u"alice.chen@northgate.example"_s, test::sampleAccounts())},
        {"binding failed", failedBinding},
        {"binding by address", [] { return fetching(u"auth.northgate.example"_s, {}); }},
        {"binding by address failed",
         [] {
             return fetching(u"authentication.identity-services.north."_s + longId +
                                 u".example:8443"_s,
                             Errc::ServerUnreachable);
         }},
        {"two codes found", twoCodes},
        {"camera", seeing(CameraState::Live)},
        {"camera without frames", seeing(CameraState::NoFrames)},
        {"camera refused", seeing(CameraState::Refused)},
        {"camera busy", seeing(CameraState::Busy)},
        {"no camera", seeing(CameraState::None)},
        {"doctor", [] { return std::make_unique<DoctorSheet>(test::sampleReport()); }},
        {"doctor with all there can be",
         [] { return std::make_unique<DoctorSheet>(test::worstReport()); }},
        {"set a password", password(PasswordSheet::Task::Set)},
        {"change the password", password(PasswordSheet::Task::Change)},
        {"remove the password", password(PasswordSheet::Task::Remove)},
        {"wrong password", wrongPassword},
        {"move to a file", password(PasswordSheet::Task::MoveToFile)},
        {"move to a file under a new password", password(PasswordSheet::Task::MoveToFileAndSet)},
        {"move to the keychain", password(PasswordSheet::Task::MoveToKeychain)},
        {"security",
         [] {
             return std::make_unique<SecuritySheet>(
                 LockSettings{}, true, SecuritySheet::Kept{.in = Vault::Storage::File});
         }},
        {"security without a password",
         [] {
             return std::make_unique<SecuritySheet>(LockSettings{}, false, SecuritySheet::Kept{});
         }},
        {"no activity", [] { return std::make_unique<ActivitySheet>(); }},
        {"activity",
         [] { return activityOf(u"Northgate"_s, u"alice.chen@northgate.example"_s, false); }},
        {"activity with long names", [] { return activityOf(longName, longId, false); }},
        {"an event with long names", [] { return activityOf(longName, longId, true); }},
        {"an event with Han names", [] { return activityOf(longHan, longHan, true); }},
        {"servers through a proxy",
         [] {
             const ProxySettings proxy{.kind = ProxySettings::Kind::Manual,
                                       .host = QString(u'h').repeated(200),
                                       .port = 0,
                                       .user = longName};
             return std::make_unique<ServersSheet>(test::sampleAccounts(), &proxy, false);
         }},
        {"password of a proxy",
         [] {
             return std::make_unique<ProxyPasswordSheet>(
                 ProxySettings{.kind = ProxySettings::Kind::Manual,
                               .host = QString(u'h').repeated(200),
                               .port = 1,
                               .user = longName});
         }},
        {"first code", [] { return firstCode(longName, false, false); }},
        {"first code of a new key", [] { return firstCode(longHan, true, false); }},
        {"first code that was taken", [] { return firstCode(longId, true, true); }},
        {"bin", [] { return binOf(u"Northgate"_s, u"alice.chen@northgate.example"_s, false); }},
        {"bin with long names", [] { return binOf(longName, longId, false); }},
        {"bin with Han names", [] { return binOf(longHan, longHan, false); }},
        {"delete for ever", [] { return binOf(longName, longId, true); }},
        {"failure",
         [] {
             return std::make_unique<NoticeSheet>(u"Hufu"_s, ErrorText::of(Errc::KeychainDenied),
                                                  std::nullopt);
         }},
    };
}

/// What of the sheet cannot be seen; empty if all can.
QString hiddenPart(const Sheet &sheet)
{
    const auto *scroll = sheet.findChild<QScrollArea *>();
    if (scroll->verticalScrollBar()->maximum() != 0)
        return u"%1 px of it have to be scrolled to"_s.arg(scroll->verticalScrollBar()->maximum());
    if (scroll->widget()->width() > scroll->viewport()->width())
        return u"its side is cut off"_s;
    for (const Text *text : sheet.findChildren<Text *>()) {
        if (!text->isVisible())
            continue;
        const bool isCut = text->wordWrap() ? text->height() < text->heightForWidth(text->width())
                                            : text->width() < text->sizeHint().width();
        if (isCut)
            return u"“%1” is cut"_s.arg(text->text());
    }
    return {};
}

void setTextSize(double points)
{
    QFont font = QApplication::font();
    font.setPointSizeF(points);
    QApplication::setFont(font);
}

void setLanguage(const QString &language)
{
    for (QTranslator *old : qApp->findChildren<QTranslator *>())
        delete old;
    QLocale::setDefault(QLocale(language));
    installTranslations();
}

} // namespace

class SheetSizeTest : public QObject
{
    Q_OBJECT

private slots:
    void everySheetShowsAllOfItself_data();
    void everySheetShowsAllOfItself();
    void everyControlHasAName();
    void openWindowsFollowTheTextSize();
    void wordsBreakInsideOnlyWhereALineIsTooShortForThem();
    void aFailureComesIntoViewOnASmallScreen();
    void cleanup() { setTextSize(10.5); }
};

void SheetSizeTest::everySheetShowsAllOfItself_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<double>("points");
    for (const char *language : {"en", "zh_CN"}) {
        for (const double points : {9.75, 10.5, 21.0})
            QTest::addRow("%s, %g points", language, points)
                << QString::fromLatin1(language) << points;
    }
}

void SheetSizeTest::everySheetShowsAllOfItself()
{
    QFETCH(const QString, language);
    QFETCH(const double, points);
    QVERIFY(QGuiApplication::primaryScreen()->availableSize().height() >= 3000);
    setLanguage(language);
    QCOMPARE(ApproveSheet::tr("Deny"), language == u"en"_s ? u"Deny"_s : u"拒绝"_s);
    setTextSize(points);
    for (const auto &[name, make] : allSheets()) {
        const std::unique_ptr<Sheet> sheet = make();
        sheet->show();
        QVERIFY(QTest::qWaitForWindowExposed(sheet.get()));
        const QString hidden = hiddenPart(*sheet);
        QVERIFY2(hidden.isEmpty(), qPrintable(QLatin1String(name) + u": "_s + hidden));
    }
}

void SheetSizeTest::everyControlHasAName()
{
    setLanguage(u"en"_s);
    AccountListModel model;
    model.setAccounts(test::sampleAccounts());
    std::vector<std::unique_ptr<QWidget>> windows;
    auto accounts = std::make_unique<MainWindow>(model, ticking);
    accounts->showAccounts();
    windows.push_back(std::move(accounts));
    for (const auto &[name, make] : allSheets())
        windows.push_back(make());
    int controls = 0;
    for (const auto &window : windows) {
        for (QWidget *control : window->findChildren<QWidget *>()) {
            if (control->focusPolicy() == Qt::NoFocus || !control->isVisibleTo(window.get()))
                continue;
            ++controls;
            QAccessibleInterface *said = QAccessible::queryAccessibleInterface(control);
            QVERIFY2(said != nullptr && !said->text(QAccessible::Name).isEmpty(),
                     qPrintable(window->windowTitle() + u": "_s +
                                QLatin1String(control->metaObject()->className())));
        }
    }
    QVERIFY(controls > 30);
}

void SheetSizeTest::openWindowsFollowTheTextSize()
{
    setLanguage(u"en"_s);
    AccountListModel model;
    model.setAccounts(test::sampleAccounts());
    MainWindow window(model, ticking);
    window.showAccounts();
    window.show();
    const auto *scan = window.findChild<HeaderButton *>();
    const int scanHeight = scan->height();
    const std::unique_ptr<Sheet> sheet = allSheets().at(1).second();
    sheet->show();
    QVERIFY(QTest::qWaitForWindowExposed(sheet.get()));
    const QSize before = sheet->size();

    setTextSize(21);
    QTRY_COMPARE(sheet->width(), 2 * before.width());
    QTRY_COMPARE(hiddenPart(*sheet), QString());
    QTRY_COMPARE(scan->height(), 2 * scanHeight);
}

void SheetSizeTest::wordsBreakInsideOnlyWhereALineIsTooShortForThem()
{
    Text text(u"an internationalisation"_s, Type::Body);
    (void)text.wrapped();
    const QFontMetrics metrics = text.fontMetrics();
    const int line = text.heightForWidth(2000);
    const int word = metrics.horizontalAdvance(u"internationalisation"_s) + 2;
    QCOMPARE(text.heightForWidth(word), 2 * line);     // the whole word on the second line
    QVERIFY(text.heightForWidth(word / 2) > 2 * line); // and in pieces if it has to be
}

void SheetSizeTest::aFailureComesIntoViewOnASmallScreen()
{
    setLanguage(u"en"_s);
    setTextSize(21);
    BindSheet sheet(test::sampleUri(true, "1234567890"), ScanFlow::tr("Read from the clipboard"),
                    AccountSet{}, ticking);
    QScreen *small = QGuiApplication::screens().last();
    sheet.setScreen(small);
    sheet.move(small->availableGeometry().topLeft());
    sheet.show();
    QVERIFY(QTest::qWaitForWindowExposed(&sheet));
    sheet.showFailure({Errc::WriteNotConfirmed, {}});
    const QList<Text *> texts = sheet.findChildren<Text *>();
    const auto headline =
        std::ranges::find(texts, ErrorText::of(Errc::WriteNotConfirmed).headline, &Text::text);
    QVERIFY(headline != texts.end());
    QTRY_VERIFY((*headline)->visibleRegion().boundingRect() == (*headline)->rect());
    QVERIFY(sheet.findChild<QScrollArea *>()->verticalScrollBar()->value() > 0);
}

int main(int argc, char *argv[])
{
    // A screen that has room for every sheet, and one of a small computer.
    const QTemporaryDir folder;
    QFile screens(folder.filePath(u"screens.json"_s));
    if (!screens.open(QIODevice::WriteOnly))
        return 2;
    screens.write(R"({"screens": [{"name": "large", "x": 0, "y": 0, "width": 2560, "height": 3600,
                      "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1},
                     {"name": "small", "x": 2560, "y": 0, "width": 800, "height": 600,
                      "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]})");
    screens.close();
    qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + screens.fileName().toUtf8());
    const QApplication app(argc, argv);
    setTextSize(10.5);
    SheetSizeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sheet_size_test.moc"
