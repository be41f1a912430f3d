// What happened: `activity`.

#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/terminal.h"
#include "ui/activity_words.h"

#include <QDateTime>

namespace hufu {
namespace {

void printEvent(JsonOut &out, const ActivityEvent &event)
{
    const auto textOrNull = [&out](const char *name, const QString &text) {
        out.name(name);
        text.isEmpty() ? out.null() : out.text(text);
    };
    out.beginObject();
    out.name("time").number(event.time.time_since_epoch().count());
    out.name("kind").text(activityName(event.kind));
    textOrNull("account_id", event.account ? idText(*event.account) : QString());
    textOrNull("issuer", event.issuer);
    textOrNull("account", event.name);
    textOrNull("server", event.server);
    textOrNull("application", event.application);
    textOrNull("browser", event.browser);
    textOrNull("system", event.system);
    textOrNull("address", event.address);
    textOrNull("place", event.place);
    textOrNull("network", event.network ? networkName(*event.network) : QString());
    textOrNull("via", event.channel ? wayName(*event.channel) : QString());
    textOrNull("failure", event.failure);
    textOrNull("request_id", event.requestId);
    out.endObject();
}

void printEvents(const Session &session, const std::vector<ActivityEvent> &events)
{
    if (!session.wantsJson()) {
        for (const ActivityEvent &event : events) {
            const QString time =
                QDateTime::fromSecsSinceEpoch(event.time.time_since_epoch().count())
                    .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
            QString line = time + QStringLiteral("  ") + ActivityWords::headline(event.kind);
            if (!event.failure.isEmpty())
                line += QStringLiteral(" (%1)").arg(event.failure);
            for (const QString &more : {ActivityWords::summary(event), event.address, event.place})
                line += more.isEmpty() ? QString() : QStringLiteral("  ") + more;
            printLine(printable(line));
        }
        return;
    }
    JsonOut out(stdout);
    out.beginObject();
    out.name("version").number(1);
    out.name("events").beginArray();
    for (const ActivityEvent &event : events)
        printEvent(out, event);
    out.endArray();
    out.endObject();
}

} // namespace

void runActivity(Session &session)
{
    session.withVault([&session](Vault &) {
        const Result<std::vector<ActivityEvent>> events = session.activity().newestFirst();
        if (!events)
            return session.fail(events.error());
        printEvents(session, *events);
        session.end(0);
    });
}

} // namespace hufu
