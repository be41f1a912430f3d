#include "core/scan/scan_run.h"

#include "core/scan/platform_helper_process.h"

#include <QCoreApplication>

#include <algorithm>

namespace hufu {
namespace {

constexpr std::chrono::milliseconds timeToEnd{200}; // after its input ended (contracts.md 1)

tl::unexpected<Error> outOfTurn(const char *what)
{
    return failure(Errc::HelperFailed, QLatin1String(what) + QStringLiteral(" out of turn"));
}

bool fitsInto(const FoundCode &code, const SearchedSource &source)
{
    return std::ranges::all_of(code.outline, [&source](QPoint corner) {
        return corner.x() <= source.width && corner.y() <= source.height;
    });
}

} // namespace

void ScanRun::start(const Order &order, QObject *context, Answer<ScanReport> answer)
{
    (new ScanRun(context, std::move(answer)))->begin(order);
}

ScanRun::ScanRun(QObject *context, Answer<ScanReport> answer)
    : QObject(QCoreApplication::instance())
    , m_context(context)
    , m_answer(std::move(answer))
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ScanRun::readMessages);
    connect(&m_process, &QProcess::finished, this, [this] {
        readMessages();
        finish(failure(Errc::HelperFailed, QStringLiteral("ended without an answer")),
               Ending::AtOnce);
        deleteLater();
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return; // finished() follows, or the patience ends
        finish(failure(Errc::HelperFailed, QStringLiteral("does not start")), Ending::AtOnce);
        deleteLater();
    });
    connect(context, &QObject::destroyed, this, [this] {
        m_state = State::Answered; // nobody is left to be answered
        m_answer = {};
        endHelper(Ending::AtOnce);
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { finish(failure(Errc::HelperTimedOut), Ending::AtOnce); });
}

ScanRun::~ScanRun()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(static_cast<int>(timeToEnd.count()));
}

void ScanRun::begin(const Order &order)
{
    const Result<SecretBytes> hello = writeHello(MessageKind::Hello);
    if (!hello) {
        finish(tl::unexpected(hello.error()), Ending::AtOnce);
        return deleteLater();
    }
    // Media libraries print; the system swallows it without a byte of ours.
    m_process.setStandardErrorFile(QProcess::nullDevice());
    tieToThisProcess(m_process);
    m_patience.start(order.patience);
    m_process.start(order.helper, {QStringLiteral("--serve")});
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.write(hello->text().data(), static_cast<qint64>(hello->size()));
    m_process.write(order.request);
}

void ScanRun::readMessages()
{
    const auto source = [this](std::span<std::byte> room) {
        return m_process.read(reinterpret_cast<char *>(room.data()),
                              static_cast<qint64>(room.size()));
    };
    while (m_state != State::Answered) {
        Result<std::optional<Message>> message = m_reader.next(source);
        if (!message)
            return finish(tl::unexpected(message.error()), Ending::AtOnce);
        if (!*message)
            return;
        if (const Result<void> taken = take(**message); !taken)
            return finish(tl::unexpected(taken.error()), Ending::AtOnce);
    }
    m_process.readAllStandardOutput(); // whatever comes after the answer
}

Result<void> ScanRun::take(const Message &message)
{
    if ((message.kind == MessageKind::HelperHello) != (m_state == State::Opening))
        return outOfTurn("hello");
    switch (message.kind) {
    case MessageKind::HelperHello:
        m_state = State::Scanning;
        return readHello(message);
    case MessageKind::Found:
        return takeFound(message);
    case MessageKind::Frame:
        return takeFrame(message);
    case MessageKind::Done:
        return takeDone(message);
    case MessageKind::Error: {
        const Result<Error> error = readError(message);
        return tl::unexpected(error ? *error : error.error());
    }
    default:
        return outOfTurn("message");
    }
}

Result<void> ScanRun::takeFound(const Message &message)
{
    if (m_report.codes.size() == mostCodes)
        return outOfTurn("one code too many");
    Result<FoundCode> code = readFound(message);
    if (!code)
        return tl::unexpected(code.error());
    m_report.codes.push_back(std::move(*code));
    return {};
}

Result<void> ScanRun::takeFrame(const Message &message)
{
    if (m_report.previews.size() == mostPreviews)
        return outOfTurn("one frame too many");
    Result<SourcePreview> preview = readFrame(message);
    if (!preview)
        return tl::unexpected(preview.error());
    m_report.previews.push_back(std::move(*preview));
    return {};
}

Result<void> ScanRun::takeDone(const Message &message)
{
    Result<DoneMessage> done = readDone(message);
    if (!done)
        return tl::unexpected(done.error());
    const auto isSearched = [&done](int source) {
        return static_cast<std::size_t>(source) < done->searched.size();
    };
    for (const FoundCode &code : m_report.codes) {
        if (!isSearched(code.source) ||
            !fitsInto(code, done->searched[static_cast<std::size_t>(code.source)]))
            return failure(Errc::HelperFailed, QStringLiteral("a code outside of its source"));
    }
    for (const SourcePreview &preview : m_report.previews) {
        if (!isSearched(preview.source))
            return failure(Errc::HelperFailed, QStringLiteral("a frame of no source"));
    }
    m_report.searched = std::move(done->searched);
    m_report.took = done->took;
    finish(std::move(m_report), Ending::Graceful);
    return {};
}

void ScanRun::finish(Result<ScanReport> outcome, Ending ending)
{
    if (m_state == State::Answered)
        return;
    m_state = State::Answered;
    m_patience.stop();
    if (m_context)
        answerLater(m_context.data(), std::move(m_answer), std::move(outcome));
    endHelper(ending);
}

void ScanRun::endHelper(Ending ending)
{
    if (ending == Ending::AtOnce)
        return m_process.kill();
    m_process.closeWriteChannel();
    QTimer::singleShot(timeToEnd, &m_process, &QProcess::kill);
}

} // namespace hufu
