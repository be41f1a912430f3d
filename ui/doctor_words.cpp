#include "ui/doctor_words.h"

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

/// A few of `names`; a keychain may hold thousands.
QString someOf(const QStringList &names)
{
    constexpr qsizetype most = 4;
    const QString shown = names.first(qMin(names.size(), most)).join(u", "_s);
    return names.size() > most ? u"%1 … (%2)"_s.arg(shown, QString::number(names.size())) : shown;
}

bool liesInFile(const VaultReport &report)
{
    return report.backend == u"file"_s;
}

Explanation wordsOfProblem(const VaultReport &report)
{
    return ErrorText::of(report.problem->code,
                         liesInFile(report) ? KeptIn::File : KeptIn::Keychain);
}

} // namespace

Explanation DoctorWords::state(const VaultReport &report)
{
    const QString way = wayOut(report);
    if (report.problem)
        return {wordsOfProblem(report).headline, way};
    if (!report.doubled.isEmpty())
        return {tr("Some entries are in the keychain twice."), way};
    if (report.kept.value_or(0) > 0)
        return {tr("Some stored records are damaged."), way};
    return {liesInFile(report) ? tr("The file is in order.") : tr("The keychain is in order."),
            way};
}

QString DoctorWords::wayOut(const VaultReport &report)
{
    const bool isElsewhere = !report.elsewhere.empty();
    if (report.problem && report.problem->code == Errc::VaultMissing && isElsewhere)
        return tr("%1 holds entries of this profile. Start Hufu in a session that uses it, as "
                  "when you stored them.")
            .arg(backendName(report.elsewhere.front().backend));
    if (report.problem) {
        const Explanation words = wordsOfProblem(report);
        return words.rest.isEmpty() ? words.headline : words.rest;
    }
    if (!report.doubled.isEmpty())
        return tr("They lie in two of its collections. Make the one that you used "
                  "before the default again.");
    if (report.kept.value_or(0) > 0)
        return tr("All other accounts are safe. The damaged ones are kept as they are; export them "
                  "to have them looked at.");
    if (report.remark == Verdict::Remark::OlderHeadDamaged)
        return tr("The older of two copies is damaged. The next change replaces it; nothing is "
                  "lost.");
    if (!report.leftovers.isEmpty())
        return tr("What is left over does no harm. Export it if you want to look at it.");
    if (isElsewhere)
        return tr("The entries elsewhere are not used. Remove them there if you know that you do "
                  "not need them.");
    if (!report.isMemoryLocked)
        return tr("The system lets Hufu lock no memory, so a key could be swapped to the disk. "
                  "Raise the limit for locked memory.");
    return tr("Nothing needs to be done.");
}

QList<DoctorWords::Row> DoctorWords::rows(const VaultReport &report)
{
    QList<Row> rows{{tr("Profile"), report.profile}, {tr("Store"), backendName(report.backend)}};
    if (report.vault)
        rows.append({tr("Vault"), tr("%1, change %2")
                                      .arg(QString::fromLatin1(toHex(*report.vault).first(8)))
                                      .arg(report.generation)});
    rows.append({tr("Accounts"),
                 report.accounts ? QString::number(*report.accounts) : tr("cannot be told now")});
    rows.append({tr("Pages"), QString::number(report.pages)});
    if (report.kept.value_or(0) > 0)
        rows.append({tr("Damaged"), QString::number(*report.kept)});
    if (!report.leftovers.isEmpty())
        rows.append({tr("Left over"), someOf(report.leftovers)});
    for (auto entry = report.doubled.begin(); entry != report.doubled.end(); ++entry)
        rows.append({tr("Twice"), u"%1: %2"_s.arg(entry.key(), entry.value().join(u", "_s))});
    for (const StoreSurvey::Elsewhere &other : report.elsewhere)
        rows.append({tr("Elsewhere"),
                     tr("%1: %2 entries").arg(backendName(other.backend)).arg(other.keys.size())});
    rows.append({tr("Memory"), report.isMemoryLocked ? tr("locked") : tr("not locked")});
    return rows;
}

QString DoctorWords::asText(const VaultReport &report)
{
    QStringList lines{state(report).whole()};
    if (report.problem)
        lines.append(errcName(report.problem->code));
    for (const Row &row : rows(report))
        lines.append(u"%1: %2"_s.arg(row.label, row.value));
    return lines.join(u'\n');
}

Explanation DoctorWords::ofExport(const KeptExport &written)
{
    return {tr("What was kept is exported."),
            tr("Records in the file: %1, entries: %2. There may be keys among them: show it to "
               "nobody whom you do not trust with your accounts, and delete it in the end.")
                .arg(written.records)
                .arg(written.entries)};
}

QString DoctorWords::backendName(const QString &backend)
{
    if (backend == secretServiceName())
        return tr("Secret Service (GNOME Keyring, KeePassXC …)");
    if (backend == kwalletName())
        return tr("KWallet");
    if (backend == credentialManagerName())
        return tr("Windows Credential Manager");
    if (backend == macKeychainName())
        return tr("macOS keychain");
    if (backend == u"file"_s)
        return tr("A file under the app password");
    return backend;
}

} // namespace hufu
