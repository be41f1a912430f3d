#pragma once

#include "core/account/server_clocks.h"
#include "core/login/provider.h"
#include "core/policy/policy.h"

namespace hufu {

class ProxyRoute;

/// Our protocol over the vendor's `/v1/verify/` (protocol.md B). GUI thread.
class Pct1Provider final : public LoginProvider
{
public:
    /// @param clock         outlives the provider and its attempts
    /// @param serverClocks  what is known of servers' clocks; null: known to this provider alone
    /// @param route         outlives them too; null: servers are reached straight ahead
    Pct1Provider(Policy policy, const Clock &clock,
                 std::shared_ptr<ServerClocks> serverClocks = nullptr,
                 const ProxyRoute *route = nullptr);
    ~Pct1Provider() override;

    [[nodiscard]] std::unique_ptr<BindingFetch> fetch(const BindingAddress &address) override;
    [[nodiscard]] Result<std::unique_ptr<LoginAttempt>>
    begin(const LoginCode &code, LoginChannel channel, const AccountSet &accounts) override;
    [[nodiscard]] std::unique_ptr<LoginWatch> watch() override;

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace hufu
