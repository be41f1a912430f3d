#pragma once

#include "core/account/account.h"

#include <QObject>

#include <map>

namespace hufu {

/// What is known of one server's clock, at the moment of asking.
struct ServerClock
{
    std::chrono::milliseconds offset{}; ///< the server's clock minus this computer's
    std::chrono::milliseconds error{};  ///< the offset is right to this much; grows with age
    std::chrono::milliseconds age{};    ///< since it was measured
    /// Enough answers agree to speak of it, and to make codes by it.
    bool isCertain = false;
};

/// What is stored of a server's clock (storage.md 9, `usage`). A measurement counts for the boot
/// that it was made in by `sinceBoot`, later by the wall clock.
struct KeptServerClock
{
    std::string api;
    bool isUsed = false; ///< the person has agreed that codes follow this server's clock
    int answers = 0;     ///< that agree; 0: it was measured too long ago
    std::chrono::milliseconds offset{}; ///< at `measured`
    std::chrono::milliseconds error{};  ///< at `measured`
    UtcTime measured;
    std::chrono::milliseconds sinceBoot{}; ///< at `measured`
    std::string boot;                      ///< which boot that was; empty if the system has no name

    friend bool operator==(const KeptServerClock &, const KeptServerClock &) = default;
};

/// The clocks of the servers that accounts are bound to, by API base, as their authentic answers
/// tell them; and which of them a person lets codes follow. Source: protocol.md B5.
///
/// A server's clock counts for its own accounts only. The system's clock is never touched. A
/// measurement is kept against sinceBoot(), so a wall clock that is set moves the offset at once
/// and by itself. It is forgotten after longestAge. GUI thread.
class ServerClocks : public QObject
{
    Q_OBJECT

public:
    /// An answer that took longer says too little: its error is half of the way.
    static constexpr std::chrono::milliseconds longestWay{3'000};
    static constexpr std::chrono::hours largestOffset{24};
    static constexpr int leastAnswers = 3;
    /// How much two clocks drift apart at most, by what quartz does in ordinary computers: 8.64 s a
    /// day. After 3 days that is less than one step of 30 s, so a code is at worst its neighbour;
    /// after that a measurement is no better than none.
    static constexpr int driftPpm = 100;
    static constexpr std::chrono::hours longestAge{72};
    /// A wall clock that moves by more than this against sinceBoot() was set (contracts.md 6).
    static constexpr std::chrono::seconds smallestJump{2};

    /// @param boot  a name of the time since the machine started, as bootName(); `clock` outlives
    ///              this
    explicit ServerClocks(const Clock &clock, std::string boot = bootName(),
                          QObject *parent = nullptr);

    /// The system's name for the present boot; empty if it has none.
    [[nodiscard]] static std::string bootName();

    /// An authentic answer of the server of `api`. Says whether it was of use: it came within
    /// longestWay, and the clock is not further off than largestOffset.
    ///
    /// @param serverTime  when the server made the answer, by its clock
    /// @param sent        when the request left for the first time, by sinceBoot()
    bool take(const std::string &api, UtcTime serverTime, std::chrono::milliseconds sent);

    /// The server's clock minus sinceBoot(), by an answer that comes now and is taken to have been
    /// made half way. Nothing if that is further off than largestOffset.
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    aheadBy(UtcTime serverTime, std::chrono::milliseconds sent) const;

    /// Nothing if it was not measured, or too long ago.
    [[nodiscard]] std::optional<ServerClock> of(const std::string &api) const;
    /// The time by that server's clock as far as it is known, else by this computer's: for what is
    /// signed, where a server says if it is wrong.
    [[nodiscard]] UtcTime timeAt(const std::string &api) const;

    /// "Use the server's time": codes of its accounts follow its clock, as long as that is known.
    void setUsed(const std::string &api, bool used);
    [[nodiscard]] bool isUsed(const std::string &api) const;
    /// Whole seconds to add to this computer's time for the codes of `account`; never such that a
    /// code is made before its time. 0 for whatever is not bound to a server whose clock is used.
    [[nodiscard]] std::chrono::seconds codeOffset(const Account &account) const;
    /// The same for an account that would be bound to the server of `api`.
    [[nodiscard]] std::chrono::seconds codeOffset(const std::string &api) const;

    /// Every server that is measured or used.
    [[nodiscard]] std::vector<std::string> servers() const;

    /// Looks whether the wall clock was set, or a measurement has become too old; changed() says
    /// so. Cheap: called with each second that is shown.
    void check();

    /// What is worth storing, and what was stored. Of a server that is known, the newer counts,
    /// with the answers of both if they agree.
    [[nodiscard]] std::vector<KeptServerClock> keep() const;
    void restore(const std::vector<KeptServerClock> &kept);
    /// Forgets everything: a lock leaves no server's name behind.
    void clear();

signals:
    /// Offsets, or whether they are used, are others now.
    void changed();

private:
    struct Measurement
    {
        std::chrono::milliseconds ahead{}; ///< the server's clock minus sinceBoot()
        std::chrono::milliseconds error{}; ///< when it was made
        std::chrono::milliseconds at{};    ///< when it was made, by sinceBoot()
        int answers = 1;
    };
    struct Known
    {
        std::optional<Measurement> measured;
        bool isUsed = false;
    };

    [[nodiscard]] std::chrono::milliseconds wallAhead() const;
    [[nodiscard]] std::chrono::milliseconds errorOf(const Measurement &measurement) const;
    [[nodiscard]] bool isTooOld(const Measurement &measurement) const;
    [[nodiscard]] bool agree(const Measurement &one, const Measurement &other) const;
    [[nodiscard]] const Measurement *measurementOf(const std::string &api) const;
    /// A clock that is right again needs nobody's consent.
    void endNeedlessUse(const std::string &api);
    void adopt(const KeptServerClock &kept);

    const Clock &m_clock;
    const std::string m_boot;
    std::map<std::string, Known, std::less<>> m_known;
    std::chrono::milliseconds m_wallAhead; ///< of sinceBoot(), at the last check
};

} // namespace hufu
