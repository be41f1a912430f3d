#pragma once

#include "core/login/provider.h"
#include "core/policy/policy.h"

namespace hufu {

/// Our protocol over the vendor's `/v1/verify/` (protocol.md B). GUI thread.
class Pct1Provider final : public LoginProvider
{
public:
    /// `clock` outlives the provider.
    Pct1Provider(Policy policy, const Clock &clock);
    ~Pct1Provider() override;

    [[nodiscard]] Result<std::unique_ptr<LoginAttempt>>
    begin(const LoginCode &code, LoginChannel channel, const AccountSet &accounts) override;
    [[nodiscard]] std::unique_ptr<LoginWatch> watch() override;

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace hufu
