#include "core/login/pct1_attempt.h"

#include "core/base/logging.h"

#include <algorithm>

// The course of a login: its states, what the person decides, and when it ends. What is exchanged
// with the server stands in pct1_attempt_exchange.cpp.

namespace hufu {

using namespace std::chrono_literals;

Pct1Attempt::Pct1Attempt(std::string token, LoginChannel channel, std::vector<AccountPtr> bound,
                         Tools tools)
    : m_token(std::move(token))
    , m_channel(channel)
    , m_candidates(std::move(bound))
    , m_network(std::move(tools.network))
    , m_serverClocks(std::move(tools.serverClocks))
    , m_clock(tools.clock)
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

void Pct1Attempt::choose(const AccountId &id)
{
    if (m_state != State::ChoosingAccount)
        return;
    const auto chosen = std::find_if(m_candidates.begin(), m_candidates.end(),
                                     [&](const AccountPtr &account) { return account->id == id; });
    if (chosen == m_candidates.end())
        return;
    const AccountPtr account = *chosen; // the candidates end here
    scanAs(account);
}

/// A person who bound an account anew has one account, not two. The new key is tried first; the
/// server goes on with the old one until it has seen the new one work.
void Pct1Attempt::setReplacedAside()
{
    const std::vector<AccountPtr> all = m_candidates;
    std::erase_if(m_candidates, [&](const AccountPtr &account) {
        const bool isReplaced = std::any_of(all.begin(), all.end(), [&](const AccountPtr &other) {
            return other->binding->replaces == account->id;
        });
        if (isReplaced)
            m_replaced.push_back(account);
        return isReplaced;
    });
}

bool Pct1Attempt::fallBack()
{
    const auto former =
        std::find_if(m_replaced.begin(), m_replaced.end(), [&](const AccountPtr &account) {
            return m_account->binding->replaces == account->id;
        });
    if (former == m_replaced.end())
        return false;
    const AccountPtr account = *former;
    m_replaced.erase(former);
    scanAs(account);
    return true;
}

void Pct1Attempt::scanAs(const AccountPtr &account)
{
    m_account = account;
    m_candidates = {account};
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
