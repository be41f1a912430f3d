#include "core/login/pct1_provider.h"

#include "core/login/pct1_attempt.h"
#include "core/login/pct1_watch.h"
#include "core/login/trusted_certificates.h"

#include <QRandomGenerator>

#include <map>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr auto longestPoll = 40s; // the server holds it for 25 s

} // namespace

/// Shared with the attempts, which may outlive the provider.
class Pct1Provider::Private final : public Pct1Network
{
public:
    explicit Private(const Policy &policy, const Clock &ticking)
        : clock(ticking)
        , trusted(policy.extraCa)
    {
    }

    [[nodiscard]] HttpsClient &clientFor(const std::vector<Sha256Digest> &pins) override
    {
        std::unique_ptr<HttpsClient> &client = clients[pins];
        if (!client)
            client = std::make_unique<HttpsClient>(trusted, pins, HttpsLimits());
        return *client;
    }

    [[nodiscard]] HttpsClient &pollClientFor(const std::vector<Sha256Digest> &pins,
                                             int lane) override
    {
        std::unique_ptr<HttpsClient> &client = pollClients[{pins, lane}];
        if (!client)
            client = std::make_unique<HttpsClient>(trusted, pins, HttpsLimits{.wait = longestPoll});
        return *client;
    }

    const Clock &clock;
    TrustedCertificates trusted;
    std::map<std::vector<Sha256Digest>, std::unique_ptr<HttpsClient>> clients;
    std::map<std::pair<std::vector<Sha256Digest>, int>, std::unique_ptr<HttpsClient>> pollClients;
};

Pct1Provider::Pct1Provider(Policy policy, const Clock &clock)
    : d(std::make_shared<Private>(policy, clock))
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

std::unique_ptr<LoginWatch> Pct1Provider::watch()
{
    return std::make_unique<Pct1Watch>(d, d->clock,
                                       [] { return QRandomGenerator::global()->generateDouble(); });
}

} // namespace hufu
