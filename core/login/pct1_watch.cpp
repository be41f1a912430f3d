#include "core/login/pct1_watch.h"

#include "core/base/logging.h"

#include <algorithm>

namespace hufu {
namespace {

bool isWatched(const Account &account)
{
    return account.binding && account.binding->provider == "pct1" && !account.deleted &&
           account.secret.size() >= smallestBindingSecret;
}

/// What is polled for, without the secret and without what is none of the server's business.
Result<Pct1Poll::Subject> subjectOf(const Account &account)
{
    const Binding &binding = *account.binding;
    Result<SecretBytes> poll = derivePct1Key(Pct1Key::Poll, account.secret, binding);
    Result<SecretBytes> answer = derivePct1Key(Pct1Key::Answer, account.secret, binding);
    if (!poll || !answer)
        return tl::unexpected(poll ? answer.error() : poll.error());
    Pct1Poll::Subject subject;
    subject.binding.api = binding.api;
    subject.binding.appId = binding.appId;
    subject.binding.uid = binding.uid;
    subject.binding.deviceId = binding.deviceId;
    subject.binding.pins = binding.pins;
    subject.binding.state = binding.state;
    subject.pollKey = std::move(*poll);
    subject.answerKey = std::move(*answer);
    return subject;
}

/// The keys depend on everything that is signed but the device.
bool isSameSubject(const Pct1Poll::Subject &a, const Pct1Poll::Subject &b)
{
    return a.binding.deviceId == b.binding.deviceId && a.binding.pins == b.binding.pins &&
           a.binding.state == b.binding.state &&
           equalInConstantTime(a.pollKey.view(), b.pollKey.view());
}

} // namespace

Pct1Watch::Pct1Watch(std::shared_ptr<Pct1Network> network,
                     std::shared_ptr<ServerClocks> serverClocks, const Clock &clock,
                     Backoff::Random random)
    : m_network(std::move(network))
    , m_serverClocks(std::move(serverClocks))
    , m_clock(clock)
    , m_random(std::move(random))
{
}

Pct1Watch::~Pct1Watch() = default;

void Pct1Watch::setAccounts(const AccountSet &accounts)
{
    std::vector<Entry> entries;
    for (const AccountPtr &account : accounts.all()) {
        if (!isWatched(*account))
            continue;
        if (std::optional<Entry> entry = entryFor(account))
            entries.push_back(std::move(*entry));
    }
    m_entries.swap(entries);
    for (Entry &old : entries) {
        if (old.poll)
            drop(old);
    }
    if (m_entries.empty())
        m_made = 0;
}

/// The entry there is, taken out of m_entries, if it is for the same; else a new one.
std::optional<Pct1Watch::Entry> Pct1Watch::entryFor(const AccountPtr &account)
{
    // An account never changes, so what belongs to the same one belongs to the same secret.
    const auto known = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.poll && entry.account.lock() == account;
    });
    if (known != m_entries.end())
        return std::move(*known);
    Result<Pct1Poll::Subject> subject = subjectOf(*account);
    if (!subject) {
        qCWarning(logLogin) << "poll:" << errcName(subject.error().code);
        return std::nullopt;
    }
    const auto same = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.poll && isSameSubject(entry.poll->subject(), *subject);
    });
    if (same == m_entries.end())
        return newEntry(account, std::move(*subject));
    same->account = account;
    return std::move(*same);
}

Pct1Watch::Entry Pct1Watch::newEntry(const AccountPtr &account, Pct1Poll::Subject subject)
{
    const bool isHeld = m_made++ < mostHeld;
    HttpsClient &client = m_network->pollClientFor(subject.binding.pins);
    auto poll = std::make_unique<Pct1Poll>(
        std::move(subject), isHeld ? Pct1Poll::Manner::Held : Pct1Poll::Manner::Brief,
        Pct1Poll::Tools{client, m_serverClocks, m_clock, m_random});
    connect(poll.get(), &Pct1Poll::asked, this, &LoginWatch::asked);
    connect(poll.get(), &Pct1Poll::isOver, this, &LoginWatch::isOver);
    connect(poll.get(), &Pct1Poll::works, this, &LoginWatch::works);
    connect(poll.get(), &Pct1Poll::refused, this,
            [this, asked = poll.get()] { hurrySuccessors(asked->subject().binding); });
    if (!m_isPaused)
        poll->resume();
    return {account, std::move(poll)};
}

/// Not deleted at once: this may be called from what it tells.
void Pct1Watch::drop(Entry &entry)
{
    entry.poll->disconnect(this);
    entry.poll->end();
    entry.poll.release()->deleteLater();
}

/// A server goes on with the old key of a person until it has seen a code of the new one. So where
/// it refuses the old key, the new one is likely to be welcome.
void Pct1Watch::hurrySuccessors(const Binding &refused)
{
    for (const Entry &entry : m_entries) {
        const Binding &other = entry.poll->subject().binding;
        if (other.state == Binding::State::New && other.api == refused.api &&
            other.appId == refused.appId && other.uid == refused.uid)
            entry.poll->hurry();
    }
}

void Pct1Watch::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    for (const Entry &entry : m_entries)
        isPaused ? entry.poll->pause() : entry.poll->resume();
}

void Pct1Watch::check()
{
    for (const Entry &entry : m_entries)
        entry.poll->check();
}

int Pct1Watch::questions() const
{
    return static_cast<int>(
        std::count_if(m_entries.begin(), m_entries.end(),
                      [](const Entry &entry) { return entry.poll->isAsking(); }));
}

} // namespace hufu
