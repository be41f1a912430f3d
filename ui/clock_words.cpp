#include "ui/clock_words.h"

#include "core/payload/api_base.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hufu {
namespace {

constexpr auto leastAge = 10min; // of a measurement that was not made just now

/// The lower, the more there is to do for a person.
enum class Urgency { Offer, Lost, Used, Warning };

struct ClockRemark
{
    Urgency urgency;
    StatusLine::Notice notice;
};

QString hostShown(const std::string &api)
{
    const std::string_view host = hostOfApiBase(api);
    return QString::fromUtf8(host.data(), static_cast<qsizetype>(host.size()));
}

QString measured(const ServerClock &known)
{
    return known.age < leastAge
               ? QString()
               : u' ' + ClockWords::tr("Measured %1 ago.").arg(ClockWords::span(known.age));
}

ClockRemark remarkOnUse(ServerClocks &clocks, const std::string &api)
{
    const std::optional<ServerClock> known = clocks.of(api);
    const QString link = ClockWords::tr("Use this computer's time");
    const auto stop = [&clocks, api] { clocks.setUsed(api, false); };
    if (!known || !known->isCertain)
        return {Urgency::Lost,
                {.tone = StatusLine::Tone::Warning,
                 .icon = u"clock"_s,
                 .sentence = ClockWords::tr("The time of %1 is not known now. Its codes follow "
                                            "this computer's clock until the next logins.")
                                 .arg(hostShown(api)),
                 .link = link,
                 .action = stop}};
    const QString sentence =
        known->offset < 0ms
            ? ClockWords::tr("Codes of %1 follow its clock, %2 behind this computer's.")
            : ClockWords::tr("Codes of %1 follow its clock, %2 ahead of this computer's.");
    return {Urgency::Used,
            {.icon = u"clock"_s,
             .sentence =
                 sentence.arg(hostShown(api), ClockWords::span(known->offset)) + measured(*known),
             .link = link,
             .action = stop}};
}

std::optional<ClockRemark> remarkOnDifference(ServerClocks &clocks, const std::string &api)
{
    const std::optional<ServerClock> known = clocks.of(api);
    if (!known || !known->isCertain)
        return {};
    const auto difference = std::chrono::abs(known->offset);
    // Not where the error alone might be what is seen.
    if (difference < ClockWords::leastWarned || difference <= known->error)
        return {};
    const QString sentence = known->offset < 0ms
                                 ? ClockWords::tr("This computer's clock is %1 ahead of %2.")
                                 : ClockWords::tr("This computer's clock is %1 behind %2.");
    ClockRemark remark{
        Urgency::Warning,
        {.tone = StatusLine::Tone::Warning,
         .icon = u"clock"_s,
         .sentence = sentence.arg(ClockWords::span(difference), hostShown(api)) + measured(*known),
         .link = {}}};
    if (difference >= ClockWords::leastOffered) {
        remark.urgency = Urgency::Offer;
        remark.notice.link = ClockWords::tr("Use the server's time");
        remark.notice.action = [&clocks, api] { clocks.setUsed(api, true); };
    }
    return remark;
}

} // namespace

QString ClockWords::span(std::chrono::milliseconds time)
{
    const auto whole = std::chrono::round<std::chrono::seconds>(std::chrono::abs(time));
    if (whole < 120s)
        //: seconds
        return tr("%1 s").arg(whole.count());
    if (whole < 2h)
        //: minutes
        return tr("%1 min").arg(std::chrono::round<std::chrono::minutes>(whole).count());
    //: hours
    return tr("%1 h").arg(std::chrono::round<std::chrono::hours>(whole).count());
}

std::optional<StatusLine::Notice> ClockWords::of(ServerClocks &clocks,
                                                 const std::vector<std::string> &servers)
{
    std::optional<ClockRemark> first;
    for (const std::string &api : servers) {
        std::optional<ClockRemark> remark =
            clocks.isUsed(api) ? remarkOnUse(clocks, api) : remarkOnDifference(clocks, api);
        if (remark && (!first || remark->urgency < first->urgency))
            first = std::move(remark);
    }
    return first ? std::optional(std::move(first->notice)) : std::nullopt;
}

} // namespace hufu
