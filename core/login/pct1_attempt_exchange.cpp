#include "core/base/logging.h"
#include "core/login/pct1_attempt.h"

#include <algorithm>

// What a login exchanges with the server: protocol.md B3.2 to B3.6.

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr auto firstDelay = 500ms;
constexpr auto longestDelay = 32s;
/// A server that does not even say what the code is gets no longer; nothing is decided yet.
constexpr auto inquiryPatience = 5s;

std::string_view channelName(LoginChannel channel)
{
    switch (channel) {
    case LoginChannel::Screen:
        return "screen";
    case LoginChannel::Camera:
        return "camera";
    case LoginChannel::Picture:
        return "image";
    case LoginChannel::Push:
        return "push";
    }
    Q_UNREACHABLE();
}

/// Delay before the next try after `tries` of them: 0.5, 1, 2, 4 s and so on.
std::chrono::milliseconds delayAfter(int tries)
{
    return std::min<std::chrono::milliseconds>(firstDelay * (1 << std::min(tries - 1, 10)),
                                               longestDelay);
}

/// Whether the same request may do better in a moment: nothing came back, or an answer that is not
/// of the protocol (B3.6: 400, 413, 415, 429 and 5xx of HTTP stay transport errors).
bool isPassing(int httpStatus)
{
    return httpStatus == 400 || httpStatus == 413 || httpStatus == 415 || httpStatus == 429 ||
           httpStatus >= 500;
}

bool isPassing(Errc code)
{
    return code == Errc::NoNetwork || code == Errc::ServerUnreachable ||
           code == Errc::ServerTimedOut || code == Errc::ProxyUnreachable;
}

/// What an authentic answer that is no success means (B3.6).
Errc meaningOf(int status)
{
    switch (status) {
    case 407:
        return Errc::TooManyTries;
    case 409:
        return Errc::LoginAnsweredElsewhere;
    case 500:
        return Errc::ServerFailed;
    case 600:
        return Errc::WrongNumber;
    case 603:
        return Errc::LoginExpired;
    case 604:
        return Errc::UnboundAccount;
    default:
        return Errc::ServerRefused;
    }
}

QString statusDetail(int status)
{
    return QStringLiteral("status %1").arg(status);
}

} // namespace

/// What an exchange brought, if it is an answer of the protocol; else the attempt goes on or ends.
std::optional<Pct1Answer> Pct1Attempt::take(const Result<HttpsAnswer> &http)
{
    m_underWay = false;
    if (!http) {
        retryOrFail(http.error());
        return std::nullopt;
    }
    m_trace.answer = QStringLiteral("HTTP %1").arg(http->status);
    if (http->status != 200) {
        const Error error{Errc::ServerFailed, m_trace.answer};
        isPassing(http->status) ? retryOrFail(error) : fail(error.code, error.detail);
        return std::nullopt;
    }
    Result<Pct1Answer> answer = readAnswer(http->body);
    if (!answer) {
        fail(answer.error().code, answer.error().detail);
        return std::nullopt;
    }
    m_trace.answer = QString::number(answer->status);
    return std::move(*answer);
}

void Pct1Attempt::inquire()
{
    m_underWay = true;
    ++m_inquiries;
    m_trace.time = m_clock.now();
    client().get(address(), this, [this](const Result<HttpsAnswer> &answer) {
        if (const auto read = take(answer))
            readInquiryAnswer(*read);
    });
}

void Pct1Attempt::readInquiryAnswer(const Pct1Answer &answer)
{
    // The server knows no user yet, so 604 speaks of the code: it is too old to be remembered.
    if (answer.status == 604)
        return fail(Errc::LoginExpired, statusDetail(604));
    if (answer.status != 200)
        return fail(meaningOf(answer.status), statusDetail(answer.status));
    const Result<Pct1Inquiry> inquiry = readInquiry(answer);
    if (!inquiry)
        return fail(inquiry.error().code, inquiry.error().detail);

    livesFor(inquiry->expiresIn);
    std::erase_if(m_candidates, [&](const AccountPtr &account) {
        return account->binding->appId != inquiry->appId;
    });
    setReplacedAside();
    if (m_candidates.empty())
        return fail(Errc::UnboundAccount);
    if (m_candidates.size() == 1)
        return scanAs(m_candidates.front());
    setState(State::ChoosingAccount);
}

void Pct1Attempt::post(std::string action, std::string answer)
{
    m_post = Post{.action = std::move(action), .answer = std::move(answer)};
    if (const Result<void> signing = sign(); !signing)
        return fail(signing.error().code, signing.error().detail);
    sendPost();
}

Result<void> Pct1Attempt::sign()
{
    const Binding &binding = *m_account->binding;
    m_post.nonce = toHex(randomId<16>()).toStdString();
    const auto time = std::chrono::floor<std::chrono::seconds>(serverTime());
    const Result<QByteArray> body = signedBody(
        {
            .action = m_post.action,
            .api = binding.api,
            .appId = binding.appId,
            .uid = binding.uid,
            .deviceId = toHex(binding.deviceId).toStdString(),
            .token = m_token,
            .time = time.time_since_epoch().count(),
            .nonce = m_post.nonce,
            .via = std::string(channelName(m_channel)),
            .answer = m_post.answer,
            .context = m_post.action == "scan" ? "-" : m_contextHash,
        },
        m_requestKey);
    if (!body)
        return tl::unexpected(body.error());
    m_post.body = *body;
    m_trace.requestId = QString::fromStdString(m_post.nonce.substr(0, 8));
    return {};
}

void Pct1Attempt::sendPost()
{
    m_underWay = true;
    ++m_post.tries;
    m_post.sent = m_clock.sinceBoot();
    if (m_post.tries == 1)
        m_post.firstSent = m_post.sent;
    m_trace.time = m_clock.now();
    client().post(address(), m_post.body, this, [this](const Result<HttpsAnswer> &answer) {
        if (const auto read = take(answer))
            readPostAnswer(*read, *answer);
    });
}

void Pct1Attempt::readPostAnswer(const Pct1Answer &answer, const HttpsAnswer &http)
{
    const int status = answer.status;
    qCInfo(logLogin).noquote() << m_trace.host << "request" << m_trace.requestId << "status"
                               << status;

    if (!isAuthenticAnswer(m_answerKey, m_post.nonce, http.body, http.mac)) {
        if (status == 200 || status == 201 || status == 408)
            return fail(Errc::AnswerNotAuthentic, statusDetail(status));
        if (status == 403 && m_post.action == "scan" && fallBack())
            return;
        // Nor can a server that knows another key of the user, or does not know the user at all,
        // sign what this one takes (B3.4).
        if (status == 403)
            return fail(Errc::KeyRefused, statusDetail(status));
        if (status == 604)
            return fail(Errc::UnboundAccount, statusDetail(status));
        return fail(Errc::ServerRefused, QStringLiteral("status %1, not signed").arg(status));
    }
    learnTime(answer);
    if (status == 408)
        return correctClock(answer);
    if (m_post.action == "scan" && status == 201)
        return readScanned(answer, http.body);
    if (m_post.action == "confirm" && status == 200 && answer.state == QLatin1String("confirmed"))
        return setState(State::Approved);
    if (m_post.action == "deny" && status == 200 && answer.state == QLatin1String("denied"))
        return setState(State::Denied);
    if (status == 200 || status == 201)
        return fail(Errc::AnswerMalformed,
                    QStringLiteral("status and state answer another question"));
    fail(meaningOf(status), statusDetail(status));
}

void Pct1Attempt::readScanned(const Pct1Answer &answer, QByteArrayView body)
{
    Result<Pct1ScanAnswer> scan = readScanAnswer(answer, body);
    if (!scan)
        return fail(scan.error().code, scan.error().detail);
    const QString server = m_account->binding->server();
    livesFor(scan->expiresIn);
    m_context = std::move(scan->context);
    m_context.server = server;
    m_context.channel = m_channel;
    m_context.expires = m_clock.now() + scan->expiresIn;
    if (m_context.asked)
        *m_context.asked -= std::chrono::round<std::chrono::seconds>(serverTime() - m_clock.now());
    m_rawContext = scan->rawContext;
    m_contextHash = toHex(sha256(std::as_bytes(std::span(body.begin(), body.end())))).toStdString();
    setState(State::Reviewing);
}

/// Each authentic answer tells the server's time at some moment since the request was sent first:
/// what is asked twice may be answered with the bytes, and the time, of the first answer.
void Pct1Attempt::learnTime(const Pct1Answer &answer)
{
    if (answer.serverTime)
        m_serverClocks->take(m_account->binding->api, *answer.serverTime, m_post.firstSent);
}

UtcTime Pct1Attempt::serverTime() const
{
    return m_correction ? UtcTime(m_clock.sinceBoot() + *m_correction)
                        : m_serverClocks->timeAt(m_account->binding->api);
}

void Pct1Attempt::correctClock(const Pct1Answer &answer)
{
    if (m_post.signedAgain || !answer.serverTime)
        return fail(Errc::ClockWrong, statusDetail(408));
    m_correction = m_serverClocks->aheadBy(*answer.serverTime, m_post.sent);
    if (!m_correction)
        return fail(Errc::ClockWrong, QStringLiteral("more than a day"));
    m_post.signedAgain = true;
    m_post.tries = 0;
    if (const Result<void> signing = sign(); !signing)
        return fail(signing.error().code, signing.error().detail);
    sendPost();
}

QUrl Pct1Attempt::address() const
{
    const AccountPtr &account = m_account ? m_account : m_candidates.front();
    return QUrl::fromEncoded(
        QByteArray::fromStdString(account->binding->api + "/verify/?token=" + m_token),
        QUrl::StrictMode);
}

HttpsClient &Pct1Attempt::client() const
{
    if (m_account)
        return m_network->clientFor(m_account->binding->pins);
    // Nobody is chosen yet: the strictest of them speaks for all.
    const auto pinned =
        std::find_if(m_candidates.begin(), m_candidates.end(),
                     [](const AccountPtr &account) { return !account->binding->pins.empty(); });
    const AccountPtr &account = pinned == m_candidates.end() ? m_candidates.front() : *pinned;
    return m_network->clientFor(account->binding->pins);
}

void Pct1Attempt::retryOrFail(const Error &error)
{
    const bool passing = isPassing(error.code) || error.code == Errc::ServerFailed;
    const bool isInquiry = m_post.action.empty();
    if (!passing || (isInquiry && m_clock.sinceBoot() - m_began > inquiryPatience))
        return fail(error.code, error.detail);
    if (hasExpired())
        return fail(Errc::LoginExpired, errcName(error.code));
    m_retry.disconnect(this);
    m_retry.callOnTimeout(this, [this, isInquiry] { isInquiry ? inquire() : sendPost(); });
    m_retry.start(delayAfter(isInquiry ? m_inquiries : m_post.tries));
}

} // namespace hufu
