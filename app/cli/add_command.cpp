#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/search.h"
#include "app/cli/secret_lines.h"
#include "app/cli/terminal.h"
#include "core/account/adding.h"
#include "core/login/pct1_provider.h"
#include "ui/error_text.h"

#include <algorithm>

namespace hufu {
namespace {

struct Offer
{
    KeyUri uri;
    AddChoice choice = AddChoice::KeepBoth;
    bool isImported = false; ///< from another authenticator's export
};

struct Refusal
{
    QString source;
    Errc code;
    QString words{}; ///< if the code's own sentence says too little
};

/// A binding that its server has to be asked for.
struct Address
{
    BindingAddress address;
    QString source;
};

/// A code of an export that was not among the operands.
struct MissingCode
{
    int number; ///< from 1
    int size;   ///< codes of the export
};

struct Added
{
    AccountId id;
    QString issuer;
    QString account;
};

/// What a change did; made anew each time the vault calls it.
struct Outcome
{
    std::vector<Added> added;
    std::vector<Added> unchanged;
    std::vector<ActivityEvent> events;
};

bool isUri(std::string_view operand)
{
    return operand.find("://") != operand.npos || operand.substr(0, 8) == "otpauth:";
}

/// Collects what the operands offer, reviews it with the person, commits it in one change.
class AddCommand : public QObject
{
public:
    explicit AddCommand(Session &session)
        : QObject(&session)
        , m_session(session)
    {
    }

    void collect()
    {
        const auto &operands = m_session.arguments().operands;
        while (m_next < operands.size()) {
            const std::string_view operand = operands[m_next++];
            if (operand == "-") {
                takeInput();
            } else if (isUri(operand)) {
                printNotice(
                    QStringLiteral("hufu-cli: other users of this computer can see the key "
                                   "in the list of processes. Give it to \"add -\" instead."));
                take(operand, QStringLiteral("argument %1").arg(m_next), PayloadOrigin::Text);
            } else {
                return takePicture(m_session.arguments().operand(m_next - 1));
            }
        }
        openExports();
        if (m_offers.empty() && m_addresses.empty())
            return report({});
        m_session.withVault([this](Vault &vault) { fetchNext(vault); });
    }

private:
    void take(std::string_view text, const QString &source, PayloadOrigin origin)
    {
        takePayload(readPayload(text, origin, m_session.policy().loopback), source);
    }

    void takePayload(Result<Payload> payload, const QString &source)
    {
        if (!payload)
            m_refusals.push_back({source, payload.error().code});
        else if (auto *uri = std::get_if<KeyUri>(&*payload))
            m_offers.push_back({.uri = std::move(*uri)});
        else if (auto *part = std::get_if<MigrationPart>(&*payload))
            takePart(std::move(*part));
        else if (auto *address = std::get_if<BindingAddress>(&*payload))
            m_addresses.push_back({std::move(*address), source});
        else if (const auto *notOurs = std::get_if<NotOurs>(&*payload))
            m_refusals.push_back({source, Errc::NotOurs, ErrorText::of(*notOurs).whole()});
        else
            m_refusals.push_back({source, Errc::NotOurs});
    }

    /// Codes of several exports may come mixed; each finds the one that it belongs to.
    void takePart(MigrationPart &&part)
    {
        const auto known = std::ranges::find_if(
            m_exports, [&part](const MigrationCollection &one) { return one.mayTake(part); });
        MigrationCollection &its = known == m_exports.end() ? m_exports.emplace_back() : *known;
        if (const auto taken = its.take(std::move(part)); !taken)
            qFatal("An export takes what it may take.");
    }

    /// What the exports hold joins the other offers, in the order of their codes.
    void openExports()
    {
        for (const MigrationCollection &known : m_exports) {
            for (const auto &[index, part] : known.parts()) {
                const QString source =
                    QStringLiteral("export code %1 of %2").arg(index + 1).arg(part.size);
                for (const MigrationPart::Refused &entry : part.refused)
                    m_refusals.push_back(
                        {source + QStringLiteral(": ") + displayName(entry.issuer, entry.account),
                         entry.reason, ErrorText::ofEntry(entry.reason)});
                for (const KeyUri &uri : part.accounts) {
                    Result<KeyUri> twin = uri.copy();
                    if (twin)
                        m_offers.push_back({.uri = std::move(*twin), .isImported = true});
                    else
                        m_refusals.push_back({source, twin.error().code});
                }
            }
            for (const int number : known.missing())
                m_missing.push_back({number, known.size()});
        }
        m_exports.clear();
    }

    void takeInput()
    {
        SecretLines lines(stdin);
        for (int number = 1;; ++number) {
            const Result<std::optional<std::string_view>> line = lines.next();
            const QString source = QStringLiteral("line %1").arg(number);
            if (!line)
                return m_refusals.push_back({source, line.error().code});
            if (!*line)
                return;
            if (!(*line)->empty())
                take(**line, source, PayloadOrigin::Text);
        }
    }

    void takePicture(const QString &path)
    {
        searchPicture(m_session, path, [this, path](const Result<ScanReport> &report) {
            if (!report)
                m_refusals.push_back({path, report.error().code});
            else if (report->codes.empty())
                m_refusals.push_back({path, Errc::NoCodeFound});
            else
                for (const FoundCode &code : report->codes)
                    takePayload(payloadOf(code, m_session.policy()), path);
            collect();
        });
    }

    /// Asks the servers for their bindings, one by one. They give each once, so the vault is open.
    void fetchNext(Vault &vault)
    {
        if (m_addresses.empty())
            return m_offers.empty() ? report({}) : review(vault);
        const Address next = std::move(m_addresses.back());
        m_addresses.pop_back();
        const Result<bool> agreed = m_session.asks(
            QStringLiteral("%1\nServer: %2\nThe code holds no key, only the address of one. The "
                           "server would be asked for it, and told the name of this "
                           "computer.\nAsk it?")
                .arg(printable(next.source), next.address.host));
        if (!agreed)
            return m_session.fail(agreed.error());
        if (!*agreed) {
            m_refusals.push_back({next.source, Errc::ConsentNeeded});
            return fetchNext(vault);
        }
        if (const Result<void> ready = m_session.prepareRoute(); !ready)
            return m_session.fail(ready.error());
        m_provider = std::make_unique<Pct1Provider>(m_session.policy(), m_session.clock(),
                                                    m_session.serverClocks(), m_session.route());
        m_fetch = m_provider->fetch(next.address);
        connect(
            m_fetch.get(), &BindingFetch::stateChanged, this,
            [this, &vault, source = next.source] {
                if (m_fetch->state() == BindingFetch::State::Fetched)
                    m_offers.push_back({.uri = m_fetch->takeUri()});
                else if (m_fetch->state() == BindingFetch::State::Failed)
                    refuseFetch(source);
                else
                    return;
                fetchNext(vault);
            },
            Qt::QueuedConnection);
        m_fetch->start();
    }

    void refuseFetch(const QString &source)
    {
        const Errc code = m_fetch->failure().code;
        m_refusals.push_back({source, code, ErrorText::ofBinding(code).whole()});
    }

    /// Asks what a person must agree to. Nothing is stored before the last question is answered.
    void review(Vault &vault)
    {
        std::vector<Offer> agreed;
        AccountSet there = vault.accounts();
        const AccountAdder adder(there);
        for (Offer &offer : m_offers) {
            const AddConflict conflict = adder.conflictOf(offer.uri);
            const QString question = questionAbout(offer.uri, conflict.kind);
            const Result<bool> answer = question.isEmpty() ? true : m_session.asks(question);
            if (!answer)
                return m_session.fail(answer.error());
            if (!*answer) {
                m_refusals.push_back(
                    {displayName(offer.uri.issuer, offer.uri.account), Errc::ConsentNeeded});
                continue;
            }
            if (conflict.kind == AddConflict::Kind::SameBinding)
                offer.choice = AddChoice::Replace;
            agreed.push_back(std::move(offer));
        }
        m_offers = std::move(agreed);
        if (m_offers.empty())
            return report({});
        commit(vault);
    }

    static QString questionAbout(const KeyUri &uri, AddConflict::Kind conflict)
    {
        const QString name = displayName(uri.issuer, uri.account);
        if (conflict == AddConflict::Kind::SameAccount)
            return {};
        if (uri.binding) {
            const QString server = QString::fromStdString(uri.binding->api);
            const QString text =
                QStringLiteral("%1\nServer: %2\nThis server will be able to ask you "
                               "to confirm logins.")
                    .arg(name, server);
            return text + (conflict == AddConflict::Kind::SameBinding
                               ? QStringLiteral(" It replaces the key that you have.\nReplace?")
                               : QStringLiteral("\nAdd?"));
        }
        if (uri.bindingRefused)
            return QStringLiteral("%1\nThe code also asks that its server may ask you to confirm "
                                  "logins, but not as it must.\nAdd it for codes only?")
                .arg(name);
        return {};
    }

    void commit(Vault &vault)
    {
        auto outcome = std::make_shared<Outcome>();
        vault.commit([this, outcome](AccountSet &accounts) { return change(accounts, *outcome); },
                     this,
                     [this, outcome](const Result<void> &committed) {
                         if (!committed)
                             return m_session.fail(committed.error());
                         m_session.activity().addAll(outcome->events);
                         report(*outcome);
                     });
    }

    Result<void> change(AccountSet &accounts, Outcome &outcome) const
    {
        outcome = {};
        AccountAdder adder(accounts);
        for (const Offer &offer : m_offers) {
            const AddConflict conflict = adder.conflictOf(offer.uri);
            if (conflict.kind == AddConflict::Kind::SameAccount) {
                outcome.unchanged.push_back(
                    {conflict.existing->id, conflict.existing->issuer, conflict.existing->account});
                continue;
            }
            Result<KeyUri> uri = offer.uri.copy();
            if (!uri)
                return tl::unexpected(uri.error());
            const Result<AccountId> id = adder.add(std::move(*uri), offer.choice, m_session.now());
            if (!id)
                return tl::unexpected(id.error());
            const AccountPtr account = accounts.find(*id);
            outcome.added.push_back({*id, account->issuer, account->account});
            outcome.events.push_back(
                offer.isImported ? ActivityEvent::of(ActivityEvent::Kind::AccountImported, *account)
                                 : ActivityEvent::ofNew(*account));
        }
        return {};
    }

    void report(const Outcome &outcome)
    {
        if (m_session.wantsJson())
            printDocument(outcome);
        else
            printLines(outcome);
        m_session.end(m_refusals.empty() && m_missing.empty() ? 0 : 1);
    }

    void printLines(const Outcome &outcome) const
    {
        for (const Added &one : outcome.added)
            printLine(QStringLiteral("Added %1").arg(displayName(one.issuer, one.account)));
        for (const Added &one : outcome.unchanged)
            printLine(QStringLiteral("Here already: %1").arg(displayName(one.issuer, one.account)));
        for (const Refusal &one : m_refusals)
            printNotice(QStringLiteral("hufu-cli: %1: %2")
                            .arg(printable(one.source), one.words.isEmpty()
                                                            ? ErrorText::of(one.code).whole()
                                                            : printable(one.words)));
        for (const MissingCode &one : m_missing)
            printNotice(QStringLiteral("hufu-cli: Code %1 of %2 of the export is missing. Its "
                                       "accounts were not added; add it, too.")
                            .arg(one.number)
                            .arg(one.size));
    }

    void printDocument(const Outcome &outcome) const
    {
        JsonOut out(stdout);
        out.beginObject();
        out.name("version").number(1);
        printAdded(out.name("added"), outcome.added);
        printAdded(out.name("unchanged"), outcome.unchanged);
        out.name("refused").beginArray();
        for (const Refusal &one : m_refusals) {
            out.beginObject();
            out.name("source").text(one.source);
            out.name("code").text(errcName(one.code));
            out.endObject();
        }
        out.endArray();
        if (!m_missing.empty()) {
            out.name("missing").beginArray();
            for (const MissingCode &one : m_missing) {
                out.beginObject();
                out.name("part").number(one.number);
                out.name("parts").number(one.size);
                out.endObject();
            }
            out.endArray();
        }
        out.endObject();
    }

    static void printAdded(JsonOut &out, const std::vector<Added> &accounts)
    {
        out.beginArray();
        for (const Added &one : accounts) {
            out.beginObject();
            out.name("id").text(idText(one.id));
            out.name("issuer").text(one.issuer);
            out.name("account").text(one.account);
            out.endObject();
        }
        out.endArray();
    }

    Session &m_session;
    std::size_t m_next = 0; ///< operand to look at next
    std::vector<Offer> m_offers;
    std::vector<Address> m_addresses; ///< of bindings that were not asked for yet
    std::unique_ptr<Pct1Provider> m_provider;
    std::unique_ptr<BindingFetch> m_fetch; ///< under way
    std::vector<Refusal> m_refusals;
    std::vector<MigrationCollection> m_exports; ///< until all operands were looked at
    std::vector<MissingCode> m_missing;
};

} // namespace

void runAdd(Session &session)
{
    (new AddCommand(session))->collect();
}

} // namespace hufu
