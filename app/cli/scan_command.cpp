#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/search.h"
#include "app/cli/terminal.h"

namespace hufu {
namespace {

const char *kindName(NotOursKind kind)
{
    switch (kind) {
    case NotOursKind::WebAddress:
        return "web-address";
    case NotOursKind::Wifi:
        return "wifi";
    case NotOursKind::Passkey:
        return "passkey";
    case NotOursKind::OtherAuthenticator:
        return "other-authenticator";
    case NotOursKind::Contact:
        return "contact";
    case NotOursKind::Payment:
        return "payment";
    case NotOursKind::ChatLogin:
        return "chat-login";
    case NotOursKind::Event:
        return "event";
    case NotOursKind::Mail:
        return "mail";
    case NotOursKind::Phone:
        return "phone";
    case NotOursKind::Place:
        return "place";
    case NotOursKind::BindingAddress:
        return "binding-address";
    case NotOursKind::Text:
        return "text";
    }
    Q_UNREACHABLE();
}

/// One row of the answer; a member that does not apply is empty and comes out as null.
struct Row
{
    std::string kind;
    QString what;
    QString issuer;
    QString account;
    QString host;
};

Row rowOf(const Result<Payload> &payload)
{
    if (!payload)
        return {.kind = "not-ours", .what = errcName(payload.error().code)};
    if (const auto *uri = std::get_if<KeyUri>(&*payload)) {
        const QString host = uri->binding ? QString::fromStdString(uri->binding->api) : QString();
        return {.kind = uri->binding ? "binding" : "key-uri",
                .what = uri->bindingRefused ? QStringLiteral("binding-refused") : QString(),
                .issuer = uri->issuer,
                .account = uri->account,
                .host = host.mid(8).section(QLatin1Char('/'), 0, 0)};
    }
    if (const auto *login = std::get_if<LoginCode>(&*payload))
        return {.kind = "login", .host = login->host};
    if (const auto *address = std::get_if<BindingAddress>(&*payload))
        return {.kind = "binding", .what = QStringLiteral("address"), .host = address->host};
    if (const auto *part = std::get_if<MigrationPart>(&*payload))
        return {.kind = "migration",
                .what = QStringLiteral("%1 of %2").arg(part->index + 1).arg(part->size)};
    const auto &notOurs = std::get<NotOurs>(*payload);
    return {
        .kind = "not-ours", .what = QLatin1String(kindName(notOurs.kind)), .host = notOurs.host};
}

void printText(JsonOut &out, std::string_view name, const QString &text)
{
    out.name(name);
    if (text.isEmpty())
        out.null();
    else
        out.text(text);
}

QString sourceOf(const Session &session, const ScanReport &report, const FoundCode &code)
{
    const auto index = static_cast<std::size_t>(code.source);
    const QString name = index < report.searched.size() ? report.searched[index].name : QString();
    return name.isEmpty() && !session.arguments().has("screen") ? session.arguments().operand(0)
                                                                : name;
}

void printDocument(const Session &session, const ScanReport &report)
{
    JsonOut out(stdout);
    out.beginObject();
    out.name("version").number(1);
    out.name("found").beginArray();
    for (const FoundCode &code : report.codes) {
        const Row row = rowOf(payloadOf(code, session.policy()));
        out.beginObject();
        out.name("kind").text(std::string_view(row.kind));
        printText(out, "what", row.what);
        printText(out, "issuer", row.issuer);
        printText(out, "account", row.account);
        printText(out, "host", row.host);
        out.name("source").text(sourceOf(session, report, code));
        out.name("outline").beginArray();
        for (const QPoint &corner : code.outline) {
            out.beginArray();
            out.number(corner.x());
            out.number(corner.y());
            out.endArray();
        }
        out.endArray();
        if (session.arguments().has("text")) {
            out.name("text");
            if (code.tooLong)
                out.null();
            else
                out.text(code.text.text());
        }
        out.endObject();
    }
    out.endArray();
    out.endObject();
}

void printLines(const Session &session, const ScanReport &report)
{
    for (const FoundCode &code : report.codes) {
        const Row row = rowOf(payloadOf(code, session.policy()));
        QStringList parts{QString::fromStdString(row.kind), row.what,
                          displayName(row.issuer, row.account), printable(row.host)};
        if (session.arguments().has("text"))
            parts.append(printable(QString::fromUtf8(code.text.text().data(),
                                                     static_cast<qsizetype>(code.text.size()))));
        parts.removeAll(QString());
        printLine(parts.join(QStringLiteral("  ")));
    }
    if (report.codes.empty())
        printNotice(QStringLiteral("No QR code was found."));
}

} // namespace

void runScan(Session &session)
{
    searchNamed(session, [&session](const Result<ScanReport> &report) {
        if (!report)
            return session.fail(report.error());
        if (session.wantsJson())
            printDocument(session, *report);
        else
            printLines(session, *report);
        session.end(0);
    });
}

} // namespace hufu
