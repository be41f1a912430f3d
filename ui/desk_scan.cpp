// Codes and what becomes of them: the second half of Desk.

#include "core/account/proven_binding.h"
#include "core/login/provider.h"
#include "core/login/proxy_route.h"
#include "ui/approve_sheet.h"
#include "ui/desk.h"
#include "ui/import_sheet.h"
#include "ui/incoming.h"
#include "ui/main_window.h"
#include "ui/notice_sheet.h"
#include "ui/scan_result_sheet.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

/// Whether to close the sheet is to deny a login.
bool denies(Sheet *sheet)
{
    auto *login = qobject_cast<ApproveSheet *>(sheet);
    return login && login->attempt().state() == LoginAttempt::State::Reviewing;
}

} // namespace

ScanFlow &Desk::scan()
{
    if (m_scan)
        return *m_scan;
    const ScannerClient &scanner = m_tools.scanner;
    m_scan = std::make_unique<ScanFlow>(
        ScanFlow::Seams{
            .searchScreens =
                [&scanner](const QList<QRect> &own, QObject *context, Answer<ScanReport> answer) {
                    scanner.scanScreens(own, context, std::move(answer));
                },
            .searchPicture =
                [&scanner](const QByteArray &encoded, QObject *context, Answer<ScanReport> answer) {
                    scanner.scanPicture(encoded, context, std::move(answer));
                },
            .ownWindows = &ownWindows,
            .hideOwnWindows = [this](bool hidden) { m_hider.setHidden(hidden); }},
        m_tools.policy.loopback);
    connect(m_scan.get(), &ScanFlow::stateChanged, this, [this] {
        const bool isScanning = m_scan->state() != ScanFlow::State::Idle;
        m_window->setScanning(isScanning);
        if (isScanning) {
            leaveCamera();
            m_window->statusLine().say(
                {.icon = u"scan-screen"_s, .sentence = tr("Looking for a code…"), .link = {}});
        } else {
            refresh();
        }
    });
    connect(m_scan.get(), &ScanFlow::usable, this, &Desk::use);
    connect(m_scan.get(), &ScanFlow::severalUsable, this, &Desk::pick);
    connect(m_scan.get(), &ScanFlow::useless, this, &Desk::say);
    connect(m_scan.get(), &ScanFlow::failed, this,
            [this](const Error &error) { say(ErrorText::of(error.code)); });
    connect(m_scan.get(), &ScanFlow::nothingOnScreens, this,
            [this](const std::shared_ptr<const ScanReport> &report) { sayNothingFound(*report); });
    return *m_scan;
}

void Desk::openPicture()
{
    leaveCamera();
    // Qt's own dialog: the portal's would refuse this process (security.md, opening).
    const auto dialog = new QFileDialog(m_window.get(), tr("Open a picture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Pictures (*.png *.jpg *.jpeg *.bmp *.webp *.gif)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const Result<QByteArray> bytes = readPictureFile(path);
        if (bytes)
            scan().scanPicture(*bytes);
        else
            say(ErrorText::of(bytes.error().code));
    });
    dialog->open();
}

void Desk::paste()
{
    if (const QMimeData *data = QApplication::clipboard()->mimeData())
        takeIncoming(*data, true);
}

void Desk::takeIncoming(const QMimeData &data, bool mayPasteText)
{
    if (const std::optional<Explanation> refusal = refusalOf(data))
        return say(*refusal);
    Result<Incoming> incoming = readIncoming(data);
    if (!incoming)
        return say(ErrorText::of(incoming.error().code));
    if (!incoming->picture.isEmpty())
        return scan().scanPicture(incoming->picture);
    const std::string_view text(incoming->text.constData(),
                                static_cast<std::size_t>(incoming->text.size()));
    const bool isOurs = scan().readText(text);
    incoming->text.fill('\0');
    if (isOurs)
        return;
    if (mayPasteText && m_model.hasAccounts())
        m_window->pasteIntoSearch();
    else
        say(ErrorText::of(NotOurs{NotOursKind::Text, {}}));
}

void Desk::use(const ReadingPtr &reading)
{
    if (isHidden())
        return say(ErrorText::of(Errc::PasswordNeeded));
    if (std::holds_alternative<KeyUri>(reading->payload))
        review(reading);
    else if (std::holds_alternative<MigrationPart>(reading->payload))
        import(reading);
    else if (std::holds_alternative<BindingAddress>(reading->payload))
        fetch(reading);
    else
        login(reading);
}

LoginProvider &Desk::provider()
{
    if (!m_provider)
        m_provider = m_tools.makeLoginProvider();
    return *m_provider;
}

void Desk::login(const ReadingPtr &reading, Failures failures)
{
    const auto &code = std::get<LoginCode>(reading->payload);
    if (m_tools.proxy && m_tools.proxy->settings().wantsPassword() && !m_tools.proxy->hasPassword())
        return askProxyPassword(reading);
    Result<std::unique_ptr<LoginAttempt>> attempt =
        provider().begin(code, reading->channel,
                         reading->pushed ? accountFor(*reading->pushed, m_tools.vault.accounts())
                                         : m_tools.vault.accounts());
    if (!attempt && failures == Failures::Kept)
        return;
    if (!attempt)
        return attempt.error().code == Errc::UnboundServer
                   ? sayUnbound(code.host)
                   : say(ErrorText::of(attempt.error().code));
    // The newer one takes its place, without an answer: one that comes up later would close this.
    if (m_login && (!m_login->isVisible() || denies(m_login)))
        delete m_login.data();
    auto *sheet = new ApproveSheet(std::move(*attempt), m_tools.clock);
    m_login = sheet;
    m_loginReading = reading;
    m_window->statusLine().say(
        {.icon = u"globe"_s, .sentence = tr("Asking %1…").arg(code.host), .link = {}});
    connect(sheet, &ApproveSheet::readyToShow, this, [this, sheet, failures] {
        const bool hasFailed = sheet->attempt().state() == LoginAttempt::State::Failed;
        refresh();
        if (hasFailed && failures == Failures::Kept)
            sheet->deleteLater();
        else
            open(sheet);
    });
    connect(&sheet->attempt(), &LoginAttempt::stateChanged, this,
            [this, sheet, pushed = reading->pushed] {
                settle(sheet);
                if (pushed)
                    followPushed(sheet->attempt(), *pushed);
            });
    connect(sheet, &ApproveSheet::scanRequested, this,
            [this, channel = reading->channel] { scanAgain(channel); });
    connect(sheet, &QObject::destroyed, this, &Desk::followPush, Qt::QueuedConnection);
    // The whole context may still be on its way when Hufu quits.
    connect(qApp, &QCoreApplication::aboutToQuit, sheet, &QObject::deleteLater);
    sheet->attempt().start();
}

void Desk::settle(ApproveSheet *sheet)
{
    const LoginAttempt &attempt = sheet->attempt();
    const LoginAttempt::State state = attempt.state();
    const bool isAnswered =
        state == LoginAttempt::State::Approved || state == LoginAttempt::State::Denied;
    if (!isAnswered && state != LoginAttempt::State::Failed)
        return;
    if (std::optional<ActivityEvent> event = ActivityEvent::of(attempt, sheet->reason()))
        note({std::move(*event)});
    // Asked for anew with the next login: it may have been a slip of the fingers.
    if (!isAnswered && m_tools.proxy && attempt.failure().code == Errc::ProxyRefused)
        m_tools.proxy->forgetPassword();
    if (isAnswered && isUnproven(*attempt.candidates().front()))
        settleBinding(attempt.candidates().front());
}

void Desk::pick(const std::vector<ReadingPtr> &readings,
                const std::shared_ptr<const ScanReport> &report)
{
    auto *sheet = new ScanResultSheet(readings, report, m_tools.vault.accounts());
    connect(sheet, &ScanResultSheet::chosen, this, &Desk::use);
    connect(sheet, &ScanResultSheet::searchAgainRequested, this,
            [this, channel = readings.front()->channel] { scanAgain(channel); });
    open(sheet);
}

/// With what read the last code: a page that was refreshed is where it was.
void Desk::scanAgain(LoginChannel channel)
{
    if (channel == LoginChannel::Camera)
        openCamera();
    else
        scan().scanScreens();
}

void Desk::sayNothingFound(const ScanReport &report)
{
    const NoticeSheet::Picture picture{
        .kind = NoticeSheet::Picture::Kind::Screens, .icon = {}, .screens = report.searched};
    const auto count = static_cast<int>(report.searched.size());
    const Explanation words{
        tr("No code on your screens"),
        tr("%n screen(s) searched. Make the code larger or bring its window to the front.", nullptr,
           count)};
    if (m_import && m_import->isVisible())
        return m_import->say(words);
    auto *sheet = new NoticeSheet(tr("Scan a code"), picture, words);
    sheet->addAction(tr("Search again"), [this] { scan().scanScreens(); });
    sheet->addAction(tr("Camera"), [this] { openCamera(); });
    sheet->addAction(tr("Open a picture"), [this] { openPicture(); });
    open(sheet);
}

NoticeSheet *Desk::newScanNotice(const Explanation &words)
{
    auto *sheet = new NoticeSheet(
        tr("Scan a code"), {.kind = NoticeSheet::Picture::Kind::Icon, .icon = u"qr"_s}, words);
    sheet->addAction(tr("Close"));
    return sheet;
}

void Desk::say(const Explanation &words)
{
    if (m_import && m_import->isVisible())
        return m_import->say(words); // what it has read so far stays in view
    open(newScanNotice(words));
}

void Desk::sayUnbound(const QString &host)
{
    NoticeSheet *sheet = newScanNotice(ErrorText::ofUnbound(host));
    sheet->addAction(tr("Scan a binding code"), [this] { scan().scanScreens(); });
    open(sheet);
}

void Desk::about()
{
    const Explanation words{tr("Hufu %1").arg(QCoreApplication::applicationVersion()),
                            tr("Two halves that match. Free software under the GNU General Public "
                               "License, version 3.")};
    auto *sheet = new NoticeSheet(tr("About Hufu"),
                                  {.kind = NoticeSheet::Picture::Kind::Hufu, .icon = {}}, words);
    sheet->addAction(tr("Close"));
    open(sheet);
}

void Desk::open(Sheet *sheet)
{
    const bool isAnother = m_sheet && m_sheet != sheet && m_sheet.data() != m_import.data();
    if (isAnother && !denies(m_sheet)) // a login that waits for its answer stays in front
        m_sheet->close();
    m_sheet = sheet;
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->openAtPointer();
}

} // namespace hufu
