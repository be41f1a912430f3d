#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/terminal.h"
#include "ui/doctor_words.h"

namespace hufu {
namespace {

void listOf(JsonOut &out, const QStringList &texts)
{
    out.beginArray();
    for (const QString &text : texts)
        out.text(text);
    out.endArray();
}

void countOrNull(JsonOut &out, const std::optional<std::size_t> &count)
{
    if (count)
        out.number(static_cast<std::int64_t>(*count));
    else
        out.null();
}

/// contracts.md 2; `kept`, `twice` and `older_copy_damaged` were added to it.
void printDocument(const VaultReport &report)
{
    JsonOut out(stdout);
    out.beginObject();
    out.name("version").number(1);
    out.name("backend").text(report.backend);
    out.name("state").text(report.problem ? errcName(report.problem->code) : QStringLiteral("Ok"));
    out.name("vault_id");
    if (report.vault)
        out.text(QString::fromLatin1(toHex(*report.vault)));
    else
        out.null();
    out.name("generation").number(static_cast<std::int64_t>(report.generation));
    out.name("pages").number(static_cast<std::int64_t>(report.pages));
    out.name("accounts");
    countOrNull(out, report.accounts);
    out.name("kept");
    countOrNull(out, report.kept);
    out.name("leftovers");
    listOf(out, report.leftovers);
    out.name("elsewhere").beginArray();
    for (const StoreSurvey::Elsewhere &other : report.elsewhere) {
        out.beginObject();
        out.name("backend").text(other.backend);
        out.name("entries").number(other.keys.size());
        out.endObject();
    }
    out.endArray();
    out.name("twice").beginArray();
    for (auto entry = report.doubled.begin(); entry != report.doubled.end(); ++entry) {
        out.beginObject();
        out.name("entry").text(entry.key());
        out.name("collections");
        listOf(out, entry.value());
        out.endObject();
    }
    out.endArray();
    out.name("older_copy_damaged").boolean(report.remark == Verdict::Remark::OlderHeadDamaged);
    out.name("memory_locked").boolean(report.isMemoryLocked);
    out.name("way_out").text(DoctorWords::wayOut(report));
    out.endObject();
}

void exportFrom(Vault &vault, Session &session, const QString &path)
{
    vault.exportKept(path, &session, [&session](const Result<KeptExport> &written) {
        if (!written)
            return session.fail(written.error());
        if (session.wantsJson()) {
            JsonOut out(stdout);
            out.beginObject();
            out.name("version").number(1);
            out.name("records").number(static_cast<std::int64_t>(written->records));
            out.name("entries").number(static_cast<std::int64_t>(written->entries));
            out.endObject();
        } else {
            printLine(DoctorWords::ofExport(*written).whole());
        }
        session.end(0);
    });
}

void examine(Vault &vault, Session &session)
{
    vault.diagnose(&session, [&session](const Result<VaultReport> &report) {
        if (!report)
            return session.fail(report.error());
        if (session.wantsJson()) {
            printDocument(*report);
        } else {
            for (const QString &line : DoctorWords::asText(*report).split(u'\n'))
                printLine(printable(line));
        }
        session.end(report->problem ? 1 : 0);
    });
}

} // namespace

void runDoctor(Session &session)
{
    const auto run = [&session](Vault &vault) {
        if (const std::optional<QString> path = session.arguments().value("export"))
            exportFrom(vault, session, *path);
        else
            examine(vault, session);
    };
    // It asks for no password; one that is given it uses.
    if (session.arguments().has("password-fd"))
        session.withVault(run);
    else
        run(session.vault());
}

} // namespace hufu
