#include "core/scan/helper_process.h"

#include "core/scan/platform_helper_process.h"

#include <QCoreApplication>
#include <QTimer>

namespace hufu {
namespace {

constexpr std::chrono::milliseconds timeToEnd{200}; // after its input ended (contracts.md 1)

} // namespace

HelperProcess::HelperProcess(Listener listener)
    : m_listener(std::move(listener))
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &HelperProcess::readMessages);
    connect(&m_process, &QProcess::finished, this, [this] {
        readMessages();
        fail({Errc::HelperFailed, QStringLiteral("ended without an answer")});
        m_listener.gone();
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return; // finished() follows, or the listener's patience ends
        fail({Errc::HelperFailed, QStringLiteral("does not start")});
        m_listener.gone();
    });
}

HelperProcess::~HelperProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(static_cast<int>(timeToEnd.count()));
}

void HelperProcess::start(const QString &program, const QByteArray &request)
{
    const Result<SecretBytes> hello = writeHello(MessageKind::Hello);
    if (!hello) {
        fail(hello.error());
        return m_listener.gone();
    }
    // Media libraries print; the system swallows it without a byte of ours.
    m_process.setStandardErrorFile(QProcess::nullDevice());
    tieToThisProcess(m_process);
    m_process.start(program, {QStringLiteral("--serve")});
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.write(hello->text().data(), static_cast<qint64>(hello->size()));
    m_process.write(request);
}

void HelperProcess::send(const QByteArray &message)
{
    if (m_state != State::Ended && m_process.state() != QProcess::NotRunning)
        m_process.write(message);
}

void HelperProcess::end(Ending ending)
{
    m_state = State::Ended;
    if (ending == Ending::AtOnce)
        return m_process.kill();
    m_process.closeWriteChannel();
    QTimer::singleShot(timeToEnd, &m_process, &QProcess::kill);
}

void HelperProcess::letEnd(std::unique_ptr<HelperProcess> helper)
{
    if (helper->m_process.state() == QProcess::NotRunning)
        return;
    HelperProcess *ending = helper.release();
    ending->setParent(QCoreApplication::instance());
    ending->m_listener = {{}, {}, [ending] { ending->deleteLater(); }};
    ending->end(Ending::Graceful);
}

void HelperProcess::readMessages()
{
    const auto source = [this](std::span<std::byte> room) {
        return m_process.read(reinterpret_cast<char *>(room.data()),
                              static_cast<qint64>(room.size()));
    };
    while (m_state != State::Ended) {
        Result<std::optional<Message>> message = m_reader.next(source);
        if (!message)
            return fail(message.error());
        if (!*message)
            return;
        if (const Result<void> taken = take(**message); !taken)
            return fail(taken.error());
    }
    m_process.readAllStandardOutput(); // whatever comes after the end
}

Result<void> HelperProcess::take(const Message &message)
{
    if ((message.kind == MessageKind::HelperHello) != (m_state == State::Opening))
        return failure(Errc::HelperFailed, QStringLiteral("hello out of turn"));
    if (m_state != State::Opening)
        return m_listener.take(message);
    m_state = State::Talking;
    return readHello(message);
}

void HelperProcess::fail(const Error &error)
{
    if (m_state == State::Ended)
        return;
    end(Ending::AtOnce);
    m_listener.failed(error);
}

} // namespace hufu
