#include "core/activity/activity_event.h"

#include "core/base/fields.h"
#include "core/payload/shown_text.h"

#include <algorithm>
#include <array>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;
using Kind = ActivityEvent::Kind;

enum EventTag : std::uint16_t {
    TimeTag = 1,
    KindTag,
    WhoseTag,
    IssuerTag,
    NameTag,
    ServerTag,
    ApplicationTag,
    BrowserTag,
    SystemTag,
    AddressTag,
    PlaceTag,
    NetworkTag,
    ChannelTag,
    FailureTag,
    RequestTag,
};

struct TextField
{
    EventTag tag;
    QString ActivityEvent::*member;
};

constexpr std::array namesBefore{TextField{IssuerTag, &ActivityEvent::issuer},
                                 TextField{NameTag, &ActivityEvent::name},
                                 TextField{ServerTag, &ActivityEvent::server},
                                 TextField{ApplicationTag, &ActivityEvent::application},
                                 TextField{BrowserTag, &ActivityEvent::browser},
                                 TextField{SystemTag, &ActivityEvent::system},
                                 TextField{AddressTag, &ActivityEvent::address},
                                 TextField{PlaceTag, &ActivityEvent::place}};
constexpr std::array namesAfter{TextField{FailureTag, &ActivityEvent::failure},
                                TextField{RequestTag, &ActivityEvent::requestId}};

constexpr std::array eventRules = [] {
    std::array<FieldRule, RequestTag> rules{};
    for (std::uint16_t tag = TimeTag; tag <= RequestTag; ++tag)
        rules[tag - 1U] = FieldRule{tag};
    return rules;
}();

struct KindName
{
    Kind kind;
    QLatin1String name;
};

constexpr std::array kindNames{
    KindName{Kind::LoginApproved, QLatin1String("login-approved")},
    KindName{Kind::LoginDenied, QLatin1String("login-denied")},
    KindName{Kind::LoginNotMe, QLatin1String("login-not-me")},
    KindName{Kind::LoginExpired, QLatin1String("login-expired")},
    KindName{Kind::LoginFailed, QLatin1String("login-failed")},
    KindName{Kind::LoginAnsweredElsewhere, QLatin1String("login-answered-elsewhere")},
    KindName{Kind::LoginUncertain, QLatin1String("login-uncertain")},
    KindName{Kind::AccountBound, QLatin1String("account-bound")},
    KindName{Kind::AccountReBound, QLatin1String("account-re-bound")},
    KindName{Kind::AccountAdded, QLatin1String("account-added")},
    KindName{Kind::AccountImported, QLatin1String("account-imported")},
    KindName{Kind::AccountBinned, QLatin1String("account-binned")},
    KindName{Kind::AccountRestored, QLatin1String("account-restored")},
    KindName{Kind::AccountDeleted, QLatin1String("account-deleted")},
    KindName{Kind::AccountRemoved, QLatin1String("account-removed")},
    KindName{Kind::PasswordSet, QLatin1String("password-set")},
    KindName{Kind::PasswordChanged, QLatin1String("password-changed")},
    KindName{Kind::PasswordRemoved, QLatin1String("password-removed")},
    KindName{Kind::MovedToFile, QLatin1String("moved-to-file")},
    KindName{Kind::MovedToKeychain, QLatin1String("moved-to-keychain")},
    KindName{Kind::OlderStateAccepted, QLatin1String("older-state-accepted")},
    KindName{Kind::PushArrived, QLatin1String("push-arrived")},
    KindName{Kind::PushDropped, QLatin1String("push-dropped")},
    KindName{Kind::BegunAnew, QLatin1String("begun-anew")},
    KindName{Kind::UsageBegunAnew, QLatin1String("usage-begun-anew")},
};

const KindName *rowOf(std::uint64_t number)
{
    const auto row = std::ranges::find_if(
        kindNames, [number](const KindName &known) { return std::uint64_t(known.kind) == number; });
    return row == kindNames.end() ? nullptr : row;
}

Kind endOf(const LoginAttempt &attempt, DenyReason reason)
{
    switch (attempt.state()) {
    case LoginAttempt::State::Approved:
        return Kind::LoginApproved;
    case LoginAttempt::State::Denied:
        return reason == DenyReason::NotMe ? Kind::LoginNotMe : Kind::LoginDenied;
    case LoginAttempt::State::Sending:
        return Kind::LoginUncertain;
    case LoginAttempt::State::Failed:
        if (attempt.failure().code == Errc::LoginExpired)
            return Kind::LoginExpired;
        return attempt.failure().code == Errc::LoginAnsweredElsewhere ? Kind::LoginAnsweredElsewhere
                                                                      : Kind::LoginFailed;
    default:
        return Kind::Unknown;
    }
}

/// As the window shows it: what is in a label may also reach an export.
QString shown(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    return shownText({utf8.constData(), std::size_t(utf8.size())}).value_or(QString());
}

Result<void> readNumbers(const Field &field, ActivityEvent &event)
{
    const Result<std::uint64_t> number = field.number();
    if (!number)
        return tl::unexpected(number.error());
    switch (field.tag) {
    case TimeTag: {
        // Beyond the year 9999 no calendar shows it.
        constexpr std::uint64_t latest = 253'402'300'799;
        event.time =
            std::chrono::sys_seconds(std::chrono::seconds(std::int64_t(std::min(*number, latest))));
        break;
    }
    case KindTag:
        if (const KindName *row = rowOf(*number))
            event.kind = row->kind;
        break;
    case NetworkTag:
        if (*number >= 1 && *number <= 3)
            event.network = LoginContext::Network(*number - 1);
        break;
    default:
        if (*number >= 1 && *number <= 4)
            event.channel = LoginChannel(*number - 1);
    }
    return {};
}

} // namespace

ActivityEvent ActivityEvent::of(Kind kind, const Account &account)
{
    ActivityEvent event;
    event.kind = kind;
    event.account = account.id;
    event.issuer = shown(account.issuer);
    event.name = shown(account.account);
    if (account.binding)
        event.server = account.binding->server();
    return event;
}

ActivityEvent ActivityEvent::ofNew(const Account &account)
{
    if (!account.binding)
        return of(Kind::AccountAdded, account);
    return of(account.binding->replaces ? Kind::AccountReBound : Kind::AccountBound, account);
}

std::optional<ActivityEvent> ActivityEvent::of(const LoginAttempt &attempt, DenyReason reason)
{
    const Kind kind = endOf(attempt, reason);
    if (kind == Kind::Unknown)
        return std::nullopt;
    const LoginContext &context = attempt.context();
    const LoginTrace trace = attempt.trace();
    ActivityEvent event;
    if (attempt.candidates().size() == 1)
        event = of(kind, *attempt.candidates().front());
    event.kind = kind;
    event.server = context.server.isEmpty() ? trace.host : context.server;
    event.application = context.application;
    event.browser = context.browser;
    event.system = context.system;
    event.address = context.address;
    event.place = context.place;
    // Before there is a context nothing was compared.
    if (context.network != LoginContext::Network::Unknown || !context.address.isEmpty())
        event.network = context.network;
    event.channel = context.channel;
    if (kind == Kind::LoginFailed)
        event.failure = errcName(attempt.failure().code);
    event.requestId = trace.requestId;
    return event;
}

void ActivityEvent::dropNames()
{
    for (QString ActivityEvent::*member :
         {&ActivityEvent::issuer, &ActivityEvent::name, &ActivityEvent::application,
          &ActivityEvent::browser, &ActivityEvent::system, &ActivityEvent::address,
          &ActivityEvent::place})
        (this->*member).clear();
}

QString activityName(ActivityEvent::Kind kind)
{
    const KindName *row = rowOf(std::uint64_t(kind));
    return row ? QString(row->name) : u"unknown"_s;
}

QString networkName(LoginContext::Network network)
{
    switch (network) {
    case LoginContext::Network::Same:
        return u"same"_s;
    case LoginContext::Network::Different:
        return u"different"_s;
    case LoginContext::Network::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

QString wayName(LoginChannel channel)
{
    switch (channel) {
    case LoginChannel::Screen:
        return u"screen"_s;
    case LoginChannel::Camera:
        return u"camera"_s;
    case LoginChannel::Picture:
        return u"image"_s;
    case LoginChannel::Push:
        return u"push"_s;
    }
    Q_UNREACHABLE();
}

Result<SecretBytes> encodeEvent(const ActivityEvent &event)
{
    static_assert(int(LoginContext::Network::Unknown) == 2 && int(LoginChannel::Push) == 3);
    FieldWriter writer;
    const auto text = [&](const TextField &field) {
        const QByteArray utf8 = (event.*field.member).toUtf8();
        if (!utf8.isEmpty())
            writer.text(field.tag, {utf8.constData(), std::size_t(utf8.size())});
    };
    writer.number(TimeTag, std::uint64_t(std::max<std::int64_t>(
                               0, std::int64_t(event.time.time_since_epoch().count()))));
    writer.number(KindTag, std::uint64_t(event.kind));
    if (event.account)
        writer.bytes(WhoseTag, *event.account);
    for (const TextField &field : namesBefore)
        text(field);
    if (event.network)
        writer.number(NetworkTag, std::uint64_t(*event.network) + 1);
    if (event.channel)
        writer.number(ChannelTag, std::uint64_t(*event.channel) + 1);
    for (const TextField &field : namesAfter)
        text(field);
    return writer.take();
}

Result<ActivityEvent> decodeEvent(const SecretBytes &bytes)
{
    const Result<std::vector<Field>> fields = readFields(bytes.view(), eventRules);
    if (!fields)
        return tl::unexpected(fields.error());
    ActivityEvent event;
    for (const Field &field : *fields) {
        switch (field.tag) {
        case TimeTag:
        case KindTag:
        case NetworkTag:
        case ChannelTag:
            if (const Result<void> read = readNumbers(field, event); !read)
                return tl::unexpected(read.error());
            continue;
        case WhoseTag:
            if (field.value.size() != sizeof(AccountId))
                return failure(Errc::MalformedFields);
            std::ranges::copy(field.value, event.account.emplace().begin());
            continue;
        default:
            break;
        }
        const auto take = [&](const TextField &known) -> Result<void> {
            if (known.tag != field.tag)
                return {};
            const Result<std::string_view> text = field.text();
            if (!text)
                return tl::unexpected(text.error());
            event.*known.member = QString::fromUtf8(text->data(), qsizetype(text->size()));
            return {};
        };
        for (const std::span<const TextField> rows :
             {std::span<const TextField>(namesBefore), std::span<const TextField>(namesAfter)}) {
            for (const TextField &known : rows) {
                if (const Result<void> taken = take(known); !taken)
                    return tl::unexpected(taken.error());
            }
        }
    }
    return event;
}

} // namespace hufu
