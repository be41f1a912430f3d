#include "tests/ui/samples.h"

using namespace Qt::StringLiterals;

namespace hufu::test {

AccountId idOf(int number)
{
    AccountId id{};
    id.back() = static_cast<std::byte>(number);
    return id;
}

Account makeSample(const Sample &sample)
{
    Account account;
    account.id = idOf(sample.number);
    account.issuer = sample.issuer;
    account.account = sample.account;
    account.parameters = sample.parameters;
    account.favourite = sample.favourite;
    account.order = static_cast<std::uint64_t>(sample.number) << 32;
    std::string key = "1234567890123456789";
    key.push_back(static_cast<char>('0' + sample.number % 64));
    account.secret = std::move(*SecretBytes::copyOf(key));
    if (sample.bound) {
        Binding binding;
        binding.api = "https://auth.northgate.example/v1";
        binding.appId = "portal";
        binding.uid = "1";
        account.binding = std::move(binding);
    }
    return account;
}

AccountSet setOf(const std::vector<Sample> &samples)
{
    AccountSet set;
    for (const Sample &sample : samples) {
        if (!set.add(makeSample(sample)))
            qFatal("The samples have an id twice.");
    }
    return set;
}

AccountSet sampleAccounts(bool chinese)
{
    const OtpParameters counter{.type = OtpType::Hotp, .counter = 42};
    const OtpParameters eight{.digits = 8, .period = 60};
    if (chinese)
        return setOf({{1, u"北门科技"_s, u"chenxiaoyu@beimen.example"_s, {}, true, true},
                      {2, u"红隼代码库"_s, u"chenxy"_s, {}, true},
                      {3, u"橡果控制台"_s, u"root@build-04"_s, counter},
                      {4, u"云海邮箱"_s, u"chenxiaoyu@yunhai.example"_s},
                      {5, u"海港 VPN"_s, u"陈小雨"_s, {}, false, true},
                      {6, u"子午银行"_s, u"尾号 1187"_s, eight},
                      {7, u"轨道支付"_s, u"财务部 · 公用账号"_s},
                      {8, u"松木人事"_s, u"工号 A10482"_s}});
    return setOf({{1, u"Northgate"_s, u"alice.chen@northgate.example"_s, {}, true, true},
                  {2, u"Kestrel Git"_s, u"alice-chen"_s, {}, true},
                  {3, u"Acorn Console"_s, u"root@build-04"_s, counter},
                  {4, u"Corvus Mail"_s, u"alice.chen@corvus.example"_s},
                  {5, u"Harbor VPN"_s, u"achen"_s, {}, false, true},
                  {6, u"Meridian Bank"_s, u"Card ending 1187"_s, eight},
                  {7, u"Orbit Pay"_s, u"finance@northgate.example"_s},
                  {8, u"Pinewood HR"_s, u"A10482"_s}});
}

KeyUri sampleUri(bool bound, const char *secret)
{
    KeyUri uri;
    uri.issuer = u"Northgate"_s;
    uri.account = u"alice.chen@northgate.example"_s;
    uri.secret = std::move(*SecretBytes::copyOf(std::string_view(secret)));
    if (bound)
        uri.binding = BindingOffer{
            .api = "https://auth.northgate.example/v1", .appId = "portal", .uid = "1", .pins = {}};
    return uri;
}

void FakeAttempt::choose(const AccountId &id)
{
    choices.push_back(id);
    std::erase_if(accounts, [&id](const AccountPtr &account) { return account->id != id; });
    go(State::Reviewing);
}

void FakeAttempt::approve(const QString &number)
{
    approvals << number;
    go(State::Sending);
}

void FakeAttempt::deny(DenyReason reason)
{
    denials << reason;
    go(State::Denied);
}

void FakeFetch::go(State state)
{
    m_state = state;
    emit stateChanged();
}

void FakeAttempt::go(State state)
{
    m_state = state;
    emit stateChanged();
}

std::unique_ptr<FakeAttempt> sampleAttempt(const Clock &clock)
{
    using namespace std::chrono;
    auto attempt = std::make_unique<FakeAttempt>();
    attempt->shown = {.application = u"Northgate Portal"_s,
                      .server = u"auth.northgate.example"_s,
                      .place = u"Hangzhou, China"_s,
                      .address = u"203.0.113.24"_s,
                      .network = LoginContext::Network::Same,
                      .browser = u"Firefox 145"_s,
                      .system = u"Windows"_s,
                      .asked = floor<seconds>(clock.now()) - seconds(8),
                      .expires = clock.now() + seconds(107),
                      .channel = LoginChannel::Screen,
                      .numberDigits = 0};
    attempt->traced = {.host = u"auth.northgate.example"_s,
                       .answer = u"403"_s,
                       .requestId = u"7f3a91c0"_s,
                       .time = clock.now()};
    attempt->accounts.push_back(std::make_shared<const Account>(
        makeSample({1, u"Northgate"_s, u"alice.chen@northgate.example"_s, {}, false, true})));
    return attempt;
}

std::vector<ActivityEvent> sampleEvents(const Clock &clock)
{
    using Kind = ActivityEvent::Kind;
    using namespace std::chrono;
    const auto login = [&clock](Kind kind, seconds ago) {
        ActivityEvent event = *ActivityEvent::of(*[&clock] {
            auto attempt = sampleAttempt(clock);
            attempt->go(LoginAttempt::State::Approved);
            return attempt;
        }());
        event.kind = kind;
        event.time = clock.second() - ago;
        return event;
    };
    const auto plain = [&clock](Kind kind, seconds ago, const QString &issuer = {},
                                const QString &name = {}) {
        ActivityEvent event;
        event.kind = kind;
        event.time = clock.second() - ago;
        event.issuer = issuer;
        event.name = name;
        return event;
    };
    ActivityEvent reported = login(Kind::LoginNotMe, minutes(4));
    reported.network = LoginContext::Network::Different;
    reported.channel = LoginChannel::Push;
    reported.place = u"Frankfurt, Germany"_s;
    ActivityEvent failed = login(Kind::LoginFailed, hours(2));
    failed.failure = u"WrongNumber"_s;
    return {reported,
            login(Kind::LoginApproved, minutes(20)),
            failed,
            plain(Kind::AccountImported, hours(20), u"Kestrel Git"_s, u"alice-chen"_s),
            plain(Kind::AccountBinned, hours(21), u"Acorn Console"_s, u"root@build-04"_s),
            plain(Kind::PasswordSet, hours(22)),
            login(Kind::LoginDenied, days(3)),
            plain(Kind::AccountBound, days(3) + hours(1), u"Northgate"_s,
                  u"alice.chen@northgate.example"_s),
            plain(Kind::BegunAnew, days(40))};
}

VaultReport sampleReport()
{
    VaultReport report;
    report.profile = u"default"_s;
    report.backend = secretServiceName();
    report.vault = VaultId{std::byte{0x3f}, std::byte{0xa2}, std::byte{0x71}, std::byte{0x0c}};
    report.generation = 41;
    report.pages = 2;
    report.accounts = 23;
    report.kept = 0;
    report.isMemoryLocked = true;
    return report;
}

VaultReport worstReport()
{
    VaultReport report = sampleReport();
    report.profile = u"the-longest-name-that-a-profile-"_s;
    report.kept = 2;
    for (int i = 0; i < 9; ++i)
        report.leftovers.append(u"page-%1%1"_s.arg(10000000 + i));
    report.exported = report.leftovers;
    report.doubled.insert(u"head-a"_s, {u"login"_s, u"a_collection_with_a_rather_long_name"_s});
    report.elsewhere.push_back({kwalletName(), {u"a"_s, u"b"_s, u"c"_s}});
    report.isMemoryLocked = false;
    return report;
}

} // namespace hufu::test
