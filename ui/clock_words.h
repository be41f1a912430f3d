#pragma once

#include "core/account/server_clocks.h"
#include "ui/status_line.h"

#include <QCoreApplication>

namespace hufu {

/// What the status line says of servers' clocks, and what its link does (protocol.md B5). Plain
/// text.
class ClockWords
{
    Q_DECLARE_TR_FUNCTIONS(ClockWords)

public:
    /// From here on a clock is spoken of, and from there on something is offered.
    static constexpr std::chrono::seconds leastWarned{10};
    static constexpr std::chrono::seconds leastOffered{15};

    /// What there is to say of the clocks of `servers`, by API base: what a person can do something
    /// about first. `clocks` outlives the notice.
    [[nodiscard]] static std::optional<StatusLine::Notice>
    of(ServerClocks &clocks, const std::vector<std::string> &servers);

    /// "42 s", "12 min", "5 h".
    [[nodiscard]] static QString span(std::chrono::milliseconds time);
};

} // namespace hufu
