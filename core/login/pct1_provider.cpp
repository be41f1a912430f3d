#include "core/login/pct1_provider.h"

#include "core/login/pct1_attempt.h"
#include "core/login/pct1_binding_fetch.h"
#include "core/login/pct1_watch.h"
#include "core/login/trusted_certificates.h"

#include <QRandomGenerator>

#include <map>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr HttpsLimits limitsForStrangers{.wait = 10s}; // protocol.md B1
constexpr HttpsLimits limitsForPolls{.wait = 40s};     // the server holds one for 25 s

} // namespace

/// Shared with the attempts, which may outlive the provider.
class Pct1Provider::Private final : public Pct1Network
{
public:
    Private(const Policy &policy, const Clock &ticking, std::shared_ptr<ServerClocks> known,
            const ProxyRoute *way)
        : clock(ticking)
        , loopback(policy.loopback)
        , serverClocks(known ? std::move(known) : std::make_shared<ServerClocks>(ticking))
        , route(way)
        , trusted(policy.extraCa)
    {
    }

    [[nodiscard]] HttpsClient &clientFor(const std::vector<Sha256Digest> &pins) override
    {
        return made(clients[pins], pins, HttpsLimits());
    }

    [[nodiscard]] HttpsClient &pollClientFor(const std::vector<Sha256Digest> &pins) override
    {
        return made(pollClients[pins], pins, limitsForPolls);
    }

    [[nodiscard]] HttpsClient &clientForStrangers() override
    {
        return made(strangers, {}, limitsForStrangers);
    }

    const Clock &clock;
    const Loopback loopback;
    std::shared_ptr<ServerClocks> serverClocks;
    const ProxyRoute *route;
    TrustedCertificates trusted;
    std::unique_ptr<HttpsClient> strangers;
    std::map<std::vector<Sha256Digest>, std::unique_ptr<HttpsClient>> clients;
    std::map<std::vector<Sha256Digest>, std::unique_ptr<HttpsClient>> pollClients;

private:
    HttpsClient &made(std::unique_ptr<HttpsClient> &client, const std::vector<Sha256Digest> &pins,
                      const HttpsLimits &limits)
    {
        if (!client)
            client = std::make_unique<HttpsClient>(trusted, pins, limits, route);
        return *client;
    }
};

Pct1Provider::Pct1Provider(Policy policy, const Clock &clock,
                           std::shared_ptr<ServerClocks> serverClocks, const ProxyRoute *route)
    : d(std::make_shared<Private>(policy, clock, std::move(serverClocks), route))
{
}

Pct1Provider::~Pct1Provider() = default;

std::unique_ptr<BindingFetch> Pct1Provider::fetch(const BindingAddress &address)
{
    d->trusted.prepare(); // while the person reads
    return std::make_unique<Pct1BindingFetch>(address, d->loopback, d, d->clock);
}

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
    return std::make_unique<Pct1Attempt>(
        code.token, channel, std::move(bound),
        Pct1Attempt::Tools{.network = d, .serverClocks = d->serverClocks, .clock = d->clock});
}

std::unique_ptr<LoginWatch> Pct1Provider::watch()
{
    return std::make_unique<Pct1Watch>(d, d->serverClocks, d->clock,
                                       [] { return QRandomGenerator::global()->generateDouble(); });
}

} // namespace hufu
