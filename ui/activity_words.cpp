#include "ui/activity_words.h"

#include "core/activity/csv.h"
#include "ui/error_text.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

using Kind = ActivityEvent::Kind;

QDateTime localTime(std::chrono::sys_seconds time)
{
    return QDateTime::fromSecsSinceEpoch(time.time_since_epoch().count());
}

} // namespace

QString ActivityWords::headline(Kind kind)
{
    switch (kind) {
    case Kind::Unknown:
        return tr("Something that a newer version took down");
    case Kind::LoginApproved:
        return tr("Login approved");
    case Kind::LoginDenied:
        return tr("Login denied");
    case Kind::LoginNotMe:
        return tr("Login denied and reported");
    case Kind::LoginExpired:
        return tr("Login expired");
    case Kind::LoginFailed:
        return tr("Login failed");
    case Kind::LoginAnsweredElsewhere:
        return tr("Login answered elsewhere");
    case Kind::LoginUncertain:
        return tr("Login answered, result not seen");
    case Kind::AccountBound:
        return tr("Account bound");
    case Kind::AccountReBound:
        return tr("Account bound again");
    case Kind::AccountAdded:
        return tr("Account added");
    case Kind::AccountImported:
        return tr("Account imported");
    case Kind::AccountBinned:
        return tr("Account deleted");
    case Kind::AccountRestored:
        return tr("Account restored");
    case Kind::AccountDeleted:
        return tr("Account deleted for ever");
    case Kind::AccountRemoved:
        return tr("Account removed from the bin");
    case Kind::PasswordSet:
        return tr("App password set");
    case Kind::PasswordChanged:
        return tr("App password changed");
    case Kind::PasswordRemoved:
        return tr("App password removed");
    case Kind::MovedToFile:
        return tr("Accounts moved into a file");
    case Kind::MovedToKeychain:
        return tr("Accounts moved into the keychain");
    case Kind::OlderStateAccepted:
        return tr("Older state of the accounts taken");
    case Kind::PushArrived:
        return tr("Login request received");
    case Kind::PushDropped:
        return tr("Login request not shown");
    case Kind::BegunAnew:
        return tr("Activity list begun anew");
    case Kind::UsageBegunAnew:
        return tr("List of use begun anew");
    }
    Q_UNREACHABLE();
}

QString ActivityWords::explanation(const ActivityEvent &event)
{
    switch (event.kind) {
    case Kind::LoginNotMe:
        return tr("You said that it was not you. The server was told. Somebody may know your "
                  "password there: change it, and tell your administrator.");
    case Kind::LoginFailed:
        if (const std::optional<Errc> code = errcFromName(event.failure))
            return ErrorText::of(*code).whole();
        return {};
    case Kind::LoginUncertain:
        return tr("Hufu locked before the server had confirmed the answer.");
    case Kind::AccountReBound:
        return tr("The account that it replaces stays until this one has worked.");
    case Kind::AccountBinned:
        return tr("It stays in the bin for 30 days.");
    case Kind::AccountRemoved:
        return tr("Its 30 days in the bin were over.");
    case Kind::PushDropped:
        return tr("Too many requests came at once, or nobody could have answered this one.");
    case Kind::BegunAnew:
        return tr("The old list was damaged, or somebody changed it. It was set aside in Hufu’s "
                  "data folder.");
    case Kind::OlderStateAccepted:
        return tr("What was changed after that state is gone. You said that Hufu should go on with "
                  "it.");
    case Kind::UsageBegunAnew:
        return tr(
            "What Hufu knew of how often accounts are used, and of servers’ clocks, was "
            "damaged. It was set aside in Hufu’s data folder; the accounts are as they were.");
    default:
        return {};
    }
}

QString ActivityWords::account(const ActivityEvent &event)
{
    if (event.issuer.isEmpty() || event.name.isEmpty())
        return event.issuer + event.name;
    return event.issuer + u" · "_s + event.name;
}

QString ActivityWords::summary(const ActivityEvent &event)
{
    QStringList parts;
    if (event.network == LoginContext::Network::Different)
        parts << tr("different network"); // first, where no elision takes it
    parts << account(event);
    if (event.application != event.issuer)
        parts << event.application;
    parts << event.server;
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QList<std::pair<QString, QString>> ActivityWords::details(const ActivityEvent &event)
{
    const auto networkWords = [&event]() -> QString {
        if (!event.network)
            return {};
        switch (*event.network) {
        case LoginContext::Network::Same:
            return tr("same as here");
        case LoginContext::Network::Different:
            return tr("different from here");
        case LoginContext::Network::Unknown:
            return tr("not compared");
        }
        Q_UNREACHABLE();
    };
    const auto channelWords = [&event]() -> QString {
        if (!event.channel)
            return {};
        switch (*event.channel) {
        case LoginChannel::Screen:
            return tr("screen");
        case LoginChannel::Camera:
            return tr("camera");
        case LoginChannel::Picture:
            return tr("picture");
        case LoginChannel::Push:
            return tr("sent to this computer");
        }
        Q_UNREACHABLE();
    };
    QList<std::pair<QString, QString>> rows{
        {tr("Time"), QLocale().toString(localTime(event.time), QLocale::LongFormat)},
        {tr("Issuer"), event.issuer},
        {tr("Account"), event.name},
        {tr("Application"), event.application},
        {tr("Server"), event.server},
        {tr("Place"), event.place},
        {tr("Address"), event.address},
        {tr("Network"), networkWords()},
        {tr("Browser"), event.browser},
        {tr("System"), event.system},
        {tr("Came by"), channelWords()},
        {tr("Request"), event.requestId},
    };
    rows.removeIf([](const auto &row) { return row.second.isEmpty(); });
    return rows;
}

QString ActivityWords::day(std::chrono::sys_seconds time, std::chrono::sys_seconds now)
{
    const QDate date = localTime(time).date();
    const qint64 ago = date.daysTo(localTime(now).date());
    if (ago == 0)
        return tr("Today");
    if (ago == 1)
        return tr("Yesterday");
    return QLocale().toString(date, QLocale::LongFormat);
}

QString ActivityWords::timeOfDay(std::chrono::sys_seconds time)
{
    return QLocale().toString(localTime(time).time(), QLocale::ShortFormat);
}

QByteArray ActivityWords::csv(const std::vector<ActivityEvent> &events)
{
    QByteArray text = "\xef\xbb\xbf";
    text += csvRow({tr("Time"), tr("Event"), tr("Issuer"), tr("Account"), tr("Application"),
                    tr("Server"), tr("Place"), tr("Address"), tr("Network"), tr("Browser"),
                    tr("System"), tr("Came by"), tr("Failure"), tr("Request")});
    for (const ActivityEvent &event : events) {
        const QDateTime time = localTime(event.time);
        text += csvRow(
            {time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODate), headline(event.kind),
             event.issuer, event.name, event.application, event.server, event.place, event.address,
             event.network ? networkName(*event.network) : QString(), event.browser, event.system,
             event.channel ? wayName(*event.channel) : QString(), event.failure, event.requestId});
    }
    return text;
}

} // namespace hufu
