// What servers say of their clocks, and what a person wants done about it (protocol.md B5).

#include "ui/clock_words.h"
#include "ui/desk.h"
#include "ui/main_window.h"

#include <algorithm>

namespace hufu {

void Desk::connectClocks()
{
    connect(m_tools.serverClocks.get(), &ServerClocks::changed, this, &Desk::followClocks);
    connect(&m_window->ticker(), &CodeTicker::ticked, this, [this] {
        m_tools.serverClocks->check();
        m_window->statusLine().stand(clockNotice()); // differences and ages change by themselves
    });
}

void Desk::followClocks()
{
    AccountListModel::Offsets offsets;
    if (!isHidden()) {
        for (const AccountPtr &account : m_tools.vault.accounts().all()) {
            if (const auto offset = m_tools.serverClocks->codeOffset(*account); offset.count() != 0)
                offsets[account->id] = offset;
        }
    }
    m_model.setOffsets(offsets);
    m_window->statusLine().stand(clockNotice());
}

std::optional<StatusLine::Notice> Desk::clockNotice()
{
    std::vector<std::string> servers = m_tools.serverClocks->servers();
    if (servers.empty() || isHidden())
        return {};
    const std::vector<AccountPtr> &accounts = m_tools.vault.accounts().all();
    std::erase_if(servers, [&accounts](const std::string &api) {
        return std::ranges::none_of(accounts, [&api](const AccountPtr &account) {
            return !account->deleted && account->binding && account->binding->api == api;
        });
    });
    return ClockWords::of(*m_tools.serverClocks, servers);
}

} // namespace hufu
