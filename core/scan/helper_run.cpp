#include "core/scan/helper_run.h"

#include "core/scan/messages.h"
#include "core/scan/platform_helper_process.h"

#include <QCoreApplication>

namespace hufu {
namespace {

constexpr std::chrono::milliseconds timeToEnd{200}; // after its input ended (contracts.md 1)

} // namespace

HelperRun::HelperRun(QObject *context)
    : QObject(QCoreApplication::instance())
    , m_context(context)
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &HelperRun::readMessages);
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
        endHelper(Ending::AtOnce);
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { finish(failure(Errc::HelperTimedOut), Ending::AtOnce); });
}

HelperRun::~HelperRun()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(static_cast<int>(timeToEnd.count()));
}

tl::unexpected<Error> HelperRun::outOfTurn(const char *what)
{
    return failure(Errc::HelperFailed, QLatin1String(what) + QStringLiteral(" out of turn"));
}

void HelperRun::begin(const Order &order)
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

void HelperRun::readMessages()
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
        const Result<Progress> taken = takeAny(**message);
        if (!taken)
            return finish(tl::unexpected(taken.error()), Ending::AtOnce);
        if (*taken == Progress::Complete)
            finish({}, Ending::Graceful);
    }
    m_process.readAllStandardOutput(); // whatever comes after the answer
}

Result<HelperRun::Progress> HelperRun::takeAny(const Message &message)
{
    if ((message.kind == MessageKind::HelperHello) != (m_state == State::Opening))
        return outOfTurn("hello");
    if (message.kind == MessageKind::HelperHello) {
        m_state = State::Scanning;
        const Result<void> read = readHello(message);
        return read ? Result<Progress>(Progress::More) : tl::unexpected(read.error());
    }
    if (message.kind == MessageKind::Error) {
        const Result<Error> error = readError(message);
        return tl::unexpected(error ? *error : error.error());
    }
    return take(message);
}

void HelperRun::finish(Result<void> outcome, Ending ending)
{
    if (m_state == State::Answered)
        return;
    m_state = State::Answered;
    m_patience.stop();
    if (m_context)
        answer(std::move(outcome));
    endHelper(ending);
}

void HelperRun::endHelper(Ending ending)
{
    if (ending == Ending::AtOnce)
        return m_process.kill();
    m_process.closeWriteChannel();
    QTimer::singleShot(timeToEnd, &m_process, &QProcess::kill);
}

} // namespace hufu
