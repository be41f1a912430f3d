#include "core/login/pct1_attempt.h"

#include "core/base/logging.h"

#include <algorithm>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr auto firstDelay = 500ms;
constexpr auto longestDelay = 32s;
/// A server that does not even say what the code is gets no longer; nothing is decided yet.
constexpr auto inquiryPatience = 5s;
/// A server whose clock is further off is not believed (protocol.md B5).
constexpr auto largestClockOffset = 24h;

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
           code == Errc::ServerTimedOut;
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

Pct1Attempt::Pct1Attempt(std::string token, LoginChannel channel, std::vector<AccountPtr> bound,
                         std::shared_ptr<Pct1Network> network, const Clock &clock)
    : m_token(std::move(token))
    , m_channel(channel)
    , m_candidates(std::move(bound))
    , m_network(std::move(network))
    , m_clock(clock)
{
    m_context.channel = channel;
    m_context.server = m_candidates.front()->binding->server();
    m_trace.host = m_context.server;
    m_retry.setSingleShot(true);
    m_expiry.setInterval(500ms);
    connect(&m_expiry, &QTimer::timeout, this, &Pct1Attempt::checkExpiry);
}

void Pct1Attempt::start()
{
    if (m_started)
        return;
    m_started = true;
    m_began = m_clock.sinceBoot();
    livesFor(longestLogin);
    m_expiry.start();
    inquire();
}

void Pct1Attempt::inquire()
{
    m_underWay = true;
    ++m_inquiries;
    m_trace.time = m_clock.now();
    client().get(address(), this, [this](const Result<HttpsAnswer> &answer) {
        m_underWay = false;
        if (!answer)
            return retryOrFail(answer.error());
        m_trace.answer = QStringLiteral("HTTP %1").arg(answer->status);
        if (isPassing(answer->status))
            return retryOrFail({Errc::ServerFailed, m_trace.answer});
        readInquiryAnswer(*answer);
    });
}

void Pct1Attempt::readInquiryAnswer(const HttpsAnswer &http)
{
    if (http.status != 200)
        return fail(Errc::ServerFailed, m_trace.answer);
    const Result<Pct1Answer> answer = readAnswer(http.body);
    if (!answer)
        return fail(answer.error().code, answer.error().detail);
    m_trace.answer = QString::number(answer->status);
    // The server knows no user yet, so 604 speaks of the code: it is too old to be remembered.
    if (answer->status == 604)
        return fail(Errc::LoginExpired, statusDetail(604));
    if (answer->status != 200)
        return fail(meaningOf(answer->status), statusDetail(answer->status));
    const Result<Pct1Inquiry> inquiry = readInquiry(*answer);
    if (!inquiry)
        return fail(inquiry.error().code, inquiry.error().detail);

    livesFor(inquiry->expiresIn);
    std::erase_if(m_candidates, [&](const AccountPtr &account) {
        return account->binding->appId != inquiry->appId;
    });
    if (m_candidates.empty())
        return fail(Errc::UnboundAccount);
    if (m_candidates.size() == 1)
        return scanAs(m_candidates.front());
    setState(State::ChoosingAccount);
}

void Pct1Attempt::choose(const AccountId &id)
{
    if (m_state != State::ChoosingAccount)
        return;
    const auto chosen = std::find_if(m_candidates.begin(), m_candidates.end(),
                                     [&](const AccountPtr &account) { return account->id == id; });
    if (chosen == m_candidates.end())
        return;
    const AccountPtr account = *chosen;
    m_candidates = {account};
    scanAs(account);
}

void Pct1Attempt::scanAs(const AccountPtr &account)
{
    m_account = account;
    if (account->secret.size() < smallestBindingSecret)
        return fail(Errc::WeakBinding);
    Result<SecretBytes> request =
        derivePct1Key(Pct1Key::Request, account->secret, *account->binding);
    Result<SecretBytes> answer = derivePct1Key(Pct1Key::Answer, account->secret, *account->binding);
    if (!request || !answer)
        return fail(request ? answer.error().code : request.error().code);
    m_requestKey = std::move(*request);
    m_answerKey = std::move(*answer);
    setState(State::Contacting);
    post("scan", "-");
}

void Pct1Attempt::approve(const QString &number)
{
    const bool isNumber = std::all_of(number.begin(), number.end(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
    if (m_state != State::Reviewing || number.size() != m_context.numberDigits || !isNumber)
        return;
    setState(State::Sending);
    post("confirm", number.isEmpty() ? "-" : number.toStdString());
}

void Pct1Attempt::deny(DenyReason reason)
{
    if (m_state != State::Reviewing)
        return;
    setState(State::Sending);
    post("deny", reason == DenyReason::NotMe ? "not_me" : "cancel");
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
    const auto time = std::chrono::floor<std::chrono::seconds>(m_clock.now() + m_clockOffset);
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
    m_post.sent = m_clock.now();
    m_trace.time = m_post.sent;
    client().post(address(), m_post.body, this, [this](const Result<HttpsAnswer> &answer) {
        m_underWay = false;
        if (!answer)
            return retryOrFail(answer.error());
        m_trace.answer = QStringLiteral("HTTP %1").arg(answer->status);
        if (isPassing(answer->status))
            return retryOrFail({Errc::ServerFailed, m_trace.answer});
        readPostAnswer(*answer);
    });
}

void Pct1Attempt::readPostAnswer(const HttpsAnswer &http)
{
    if (http.status != 200)
        return fail(Errc::ServerFailed, m_trace.answer);
    const Result<Pct1Answer> answer = readAnswer(http.body);
    if (!answer)
        return fail(answer.error().code, answer.error().detail);
    const int status = answer->status;
    m_trace.answer = QString::number(status);
    qCInfo(logLogin).noquote() << m_trace.host << "request" << m_trace.requestId << "status"
                               << status;

    if (!isAuthenticAnswer(m_answerKey, m_post.nonce, http.body, http.mac)) {
        if (status == 200 || status == 201 || status == 408)
            return fail(Errc::AnswerNotAuthentic, statusDetail(status));
        // A server that does not know the user has no key to sign with (B3.4).
        if (status == 604)
            return fail(Errc::UnboundAccount, statusDetail(status));
        return fail(Errc::ServerRefused, QStringLiteral("status %1, not signed").arg(status));
    }
    if (status == 408)
        return correctClock(*answer);
    if (m_post.action == "scan" && status == 201)
        return readScanned(*answer, http.body);
    if (m_post.action == "confirm" && status == 200 && answer->state == QLatin1String("confirmed"))
        return setState(State::Approved);
    if (m_post.action == "deny" && status == 200 && answer->state == QLatin1String("denied"))
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
    m_rawContext = scan->rawContext;
    m_contextHash = toHex(sha256(std::as_bytes(std::span(body.begin(), body.end())))).toStdString();
    setState(State::Reviewing);
}

void Pct1Attempt::correctClock(const Pct1Answer &answer)
{
    if (m_post.signedAgain || !answer.serverTime)
        return fail(Errc::ClockWrong, statusDetail(408));
    const UtcTime middle = m_post.sent + (m_clock.now() - m_post.sent) / 2;
    const auto offset = *answer.serverTime - middle;
    if (std::chrono::abs(offset) > largestClockOffset)
        return fail(Errc::ClockWrong, QStringLiteral("more than a day"));
    m_clockOffset = offset;
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

bool Pct1Attempt::isFinal() const
{
    return m_state == State::Approved || m_state == State::Denied || m_state == State::Failed;
}

bool Pct1Attempt::hasExpired() const
{
    return m_clock.sinceBoot() >= m_deadline;
}

void Pct1Attempt::livesFor(std::chrono::seconds time)
{
    m_deadline = m_clock.sinceBoot() + time;
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

void Pct1Attempt::checkExpiry()
{
    // A request that is out may still have been in time: its answer decides.
    if (hasExpired() && !m_underWay)
        fail(Errc::LoginExpired);
}

void Pct1Attempt::setState(State state)
{
    if (isFinal() || m_state == state)
        return;
    m_state = state;
    if (isFinal()) {
        m_expiry.stop();
        m_retry.stop();
        m_requestKey.clear();
        m_answerKey.clear();
    }
    emit stateChanged();
}

void Pct1Attempt::fail(Errc code, const QString &detail)
{
    if (isFinal())
        return;
    m_failure = {code, detail};
    qCInfo(logLogin).noquote() << m_trace.host << "request" << m_trace.requestId << errcName(code);
    setState(State::Failed);
}

} // namespace hufu
