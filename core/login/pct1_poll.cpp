#include "core/login/pct1_poll.h"

#include "core/base/logging.h"

#include <algorithm>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr auto longestHold = 25s; // under the usual limit of proxies, 30 s
constexpr auto briefPause = 30s;
/// A key that the server does not know yet, of a binding whose first code it has not seen. Five
/// wrong signatures in ten minutes shut an address out, logins included.
constexpr auto unknownKeyPause = 180s;
constexpr auto longestRest = 600s; // that a server may ask for

bool contains(const std::vector<std::string> &tokens, const std::string &token)
{
    return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

} // namespace

Pct1Poll::Pct1Poll(Subject subject, Manner manner, Tools tools)
    : m_subject(std::move(subject))
    , m_client(tools.client)
    , m_serverClocks(std::move(tools.serverClocks))
    , m_manner(manner)
    , m_clock(tools.clock)
    , m_failures(tools.random)
    , m_earlyAnswers(tools.random)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Pct1Poll::check);
}

void Pct1Poll::resume()
{
    if (m_state != State::Paused)
        return;
    m_mayBeBehind = true;
    askAfter(0ms);
}

void Pct1Poll::pause()
{
    if (m_state == State::Refused)
        return;
    m_state = State::Paused;
    m_timer.stop();
    m_nonce.clear();
    m_question.reset();
}

void Pct1Poll::end()
{
    pause();
    m_state = State::Refused;
    m_subject.pollKey.clear();
    m_subject.answerKey.clear();
}

void Pct1Poll::askAfter(std::chrono::milliseconds delay)
{
    m_state = State::Waiting;
    m_due = m_clock.sinceBoot() + delay;
    m_timer.start(delay);
}

void Pct1Poll::check()
{
    if (m_state != State::Waiting)
        return;
    const std::chrono::milliseconds left = m_due - m_clock.sinceBoot();
    if (left > 0ms)
        m_timer.start(left);
    else
        ask();
}

void Pct1Poll::hurry()
{
    if (m_state == State::Waiting)
        askAfter(0ms);
}

bool Pct1Poll::isAsking() const
{
    return m_state == State::Asking || (m_state == State::Waiting && m_due <= m_clock.sinceBoot());
}

void Pct1Poll::ask()
{
    const Binding &binding = m_subject.binding;
    m_wait = m_mayBeBehind || m_manner == Manner::Brief ? 0s : longestHold;
    m_nonce = toHex(randomId<16>()).toStdString();
    m_sentAt = m_clock.sinceBoot();
    const auto time = std::chrono::floor<std::chrono::seconds>(serverTime());
    const Result<QByteArray> body = signedBody(
        {
            .action = "poll",
            .api = binding.api,
            .appId = binding.appId,
            .uid = binding.uid,
            .deviceId = toHex(binding.deviceId).toStdString(),
            .token = "-",
            .time = time.time_since_epoch().count(),
            .nonce = m_nonce,
            .wait = m_wait,
        },
        m_subject.pollKey);
    if (!body)
        return fail(body.error().code);
    m_state = State::Asking;
    m_question = std::make_unique<QObject>();
    m_client.post(
        QUrl::fromEncoded(QByteArray::fromStdString(binding.api + "/pending"), QUrl::StrictMode),
        *body, m_question.get(), [this, nonce = m_nonce](const Result<HttpsAnswer> &http) {
            if (nonce == m_nonce)
                take(http);
        });
}

void Pct1Poll::take(const Result<HttpsAnswer> &http)
{
    const std::string nonce = std::exchange(m_nonce, {});
    m_question.release()->deleteLater(); // this is called from its event
    if (!http)
        return fail(http.error().code);
    if (http->status != 200)
        return fail(Errc::ServerFailed, QStringLiteral("HTTP %1").arg(http->status));
    const Result<Pct1Answer> answer = readAnswer(http->body);
    if (!answer)
        return fail(answer.error().code);
    readStatus(*answer, isAuthenticAnswer(m_subject.answerKey, nonce, http->body, http->mac));
}

void Pct1Poll::readStatus(const Pct1Answer &answer, bool isAuthentic)
{
    // A server that does not know the person, or knows another key of his, cannot sign for us.
    if (answer.status == 403 || answer.status == 604)
        return readRefusal(answer.status);
    if (!isAuthentic)
        return fail(Errc::AnswerNotAuthentic, QStringLiteral("status %1").arg(answer.status));
    if (answer.status == 408)
        return correctClock(answer);
    (void)learnTime(answer);
    m_clockCorrected = false;
    if (answer.status == 200)
        return readPending(answer);
    fail(answer.status == 407 ? Errc::TooManyTries : Errc::ServerRefused,
         QStringLiteral("status %1").arg(answer.status));
    const auto rest = readRetryAfter(answer);
    if (rest && *rest)
        askAfter(m_due - m_clock.sinceBoot() + std::min<std::chrono::seconds>(**rest, longestRest));
}

void Pct1Poll::readPending(const Pct1Answer &answer)
{
    Result<std::vector<std::string>> tokens = hufu::readPending(answer);
    if (!tokens)
        return fail(tokens.error().code);
    m_trouble.reset();
    m_failures.reset();
    const bool wasHeld = m_wait > 0s;
    const bool isEarly = wasHeld && m_clock.sinceBoot() - m_sentAt < longestHold / 2;
    if (!isEarly)
        m_earlyAnswers.reset();
    m_mayBeBehind = false;
    // A server that answers early again and again must not make us ask without a pause. Another
    // poll of this device ends ours early, and with nothing: that tells nothing of the logins.
    if (m_manner == Manner::Brief)
        askAfter(m_failures.spread(briefPause));
    else
        askAfter(isEarly ? m_earlyAnswers.next() : 0ms);
    const bool isComplete = !isEarly || !tokens->empty();
    tell(std::move(*tokens), isComplete);
}

void Pct1Poll::readRefusal(int status)
{
    // The site asks for the first code of a new binding and only then activates it.
    if (m_subject.binding.state == Binding::State::New) {
        fail(Errc::UnboundAccount, QStringLiteral("status %1, new").arg(status));
        if (status == 403)
            askAfter(m_failures.spread(unknownKeyPause));
        return;
    }
    fail(Errc::UnboundAccount, QStringLiteral("status %1").arg(status));
    m_state = State::Refused;
    m_timer.stop();
    emit refused();
}

/// What this server says of its clock counts for all that it is asked, logins included. Says
/// whether it was a measurement: an answer that was held for long is none.
bool Pct1Poll::learnTime(const Pct1Answer &answer)
{
    const bool isMeasured = answer.serverTime && m_serverClocks->take(m_subject.binding.api,
                                                                      *answer.serverTime, m_sentAt);
    if (isMeasured)
        m_correction.reset();
    return isMeasured;
}

UtcTime Pct1Poll::serverTime() const
{
    return m_correction ? UtcTime(m_clock.sinceBoot() + *m_correction)
                        : m_serverClocks->timeAt(m_subject.binding.api);
}

void Pct1Poll::correctClock(const Pct1Answer &answer)
{
    const auto ahead =
        answer.serverTime ? m_serverClocks->aheadBy(*answer.serverTime, m_sentAt) : std::nullopt;
    if (m_clockCorrected || !ahead) {
        m_clockCorrected = false;
        return fail(Errc::ClockWrong, QStringLiteral("status 408"));
    }
    if (!learnTime(answer))
        m_correction = ahead;
    m_clockCorrected = true;
    askAfter(0ms);
}

void Pct1Poll::tell(std::vector<std::string> tokens, bool isComplete)
{
    const std::vector<std::string> before = m_known;
    if (isComplete)
        m_known = tokens;
    // Whoever hears of it may take this poll away: nothing of it is touched from here on.
    std::vector<PushedLogin> gone;
    std::vector<PushedLogin> come;
    for (const std::string &token : before) {
        if (isComplete && !contains(tokens, token))
            gone.push_back(loginOf(token));
    }
    for (const std::string &token : tokens) {
        if (!contains(before, token))
            come.push_back(loginOf(token));
    }
    if (m_subject.binding.state == Binding::State::New)
        emit works(m_subject.binding.deviceId);
    for (const PushedLogin &login : gone)
        emit isOver(login);
    for (const PushedLogin &login : come)
        emit asked(login);
}

void Pct1Poll::fail(Errc code, const QString &detail)
{
    if (std::exchange(m_trouble, code) != code)
        qCInfo(logLogin).noquote()
            << m_subject.binding.server() << "poll" << errcName(code) << detail;
    m_mayBeBehind = true;
    askAfter(m_failures.next());
}

PushedLogin Pct1Poll::loginOf(const std::string &token) const
{
    const Binding &binding = m_subject.binding;
    return {.code = {.base = binding.api, .token = token, .host = binding.server()},
            .device = binding.deviceId};
}

} // namespace hufu
