// Paints every window and state with sample data and saves the pictures, to be looked at beside
// the design's: ui_gallery FOLDER [light|dark]. Language by LANGUAGE and LC_ALL, scale by
// QT_SCALE_FACTOR, text size by HUFU_GALLERY_POINTS.

#include "core/account/bin.h"
#include "tests/support/qr_picture.h"
#include "tests/ui/samples.h"
#include "tests/ui/scripted_camera.h"
#include "ui/account_list_view.h"
#include "ui/activity_sheet.h"
#include "ui/appearance.h"
#include "ui/approve_sheet.h"
#include "ui/bin_sheet.h"
#include "ui/bind_sheet.h"
#include "ui/binding_fetch_sheet.h"
#include "ui/button.h"
#include "ui/camera_sheet.h"
#include "ui/clock_words.h"
#include "ui/desk.h"
#include "ui/doctor_sheet.h"
#include "ui/doctor_words.h"
#include "ui/error_text.h"
#include "ui/first_code_sheet.h"
#include "ui/import_sheet.h"
#include "ui/lock_page.h"
#include "ui/main_window.h"
#include "ui/measures.h"
#include "ui/notice_sheet.h"
#include "ui/password_sheet.h"
#include "ui/proxy_password_sheet.h"
#include "ui/scan_result_sheet.h"
#include "ui/search_field.h"
#include "ui/secret_field.h"
#include "ui/security_sheet.h"
#include "ui/servers_sheet.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

void settle(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

class Gallery
{
public:
    explicit Gallery(const QString &folder)
        : m_folder(folder)
        , m_isChinese(QLocale().language() == QLocale::Chinese)
    {
        m_model.setNow(m_clock.second());
    }

    void showAll()
    {
        mainWindows();
        passwordSheets();
        serversSheets();
        binSheets();
        activitySheets();
        importSheets();
        bindSheets();
        approveSheets();
        notices();
        scanResults();
        cameras();
        doctorSheets();
    }

private:
    void save(QWidget &window, const QString &name, int wait = 150)
    {
        window.show();
        window.activateWindow();
        settle(wait);
        const QString path = m_folder + u'/' + name + u".png"_s;
        if (!window.grab().save(path))
            qFatal("Cannot write %s", qPrintable(path));
        window.hide();
    }

    /// What the window says of a server's clock that is ahead by `offset`.
    void sayClock(MainWindow &window, std::chrono::seconds offset, bool isUsed = false)
    {
        const std::string api = "https://auth.northgate.example/v1";
        m_serverClocks = std::make_unique<ServerClocks>(m_clock, "boot");
        for (int i = 0; i < ServerClocks::leastAnswers; ++i)
            m_serverClocks->take(api, m_clock.now() + offset, m_clock.sinceBoot());
        m_serverClocks->setUsed(api, isUsed);
        window.statusLine().stand(ClockWords::of(*m_serverClocks, {api}));
    }

    void mainWindows()
    {
        MainWindow window(m_model, m_clock);
        window.resize(px(380), px(640));
        m_model.setAccounts(test::sampleAccounts(m_isChinese));
        m_model.showCounterCode(test::idOf(3), 42, u"558102"_s);
        window.showAccounts();
        save(window, u"main"_s);
        m_clock.set(UtcTime(std::chrono::seconds(1'700'000'006))); // 4 s left of 30
        m_model.setCopied(test::idOf(2));
        sayClock(window, std::chrono::seconds(34));
        save(window, u"main-last-seconds"_s);
        m_model.setCopied(std::nullopt);
        sayClock(window, std::chrono::seconds(-12));
        save(window, u"main-clock-ahead"_s);
        sayClock(window, std::chrono::seconds(754), true);
        save(window, u"main-clock-used"_s);
        window.statusLine().stand({});
        window.list().setCurrent(test::idOf(3));
        window.toast().offerUndo(
            Desk::tr("%1 deleted").arg(m_isChinese ? u"云海邮箱"_s : u"Corvus Mail"_s), [] {});
        save(window, u"main-toast"_s);
        window.toast().dismiss();
        window.resize(px(290), px(640));
        save(window, u"main-narrow"_s);
        window.resize(px(900), px(500));
        save(window, u"main-wide"_s);
        window.resize(px(380), px(640));
        AccountSet twice = test::sampleAccounts(m_isChinese);
        Account anew = *twice.find(test::idOf(1))->copy();
        anew.id = test::idOf(9);
        anew.binding->replaces = test::idOf(1);
        if (!twice.add(std::move(anew)))
            qFatal("One more does not fit");
        m_model.setAccounts(twice);
        save(window, u"main-old-key"_s);
        m_model.setAccounts({});
        window.showAccounts();
        save(window, u"empty"_s);
        window.showProblem({Errc::KeychainLocked, {}});
        save(window, u"keychain-locked"_s);
        window.showProblem({Errc::KeychainMissing, {}}, true);
        save(window, u"keychain-missing"_s);
        window.showProblem({Errc::KeychainStalled, {}}, false, KeptIn::File);
        save(window, u"file-stalled"_s);
        window.showProblem({Errc::VaultMissing, {}});
        save(window, u"vault-missing"_s);
        LockPage &lock = window.showLocked();
        auto *field = lock.findChild<SecretField *>();
        typeInto(*field, u"swordfish"_s);
        save(window, u"locked"_s);
        lock.findChild<SecretField *>()->findChild<QAbstractButton *>()->click();
        save(window, u"locked-shown"_s);
        lock.setBusy(true);
        save(window, u"locked-busy"_s);
        lock.refuse({Errc::PasswordWrong, {}}, std::chrono::seconds(0));
        save(window, u"locked-wrong"_s);
        lock.refuse({Errc::PasswordTooSoon, {}}, std::chrono::seconds(8));
        save(window, u"locked-wait"_s);
        window.resize(px(280), px(360));
        save(window, u"locked-small"_s);
        window.resize(px(380), px(640));
        m_model.setAccounts(test::sampleAccounts(m_isChinese));
        window.show();
        settle(150);
        window.showAccounts();
        save(window, u"unlocking"_s, 30);
    }

    static void typeInto(QWidget &field, const QString &text)
    {
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, text);
        QApplication::sendEvent(&field, &press);
    }

    void passwordSheets()
    {
        PasswordSheet set(PasswordSheet::Task::Set);
        save(set, u"password-set"_s);
        const auto fields = set.findChildren<SecretField *>();
        typeInto(*fields[0], u"swordfish"_s);
        typeInto(*fields[1], u"swordfisk"_s);
        set.show();
        set.findChildren<Button *>().constLast()->click();
        save(set, u"password-differs"_s);
        PasswordSheet change(PasswordSheet::Task::Change);
        save(change, u"password-change"_s);
        change.showFailure({Errc::PasswordWrong, {}});
        save(change, u"password-wrong"_s);
        PasswordSheet remove(PasswordSheet::Task::Remove);
        save(remove, u"password-remove"_s);
        SecuritySheet security({}, true, {});
        save(security, u"security"_s);
        SecuritySheet open({}, false, {});
        save(open, u"security-no-password"_s);
        SecuritySheet file({}, true, {.in = Vault::Storage::File});
        save(file, u"security-file"_s);
        SecuritySheet stick({}, true, {.in = Vault::Storage::File, .canMove = false});
        save(stick, u"security-portable"_s);
        PasswordSheet toFile(PasswordSheet::Task::MoveToFile);
        save(toFile, u"move-to-file"_s);
        PasswordSheet toFileAndSet(PasswordSheet::Task::MoveToFileAndSet);
        save(toFileAndSet, u"move-to-file-and-set"_s);
        PasswordSheet toKeychain(PasswordSheet::Task::MoveToKeychain);
        save(toKeychain, u"move-to-keychain"_s);
        toKeychain.showFailure({Errc::PlaceTaken, {}});
        save(toKeychain, u"move-refused"_s);
    }

    void serversSheets()
    {
        const AccountSet accounts = test::sampleAccounts(m_isChinese);
        ProxySettings proxy;
        ServersSheet system(accounts, &proxy, false);
        save(system, u"servers"_s);
        proxy = {.kind = ProxySettings::Kind::Manual,
                 .host = u"proxy.northgate.example"_s,
                 .port = 3128,
                 .user = u"alice.chen"_s};
        ServersSheet manual(accounts, &proxy, true);
        save(manual, u"servers-manual"_s);
        ProxyPasswordSheet password(proxy);
        save(password, u"proxy-password"_s);
        proxy.host.clear();
        ServersSheet incomplete({}, &proxy, false);
        save(incomplete, u"servers-incomplete"_s);
    }

    void binSheets()
    {
        AccountSet accounts = test::sampleAccounts(m_isChinese);
        const auto now = m_clock.second();
        using std::chrono::days;
        const auto bin = [&](int number, days ago) {
            if (!moveToBin(accounts, test::idOf(number), now - ago))
                qFatal("No such sample");
        };
        BinSheet empty;
        empty.setAccounts(accounts, now);
        save(empty, u"bin-empty"_s);
        bin(1, days(0));
        bin(4, days(3));
        bin(7, days(29));
        BinSheet sheet;
        sheet.setAccounts(accounts, now);
        save(sheet, u"bin"_s);
        sheet.show();
        sheet.findChildren<Button *>().at(1)->click();
        save(sheet, u"bin-for-ever"_s);
    }

    static MigrationPart samplePart(int index,
                                    const std::vector<std::pair<QString, QString>> &names)
    {
        MigrationPart part;
        part.size = 3;
        part.index = index;
        for (const auto &[issuer, account] : names) {
            KeyUri uri = test::sampleUri(false, ("key of " + account.toStdString()).c_str());
            uri.issuer = issuer;
            uri.account = account;
            part.accounts.push_back(std::move(uri));
        }
        return part;
    }

    void importSheets()
    {
        const AccountSet there = test::sampleAccounts(m_isChinese);
        const AccountPtr known = there.all().at(1);
        const AccountPtr taken = there.all().at(3);
        const auto second = [&] {
            std::vector<MigrationPart> parts;
            parts.push_back(
                samplePart(1, {{known->issuer, known->account}, {taken->issuer, taken->account}}));
            parts.back().accounts.front().secret =
                std::move(*SecretBytes::copyOf(known->secret.view()));
            parts.back().refused = {{u"Larch Legacy"_s, u"alice"_s, Errc::UnsupportedAlgorithm},
                                    {{}, u"old-token"_s, Errc::EmptySecret}};
            return parts;
        };
        ImportSheet sheet;
        sheet.take(second(), there);
        save(sheet, u"import-1-of-3"_s);
        sheet.take(second(), there);
        save(sheet, u"import-again"_s);
        std::vector<MigrationPart> other;
        other.push_back(samplePart(0, {{u"Other"_s, u"x"_s}}));
        other.back().batch = 9;
        sheet.take(std::move(other), there);
        save(sheet, u"import-another-export"_s);
        std::vector<MigrationPart> rest;
        rest.push_back(samplePart(
            0, {{u"Sable Cloud"_s, u"alice.chen@northgate.example"_s}, {{}, u"backup@nas"_s}}));
        rest.push_back(samplePart(2, {{u"Tern Airways"_s, u"4711-0815"_s}}));
        sheet.take(std::move(rest), there);
        save(sheet, u"import-complete"_s);
        sheet.showFailure({Errc::KeychainDenied, {}});
        save(sheet, u"import-failed"_s);
    }

    void bindSheets()
    {
        AccountSet none;
        BindSheet fresh(test::sampleUri(), ScanFlow::tr("Read from screen %1").arg(1), none,
                        m_clock);
        save(fresh, u"bind"_s);
        BindSheet known(test::sampleUri(false, "ABCDEFGHIJKLMNOPQRST"),
                        ScanFlow::tr("Read from a picture"), test::sampleAccounts(), m_clock);
        save(known, u"bind-conflict"_s);
        KeyUri longest = test::sampleUri();
        longest.issuer = u"Northgate Industrial Holdings International "_s.repeated(3).trimmed();
        longest.account = u"7f3a91c04be2d865"_s.repeated(4);
        BindSheet wide(std::move(longest), ScanFlow::tr("Read from screen %1").arg(1), none,
                       m_clock);
        save(wide, u"bind-long"_s);
        KeyUri weak = test::sampleUri(true, "1234567890");
        BindSheet failing(std::move(weak), ScanFlow::tr("Read from the clipboard"), none, m_clock);
        failing.showFailure({Errc::WriteNotConfirmed, {}});
        save(failing, u"bind-weak-failed"_s);
        auto asking = std::make_unique<test::FakeFetch>();
        test::FakeFetch &fetch = *asking;
        BindingFetchSheet address(std::move(asking), ScanFlow::tr("Read from screen %1").arg(1),
                                  u"auth.northgate.example:8443"_s);
        save(address, u"bind-address"_s);
        fetch.error = {Errc::BindingExpired, {}};
        fetch.go(BindingFetch::State::Failed);
        save(address, u"bind-address-failed"_s);
        firstCodes();
    }

    void firstCodes()
    {
        Account account = makeAccount(test::sampleUri(), m_clock.second());
        FirstCodeSheet first(std::make_shared<const Account>(*account.copy()), m_clock);
        save(first, u"first-code"_s);
        first.setCodeOffset(std::chrono::seconds(16));
        save(first, u"first-code-last-seconds"_s);
        first.setWorked(std::make_shared<const Account>(*account.copy()));
        save(first, u"first-code-worked"_s);
        account.binding->replaces = test::idOf(1);
        FirstCodeSheet anew(std::make_shared<const Account>(std::move(account)), m_clock);
        save(anew, u"first-code-replacing"_s);
    }

    void approveSheet(const QString &name, const std::function<void(test::FakeAttempt &)> &how,
                      int wait = 150)
    {
        auto attempt = test::sampleAttempt(m_clock);
        test::FakeAttempt &login = *attempt;
        ApproveSheet sheet(std::move(attempt), m_clock);
        how(login);
        sheet.show();
        settle(50);
        m_clock.advance(std::chrono::milliseconds(wait > 150 ? 1'100 : 550));
        save(sheet, name, wait);
    }

    void activitySheets()
    {
        ActivitySheet sheet;
        save(sheet, u"activity-empty"_s);
        sheet.setEvents(test::sampleEvents(m_clock), m_clock.second());
        save(sheet, u"activity"_s);
        auto *search = sheet.findChildren<SearchField *>().last();
        search->setText(u"zebra"_s);
        save(sheet, u"activity-no-match"_s);
        search->clear();
        QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
        QApplication::sendEvent(&sheet, &enter);
        save(sheet, u"activity-details"_s);
    }

    void approveSheets()
    {
        using State = LoginAttempt::State;
        approveSheet(u"approve-arming"_s,
                     [](test::FakeAttempt &login) { login.go(State::Reviewing); });
        approveSheet(
            u"approve"_s, [](test::FakeAttempt &login) { login.go(State::Reviewing); }, 200);
        approveSheet(u"approve-different-network"_s, [](test::FakeAttempt &login) {
            login.shown.network = LoginContext::Network::Different;
            login.shown.place = u"Frankfurt, Germany"_s;
            login.shown.numberDigits = 2;
            login.shown.channel = LoginChannel::Push;
            login.go(State::Reviewing);
        });
        approveSheet(u"approve-unknown"_s, [](test::FakeAttempt &login) {
            login.shown.network = LoginContext::Network::Unknown;
            login.shown.place.clear();
            login.shown.browser.clear();
            login.shown.system.clear();
            login.shown.channel = LoginChannel::Picture;
            login.go(State::Reviewing);
        });
        approveSheet(u"approve-long"_s, [](test::FakeAttempt &login) {
            login.shown.network = LoginContext::Network::Different;
            login.shown.server = u"authentication.identity-services.northgate.example"_s;
            login.shown.address = u"2001:db8:1234:5678:9abc:def0:1234:5678"_s;
            login.shown.place = u"杭州市滨江区长河街道网商路六百九十九号阿尔法大楼"_s;
            login.go(State::Reviewing);
        });
        approveSheet(u"approve-choose"_s, [](test::FakeAttempt &login) {
            login.accounts.push_back(std::make_shared<const Account>(test::makeSample(
                {2, u"Northgate"_s, u"admin@northgate.example"_s, {}, false, true})));
            login.go(State::ChoosingAccount);
        });
        approveSheet(u"approved"_s, [](test::FakeAttempt &login) { login.go(State::Approved); });
        approveSheet(u"denied"_s, [](test::FakeAttempt &login) { login.go(State::Denied); });
        const auto failWith = [](Errc code) {
            return [code](test::FakeAttempt &login) {
                login.error = {code, {}};
                login.go(State::Failed);
            };
        };
        approveSheet(u"login-unbound"_s, failWith(Errc::UnboundAccount));
        approveSheet(u"login-key-refused"_s, failWith(Errc::KeyRefused));
        approveSheet(u"login-expired"_s, failWith(Errc::LoginExpired));
        approveSheet(u"login-proxy"_s, failWith(Errc::ProxyLoginUnsupported));
        approveSheet(u"login-failed"_s, [](test::FakeAttempt &login) { login.go(State::Failed); });
    }

    void notices()
    {
        NoticeSheet nothing(ScanResultSheet::tr("Scan a code"),
                            {.kind = NoticeSheet::Picture::Kind::Screens,
                             .icon = {},
                             .screens = {{u"DP-1"_s, 1920, 1080}, {u"HDMI-1"_s, 1600, 1000}}},
                            {Desk::tr("No code on your screens"),
                             Desk::tr("%n screen(s) searched. Make the code larger or bring its "
                                      "window to the front.",
                                      nullptr, 2)});
        nothing.addAction(Desk::tr("Search again"));
        nothing.addAction(Desk::tr("Camera"));
        nothing.addAction(Desk::tr("Open a picture"));
        save(nothing, u"nothing-found"_s);
        NoticeSheet web(ScanResultSheet::tr("Scan a code"),
                        {.kind = NoticeSheet::Picture::Kind::Icon, .icon = u"qr"_s},
                        ErrorText::of(NotOurs{NotOursKind::WebAddress, u"www.example.com"_s}));
        web.addAction(Desk::tr("Close"));
        save(web, u"not-ours"_s);
        NoticeSheet about(Desk::tr("About Hufu"),
                          {.kind = NoticeSheet::Picture::Kind::Hufu, .icon = {}},
                          {Desk::tr("Hufu %1").arg(u"0.1.0"_s),
                           Desk::tr("Two halves that match. Free software under the GNU General "
                                    "Public License, version 3.")});
        about.addAction(Desk::tr("Close"));
        save(about, u"about"_s);
    }

    void scanResults()
    {
        ScanReport report;
        report.searched = {{u"one"_s, 1920, 1080}, {u"two"_s, 1600, 1000}};
        for (int i = 0; i < 2; ++i)
            report.previews.push_back({i, 64, 36, QByteArray(64 * 36 * 3, char(i ? 0x80 : 0xa0))});
        const auto readingAt = [](int source, Payload payload) {
            return std::make_shared<Reading>(
                Reading{.payload = std::move(payload),
                        .origin = {},
                        .channel = LoginChannel::Screen,
                        .source = source,
                        .outline = {QPoint(1100, 400), QPoint(1400, 400), QPoint(1400, 700),
                                    QPoint(1100, 700)}});
        };
        ScanResultSheet sheet(
            {readingAt(0, LoginCode{.base = {}, .token = {}, .host = u"auth.northgate.example"_s}),
             readingAt(1, test::sampleUri(false))},
            std::make_shared<const ScanReport>(std::move(report)), test::sampleAccounts());
        save(sheet, u"scan-result"_s);
    }

    /// What a camera sees: a phone, a little askew, with a code upon it.
    static std::shared_ptr<const SourcePreview> phoneBeforeTheCamera(QPolygon &code)
    {
        QImage picture(640, 360, QImage::Format_RGB888);
        picture.fill(QColor(0x6b, 0x71, 0x6a));
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.fillRect(0, 240, 640, 120, QColor(0x3a, 0x30, 0x28));
        painter.fillRect(30, 0, 90, 190, QColor(0xc8, 0xd0, 0xca));
        painter.translate(330, 200);
        painter.rotate(6);
        painter.setBrush(QColor(0xf4, 0xf4, 0xf2));
        painter.setPen(QPen(QColor(0x1a, 0x1a, 0x1c), 8));
        painter.drawRoundedRect(-95, -170, 190, 380, 22, 22);
        painter.drawImage(QRect(-65, -75, 130, 130), QImage::fromData(test::qrPng("otpauth://")));
        code = painter.transform().map(QPolygon(QRect(-58, -68, 116, 116)));
        painter.end();
        auto frame = test::plainFrame(picture.width(), picture.height(), 0);
        for (int y = 0; y < picture.height(); ++y)
            std::copy_n(picture.constScanLine(y), 3 * picture.width(),
                        frame->rgb.begin() + 3 * picture.width() * y);
        return frame;
    }

    void camera(const QString &name, const std::function<void(test::ScriptedCamera &)> &how)
    {
        const auto log = std::make_shared<test::CameraLog>();
        const ScanFlow flow({}, Loopback::Refused);
        CameraSheet sheet(
            {.makeSource = [log] { return std::make_unique<test::ScriptedCamera>(log); },
             .sort =
                 [&flow](const ScanReport &report) {
                     return flow.sort(report, LoginChannel::Camera);
                 }},
            {});
        how(*log->newest);
        save(sheet, name);
    }

    void cameras()
    {
        QPolygon code;
        const auto frame = phoneBeforeTheCamera(code);
        const auto see = [&code, &frame](test::ScriptedCamera &camera, const char *text) {
            camera.goLive();
            emit camera.frame(frame);
            FoundCode found = test::codeAt(text, {});
            for (std::size_t i = 0; i < found.outline.size(); ++i)
                found.outline.at(i) = code.at(static_cast<qsizetype>(i));
            emit camera.found(test::frameWith(std::move(found)));
        };
        camera(u"camera-starting"_s, [](test::ScriptedCamera &) {});
        camera(u"camera"_s, [&see](test::ScriptedCamera &camera) {
            see(camera, "otpauth://totp/Northgate:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        });
        camera(u"camera-not-ours"_s,
               [&see](test::ScriptedCamera &camera) { see(camera, "https://www.example.com/"); });
        camera(u"camera-refused"_s, [](test::ScriptedCamera &camera) {
            camera.goLive();
            emit camera.stateChanged(CameraState::Refused);
        });
        camera(u"camera-none"_s,
               [](test::ScriptedCamera &camera) { emit camera.devicesChanged({}); });
        camera(u"camera-failed"_s, [](test::ScriptedCamera &camera) {
            camera.goLive();
            emit camera.failed(Error{Errc::HelperFailed, {}});
        });
    }

    void doctorSheets()
    {
        save(*std::make_unique<DoctorSheet>(test::sampleReport()), u"doctor"_s);
        save(*std::make_unique<DoctorSheet>(test::worstReport()), u"doctor-kept"_s);
        VaultReport locked = test::sampleReport();
        locked.problem = Error{Errc::KeychainLocked, {}};
        locked.accounts.reset();
        save(*std::make_unique<DoctorSheet>(locked), u"doctor-locked"_s);
        VaultReport missing = test::worstReport();
        missing.problem = Error{Errc::VaultMissing, {}};
        missing.accounts.reset();
        save(*std::make_unique<DoctorSheet>(missing), u"doctor-missing"_s);
        NoticeSheet exported(DoctorSheet::tr("Keychain doctor"),
                             {.kind = NoticeSheet::Picture::Kind::Icon, .icon = u"export"_s},
                             DoctorWords::ofExport({.records = 1, .entries = 2}));
        exported.addAction(Desk::tr("Close"));
        save(exported, u"doctor-exported"_s);
    }

    QString m_folder;
    bool m_isChinese;
    test::ManualClock m_clock{UtcTime(std::chrono::seconds(1'699'999'991))}; // 19 s left of 30
    std::unique_ptr<ServerClocks> m_serverClocks;
    AccountListModel m_model;
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    if (app.arguments().size() < 2) {
        qWarning("usage: ui_gallery FOLDER [light|dark]");
        return 2;
    }
    const double points = qEnvironmentVariable("HUFU_GALLERY_POINTS").toDouble();
    QFont font = QApplication::font();
    font.setPointSizeF(points > 0 ? points : 10.5);
    QApplication::setFont(font);
    installTranslations();
    Appearance appearance;
    QApplication::setPalette(
        referencePalette(app.arguments().value(2) == u"dark" ? Shade::Dark : Shade::Light));
    const QString folder = app.arguments().at(1);
    QDir().mkpath(folder);
    Gallery(folder).showAll();
    return 0;
}
