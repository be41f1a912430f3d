#pragma once

#include "core/login/pct1_poll.h"

namespace hufu {

/// A Pct1Poll for each binding to our protocol whose key is long enough. GUI thread.
class Pct1Watch final : public LoginWatch
{
    Q_OBJECT

public:
    /// So many bindings have a request held for them; the server is asked for more of them briefly.
    static constexpr int mostHeld = 30;

    /// @param serverClocks  used, and fed with what servers say; `clock` outlives the watch
    Pct1Watch(std::shared_ptr<Pct1Network> network, std::shared_ptr<ServerClocks> serverClocks,
              const Clock &clock, Backoff::Random random);
    ~Pct1Watch() override;

    void setAccounts(const AccountSet &accounts) override;
    void setPaused(bool isPaused) override;
    /// Looks at the clock now.
    void check();
    /// How many requests are out, or about to be.
    [[nodiscard]] int questions() const;

private:
    /// The poll, and the account that its keys were made of, as long as somebody else has that.
    struct Entry
    {
        std::weak_ptr<const Account> account;
        std::unique_ptr<Pct1Poll> poll;
    };

    [[nodiscard]] std::optional<Entry> entryFor(const AccountPtr &account);
    [[nodiscard]] Entry newEntry(const AccountPtr &account, Pct1Poll::Subject subject);
    void drop(Entry &entry);
    void hurrySuccessors(const Binding &refused);

    std::shared_ptr<Pct1Network> m_network;
    std::shared_ptr<ServerClocks> m_serverClocks;
    const Clock &m_clock;
    Backoff::Random m_random;
    std::vector<Entry> m_entries;
    int m_made = 0; ///< since there were none
    bool m_isPaused = false;
};

} // namespace hufu
