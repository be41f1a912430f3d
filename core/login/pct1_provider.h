#pragma once

#include "core/login/provider.h"
#include "core/policy/policy.h"

namespace hufu {

class ProxyRoute;

/// Our protocol over the vendor's `/v1/verify/` (protocol.md B). GUI thread.
class Pct1Provider final : public LoginProvider
{
public:
    /// `clock` and `route` outlive the provider and its attempts. Without a route servers are
    /// reached straight ahead.
    Pct1Provider(Policy policy, const Clock &clock, const ProxyRoute *route = nullptr);
    ~Pct1Provider() override;

    [[nodiscard]] Result<std::unique_ptr<LoginAttempt>>
    begin(const LoginCode &code, LoginChannel channel, const AccountSet &accounts) override;

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace hufu
