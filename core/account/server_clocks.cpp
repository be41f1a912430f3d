#include "core/account/server_clocks.h"

#include <QSysInfo>

#include <algorithm>

namespace hufu {
namespace {

using std::chrono::milliseconds;

/// Two measurements further apart than their errors and this do not speak of the same clock: it was
/// set, or another machine answers for the server.
constexpr milliseconds tolerance{2'000};

milliseconds driftOf(milliseconds age)
{
    return std::max(milliseconds(0), age) * ServerClocks::driftPpm / 1'000'000;
}

} // namespace

ServerClocks::ServerClocks(const Clock &clock, std::string boot, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_boot(std::move(boot))
    , m_wallAhead(wallAhead())
{
}

std::string ServerClocks::bootName()
{
    return QSysInfo::bootUniqueId().toStdString();
}

milliseconds ServerClocks::wallAhead() const
{
    return m_clock.now().time_since_epoch() - m_clock.sinceBoot();
}

milliseconds ServerClocks::errorOf(const Measurement &measurement) const
{
    return measurement.error + driftOf(m_clock.sinceBoot() - measurement.at);
}

bool ServerClocks::isTooOld(const Measurement &measurement) const
{
    return m_clock.sinceBoot() - measurement.at > longestAge;
}

bool ServerClocks::agree(const Measurement &one, const Measurement &other) const
{
    return std::chrono::abs(one.ahead - other.ahead) <= errorOf(one) + errorOf(other) + tolerance;
}

const ServerClocks::Measurement *ServerClocks::measurementOf(const std::string &api) const
{
    const auto known = m_known.find(api);
    if (known == m_known.end() || !known->second.measured || isTooOld(*known->second.measured))
        return nullptr;
    return &*known->second.measured;
}

std::optional<milliseconds> ServerClocks::aheadBy(UtcTime serverTime, milliseconds sent) const
{
    const milliseconds way = m_clock.sinceBoot() - sent;
    const milliseconds ahead = serverTime.time_since_epoch() - (sent + way / 2);
    return std::chrono::abs(ahead - wallAhead()) <= largestOffset ? std::optional(ahead)
                                                                  : std::nullopt;
}

bool ServerClocks::take(const std::string &api, UtcTime serverTime, milliseconds sent)
{
    const milliseconds received = m_clock.sinceBoot();
    const milliseconds way = received - sent;
    const std::optional<milliseconds> ahead = aheadBy(serverTime, sent);
    if (!ahead || way < milliseconds(0) || way >= longestWay)
        return false;
    const Measurement fresh{.ahead = *ahead, .error = (way + milliseconds(1)) / 2, .at = received};
    std::optional<Measurement> &measured = m_known[api].measured;
    if (!measured || isTooOld(*measured) || !agree(fresh, *measured)) {
        measured = fresh;
    } else {
        const int answers = std::min(measured->answers + 1, leastAnswers);
        if (fresh.error <= errorOf(*measured))
            measured = fresh;
        measured->answers = answers;
    }
    endNeedlessUse(api);
    emit changed();
    return true;
}

std::optional<ServerClock> ServerClocks::of(const std::string &api) const
{
    const Measurement *measured = measurementOf(api);
    if (measured == nullptr)
        return {};
    return ServerClock{.offset = measured->ahead - wallAhead(),
                       .error = errorOf(*measured),
                       .age = m_clock.sinceBoot() - measured->at,
                       .isCertain = measured->answers >= leastAnswers};
}

UtcTime ServerClocks::timeAt(const std::string &api) const
{
    const Measurement *measured = measurementOf(api);
    return measured == nullptr ? m_clock.now() : UtcTime(m_clock.sinceBoot() + measured->ahead);
}

void ServerClocks::setUsed(const std::string &api, bool used)
{
    if (used == isUsed(api))
        return;
    m_known[api].isUsed = used;
    emit changed();
}

bool ServerClocks::isUsed(const std::string &api) const
{
    const auto known = m_known.find(api);
    return known != m_known.end() && known->second.isUsed;
}

std::chrono::seconds ServerClocks::codeOffset(const Account &account) const
{
    const bool isBound = account.binding && account.binding->provider == "pct1";
    return isBound ? codeOffset(account.binding->api) : std::chrono::seconds(0);
}

std::chrono::seconds ServerClocks::codeOffset(const std::string &api) const
{
    const std::optional<ServerClock> known = isUsed(api) ? of(api) : std::nullopt;
    if (!known || !known->isCertain)
        return {};
    return std::chrono::floor<std::chrono::seconds>(known->offset);
}

std::vector<std::string> ServerClocks::servers() const
{
    std::vector<std::string> found;
    for (const auto &[api, known] : m_known) {
        if (known.isUsed || measurementOf(api) != nullptr)
            found.push_back(api);
    }
    return found;
}

void ServerClocks::endNeedlessUse(const std::string &api)
{
    const std::optional<ServerClock> known = of(api);
    if (known && known->isCertain && std::chrono::abs(known->offset) <= tolerance)
        m_known[api].isUsed = false;
}

void ServerClocks::check()
{
    const milliseconds ahead = wallAhead();
    const bool wasSet = std::chrono::abs(ahead - std::exchange(m_wallAhead, ahead)) > smallestJump;
    bool isOther = wasSet && !m_known.empty();
    for (auto &[api, known] : m_known) {
        if (wasSet)
            endNeedlessUse(api);
        if (known.measured && isTooOld(*known.measured)) {
            known.measured.reset();
            isOther = true;
        }
    }
    if (isOther)
        emit changed();
}

std::vector<KeptServerClock> ServerClocks::keep() const
{
    std::vector<KeptServerClock> kept;
    for (const auto &[api, known] : m_known) {
        const Measurement *measured = measurementOf(api);
        if (measured == nullptr && !known.isUsed)
            continue;
        KeptServerClock &one =
            kept.emplace_back(KeptServerClock{.api = api, .isUsed = known.isUsed});
        if (measured == nullptr)
            continue;
        one.answers = measured->answers;
        one.offset = measured->ahead - wallAhead();
        one.error = measured->error;
        one.measured = UtcTime(measured->at + wallAhead());
        one.sinceBoot = measured->at;
        one.boot = m_boot;
    }
    return kept;
}

void ServerClocks::adopt(const KeptServerClock &kept)
{
    Known &known = m_known[kept.api];
    known.isUsed = known.isUsed || kept.isUsed;
    if (kept.answers <= 0 || std::chrono::abs(kept.offset) > largestOffset)
        return;
    const milliseconds now = m_clock.sinceBoot();
    const bool isThisBoot =
        !m_boot.empty() && kept.boot == m_boot && kept.sinceBoot <= now; // exact, whatever was set
    const milliseconds age = isThisBoot ? now - kept.sinceBoot : m_clock.now() - kept.measured;
    Measurement measured{.ahead = isThisBoot ? kept.measured.time_since_epoch() + kept.offset -
                                                   kept.sinceBoot
                                             : wallAhead() + kept.offset,
                         .error = std::max(milliseconds(0), kept.error),
                         .at = now - age,
                         .answers = std::min(kept.answers, leastAnswers)};
    if (age < milliseconds(0) || isTooOld(measured))
        return;
    if (known.measured && agree(*known.measured, measured))
        known.measured->answers = measured.answers =
            std::min(known.measured->answers + measured.answers, leastAnswers);
    if (!known.measured || known.measured->at < measured.at)
        known.measured = measured;
}

void ServerClocks::clear()
{
    if (m_known.empty())
        return;
    m_known.clear();
    emit changed();
}

void ServerClocks::restore(const std::vector<KeptServerClock> &kept)
{
    for (const KeptServerClock &one : kept) {
        adopt(one);
        endNeedlessUse(one.api);
    }
    if (!kept.empty())
        emit changed();
}

} // namespace hufu
