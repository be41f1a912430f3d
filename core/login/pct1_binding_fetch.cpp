#include "core/login/pct1_binding_fetch.h"

#include "core/base/logging.h"

#include <QSysInfo>

#include <algorithm>
#include <cstring>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr auto firstPause = 500ms;
constexpr auto longestPause = 4s;
/// Somebody is looking at it; with "try again" it goes on.
constexpr auto patience = 15s;
constexpr qsizetype longestDeviceName = 128;

/// How the server's list of devices may call this one.
QString deviceName()
{
    QString name = QSysInfo::machineHostName().left(longestDeviceName);
    name.removeIf([](QChar c) { return !c.isPrint(); });
    return name.isEmpty() ? QStringLiteral("PC") : name;
}

/// Whether the answer may only have been lost on the way.
bool mayDoBetter(Errc code)
{
    return code == Errc::NoNetwork || code == Errc::ServerUnreachable ||
           code == Errc::ServerTimedOut || code == Errc::ServerFailed;
}

Errc meaningOfHttp(int status)
{
    if (status == 429)
        return Errc::TooManyTries;
    return status >= 500 ? Errc::ServerFailed : Errc::ServerRefused;
}

Errc meaningOfAnswer(int status)
{
    switch (status) {
    case 407:
        return Errc::TooManyTries;
    case 500:
        return Errc::ServerFailed;
    case 603:
    case 604: // over, or given to another device
        return Errc::BindingExpired;
    default:
        return Errc::ServerRefused;
    }
}

tl::unexpected<Error> malformedBinding(const QString &why)
{
    return failure(Errc::AnswerMalformed, why);
}

/// The secret stands in the client's buffer, too, which is this one.
void wipe(const QByteArray &shared)
{
    std::memset(const_cast<char *>(shared.constData()), 0, static_cast<std::size_t>(shared.size()));
}

} // namespace

Pct1BindingFetch::Pct1BindingFetch(const BindingAddress &address, Loopback loopback,
                                   std::shared_ptr<Pct1Network> network, const Clock &clock)
    : m_address(address)
    , m_loopback(loopback)
    , m_network(std::move(network))
    , m_clock(clock)
    , m_deviceId(randomId<16>())
    , m_nonce(toHex(randomId<16>()))
{
    m_trace.host = address.host;
    m_trace.requestId = QString::fromLatin1(m_nonce.left(8));
    m_retry.setSingleShot(true);
    m_retry.callOnTimeout(this, &Pct1BindingFetch::send);
}

void Pct1BindingFetch::start()
{
    if (m_state == State::Fetching || m_state == State::Fetched)
        return;
    m_tries = 0;
    m_began = m_clock.sinceBoot();
    setState(State::Fetching);
    send();
}

void Pct1BindingFetch::send()
{
    ++m_tries;
    m_trace.time = m_clock.now();
    m_trace.answer.clear();
    const QUrl url = QUrl::fromEncoded(
        QByteArray::fromStdString(m_address.base + "/bind/?token=" + m_address.token),
        QUrl::StrictMode);
    m_network->clientForStrangers().post(
        url, bindingRequest(m_deviceId, m_nonce, deviceName()), this,
        [this](const Result<HttpsAnswer> &answer) { take(answer); });
}

void Pct1BindingFetch::take(const Result<HttpsAnswer> &answer)
{
    Result<KeyUri> uri = answer ? read(*answer) : tl::unexpected(answer.error());
    if (uri) {
        m_uri = std::move(*uri);
        m_uri.binding->deviceId = m_deviceId;
        return setState(State::Fetched);
    }
    m_failure = uri.error();
    qCInfo(logLogin).noquote() << m_trace.host << "request" << m_trace.requestId
                               << errcName(m_failure.code);
    if (!mayDoBetter(m_failure.code) || m_clock.sinceBoot() - m_began > patience)
        return setState(State::Failed);
    const std::chrono::milliseconds pause = firstPause * (1 << std::min(m_tries - 1, 3));
    m_retry.start(std::min<std::chrono::milliseconds>(pause, longestPause));
}

Result<KeyUri> Pct1BindingFetch::read(const HttpsAnswer &answer)
{
    m_trace.answer = QStringLiteral("HTTP %1").arg(answer.status);
    if (answer.status != 200)
        return hufu::failure(meaningOfHttp(answer.status), m_trace.answer);
    const Result<Pct1Answer> read = readAnswer(answer.body, u"uri");
    if (!read)
        return tl::unexpected(read.error());
    m_trace.answer = QString::number(read->status);
    if (read->status != 200)
        return hufu::failure(meaningOfAnswer(read->status),
                             QStringLiteral("status %1").arg(read->status));
    Result<KeyUri> uri = readUri(*read, answer.body);
    wipe(answer.body);
    return uri;
}

Result<KeyUri> Pct1BindingFetch::readUri(const Pct1Answer &answer, QByteArrayView body) const
{
    const JsonValue *member = answer.document.member(u"uri");
    if (answer.state != QLatin1String("bound") || member == nullptr)
        return malformedBinding(QStringLiteral("no binding is in it"));
    const Result<SecretBytes> text = secretText(body, *member);
    if (!text)
        return tl::unexpected(text.error());
    Result<KeyUri> uri = parseKeyUri(text->text(), m_loopback);
    if (!uri && uri.error().code == Errc::SecretMemoryFull)
        return uri;
    if (!uri)
        return malformedBinding(errcName(uri.error().code));
    if (!uri->binding)
        return malformedBinding(QStringLiteral("the key URI binds nothing"));
    if (uri->binding->api != m_address.base)
        return malformedBinding(QStringLiteral("the binding is to another server"));
    return uri;
}

void Pct1BindingFetch::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

} // namespace hufu
