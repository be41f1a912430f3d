#include "core/activity/activity.h"

#include "core/base/logging.h"
#include "core/vault/side_key.h"
#include "core/vault/vault.h"

#include <algorithm>
#include <iterator>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostAtOnce = 1'000;
constexpr std::size_t mostWaiting = 2'000;
constexpr auto shortPatience = 60ms; // the window stands still meanwhile
constexpr auto lastPatience = 2s;    // nothing is shown any more
constexpr auto untilAgain = 500ms;

/// Whose event it is; null if that is not known.
AccountPtr accountOf(const ActivityEvent &event, const AccountSet &accounts)
{
    if (event.account)
        return accounts.find(*event.account);
    return event.device ? accounts.boundAs(*event.device) : nullptr;
}

} // namespace

Activity::Activity(Vault &vault, const VaultPlace &place, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_vault(vault)
    , m_clock(clock)
    , m_file(place.dataPath)
{
    m_again.setSingleShot(true);
    m_again.setInterval(untilAgain);
    connect(&m_again, &QTimer::timeout, this, [this] { write(shortPatience); });
    connect(&m_vault, &Vault::stateChanged, this, &Activity::followVault);
    connect(&m_vault, &Vault::purged, this, [this](const std::vector<AccountPtr> &accounts) {
        std::vector<ActivityEvent> events;
        for (const AccountPtr &account : accounts)
            events.push_back(ActivityEvent::of(ActivityEvent::Kind::AccountRemoved, *account));
        addAll(std::move(events));
    });
}

Activity::~Activity()
{
    write(lastPatience);
}

void Activity::add(ActivityEvent event)
{
    addAll({std::move(event)});
}

void Activity::addAll(std::vector<ActivityEvent> events)
{
    if (events.empty())
        return;
    if (events.size() > mostAtOnce)
        events.resize(mostAtOnce);
    for (ActivityEvent &event : events) {
        event.time = m_clock.second();
        if (!m_vault.sideKey())
            event.dropNames();
        m_waiting.push_back(std::move(event));
    }
    if (m_waiting.size() > mostWaiting)
        m_waiting.erase(m_waiting.begin(),
                        m_waiting.end() - static_cast<std::ptrdiff_t>(mostWaiting));
    write(shortPatience);
    emit added();
}

void Activity::followVault()
{
    if (m_vault.sideKey())
        return write(shortPatience);
    m_again.stop();
    for (ActivityEvent &event : m_waiting)
        event.dropNames();
}

void Activity::write(std::chrono::milliseconds patience)
{
    const SideKey *key = m_vault.sideKey();
    if (m_waiting.empty() || !key)
        return;
    for (ActivityEvent &event : m_waiting) {
        const AccountPtr account = event.issuer.isEmpty() && event.name.isEmpty()
                                       ? accountOf(event, m_vault.accounts())
                                       : nullptr;
        if (!account)
            continue;
        const ActivityEvent named = ActivityEvent::of(event.kind, *account);
        event.account = named.account;
        event.issuer = named.issuer;
        event.name = named.name;
    }
    const Result<void> written = m_file.append(*key, m_waiting, m_clock.second(), patience);
    if (written)
        return m_waiting.clear();
    if (written.error().code == Errc::VaultBusy && patience < lastPatience)
        return m_again.start(); // another program is about to be done
    qCWarning(logVault) << "activity not written:" << errcName(written.error().code);
}

Result<std::vector<ActivityEvent>> Activity::newestFirst()
{
    const SideKey *key = m_vault.sideKey();
    if (!key && m_vault.state() == Vault::State::Empty)
        return std::vector<ActivityEvent>(m_waiting.rbegin(), m_waiting.rend());
    if (!key)
        return failure(Errc::PasswordNeeded);
    write(shortPatience);
    Result<std::vector<ActivityEvent>> events = m_file.read(*key, m_clock.second(), shortPatience);
    if (!events)
        return events;
    std::ranges::copy(m_waiting, std::back_inserter(*events));
    std::ranges::reverse(*events);
    return events;
}

} // namespace hufu
