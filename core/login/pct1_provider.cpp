#include "core/login/pct1_provider.h"

#include "core/login/pct1_attempt.h"
#include "core/login/trusted_certificates.h"

#include <map>

namespace hufu {

/// Shared with the attempts, which may outlive the provider.
class Pct1Provider::Private final : public Pct1Network
{
public:
    Private(const Policy &policy, const Clock &ticking, const ProxyRoute *way)
        : clock(ticking)
        , route(way)
        , trusted(policy.extraCa)
    {
    }

    [[nodiscard]] HttpsClient &clientFor(const std::vector<Sha256Digest> &pins) override
    {
        std::unique_ptr<HttpsClient> &client = clients[pins];
        if (!client)
            client = std::make_unique<HttpsClient>(trusted, pins, HttpsLimits(), route);
        return *client;
    }

    const Clock &clock;
    const ProxyRoute *route;
    TrustedCertificates trusted;
    std::map<std::vector<Sha256Digest>, std::unique_ptr<HttpsClient>> clients;
};

Pct1Provider::Pct1Provider(Policy policy, const Clock &clock, const ProxyRoute *route)
    : d(std::make_shared<Private>(policy, clock, route))
{
}

Pct1Provider::~Pct1Provider() = default;

Result<std::unique_ptr<LoginAttempt>>
Pct1Provider::begin(const LoginCode &code, LoginChannel channel, const AccountSet &accounts)
{
    // Bytes against bytes: the binding's address is in normal form, and what is not exactly that
    // address (another spelling of the host, a port, a user name) is not this server's code (B3.1).
    std::vector<AccountPtr> bound;
    for (const AccountPtr &account : accounts.all()) {
        if (account->binding && account->binding->provider == "pct1" && !account->deleted &&
            account->binding->api == code.base)
            bound.push_back(account);
    }
    if (bound.empty())
        return failure(Errc::UnboundServer, code.host);
    d->trusted.prepare(); // while the caller gets ready to start
    return std::make_unique<Pct1Attempt>(code.token, channel, std::move(bound), d, d->clock);
}

} // namespace hufu
