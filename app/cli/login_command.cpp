#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/search.h"
#include "app/cli/terminal.h"
#include "core/account/proven_binding.h"
#include "core/login/pct1_provider.h"
#include "ui/error_text.h"

#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>

namespace hufu {
namespace {

using State = LoginAttempt::State;

constexpr int usualWait = 60; // seconds for a pushed login

/// The one login code that a search found. Errors: NoCodeFound, SeveralCodes, NotOurs, and those of
/// payloadOf.
Result<LoginCode> loginCodeOf(const ScanReport &report, const Policy &policy)
{
    std::vector<LoginCode> logins;
    std::optional<Error> damage;
    for (const FoundCode &code : report.codes) {
        const Result<Payload> payload = payloadOf(code, policy);
        if (!payload) {
            damage = payload.error();
            continue;
        }
        const auto *login = std::get_if<LoginCode>(&*payload);
        if (login == nullptr)
            continue;
        const auto isSame = [&](const LoginCode &other) {
            return other.base == login->base && other.token == login->token;
        };
        if (std::none_of(logins.begin(), logins.end(), isSame))
            logins.push_back(*login);
    }
    if (logins.size() == 1)
        return logins.front();
    if (logins.size() > 1)
        return failure(Errc::SeveralCodes);
    if (damage)
        return tl::unexpected(*damage);
    return failure(report.codes.empty() ? Errc::NoCodeFound : Errc::NotOurs);
}

/// What the document calls an end without a decision of ours; empty for a failure.
std::string_view resultName(const LoginAttempt &attempt)
{
    if (attempt.state() == State::Approved)
        return "approved";
    if (attempt.state() == State::Denied)
        return "denied";
    switch (attempt.failure().code) {
    case Errc::LoginExpired:
        return "expired";
    case Errc::LoginAnsweredElsewhere:
        return "answered-elsewhere";
    case Errc::ServerRefused:
    case Errc::KeyRefused:
    case Errc::WrongNumber:
    case Errc::TooManyTries:
        return "refused";
    default:
        return {};
    }
}

/// The next line of standard input, without its end.
QString lineOfInput()
{
    std::array<char, 64> line{};
    if (std::fgets(line.data(), static_cast<int>(line.size()), stdin) == nullptr)
        return {};
    return QString::fromLatin1(line.data()).trimmed();
}

QStringList describe(const LoginContext &context)
{
    const QString unknown = QStringLiteral("not known");
    const auto orUnknown = [&](const QString &text) { return text.isEmpty() ? unknown : text; };
    QStringList lines{
        QStringLiteral("%1 asks whether you are signing in.").arg(orUnknown(context.application)),
        QStringLiteral("  Server:   %1").arg(context.server),
        QStringLiteral("  Place:    %1").arg(orUnknown(context.place)),
        QStringLiteral("  Address:  %1").arg(orUnknown(context.address)),
        QStringLiteral("  Browser:  %1").arg(orUnknown(context.browser)),
        QStringLiteral("  System:   %1").arg(orUnknown(context.system)),
    };
    if (context.network == LoginContext::Network::Different)
        lines.append(QStringLiteral("  The page was opened from another network than yours."));
    if (context.channel == LoginChannel::Picture)
        lines.append(QStringLiteral("  The code came from a picture: whoever sent it to you may be "
                                    "the one who wants to sign in."));
    return lines;
}

class LoginCommand : public QObject
{
public:
    explicit LoginCommand(Session &session)
        : QObject(&session)
        , m_session(session)
        , m_provider(session.policy(), session.clock(), session.serverClocks(), session.route())
    {
    }

    void start()
    {
        if (m_session.arguments().has("push"))
            return withServers([this] { listen(); });
        const auto &operands = m_session.arguments().operands;
        if (!operands.empty() && operands.front().find("://") != std::string_view::npos)
            return m_session.fail({Errc::LoginNeedsPicture, {}});
        searchNamed(m_session, [this](const Result<ScanReport> &report) {
            if (!report)
                return m_session.fail(report.error());
            const Result<LoginCode> code = loginCodeOf(*report, m_session.policy());
            if (!code)
                return m_session.fail(code.error());
            withServers([this, code = *code] {
                begin(code, channelNamed(m_session), m_vault->accounts());
            });
        });
    }

private:
    /// Goes on once the vault is open and the way to the servers is known.
    void withServers(std::function<void()> then)
    {
        m_session.withVault([this, then = std::move(then)](Vault &vault) {
            m_vault = &vault;
            const Result<void> ready = m_session.prepareRoute();
            ready ? then() : m_session.fail(ready.error());
        });
    }

    /// Takes the first login that a server asks for.
    void listen()
    {
        m_watch = m_provider.watch();
        connect(m_watch.get(), &LoginWatch::asked, this, [this](const PushedLogin &login) {
            if (m_attempt)
                return;
            m_patience.stop();
            begin(login.code, LoginChannel::Push, accountFor(login, m_vault->accounts()));
        });
        m_patience.setSingleShot(true);
        m_patience.callOnTimeout(this, [this] { reportNone(); });
        const std::optional<QString> wait = m_session.arguments().value("wait");
        m_patience.start(std::chrono::seconds(wait ? wait->toInt() : usualWait));
        m_watch->setAccounts(m_vault->accounts());
    }

    void reportNone()
    {
        m_watch->setPaused(true);
        if (m_session.wantsJson()) {
            printDocument("none");
            return m_session.end(1);
        }
        printLine(QStringLiteral("No server asked."));
        m_session.end(1);
    }

    void begin(const LoginCode &code, LoginChannel channel, const AccountSet &accounts)
    {
        Result<std::unique_ptr<LoginAttempt>> attempt = m_provider.begin(code, channel, accounts);
        if (!attempt)
            return m_session.fail(attempt.error());
        m_attempt = std::move(*attempt);
        connect(
            m_attempt.get(), &LoginAttempt::stateChanged, this, [this] { follow(); },
            Qt::QueuedConnection);
        m_attempt->start();
    }

    void follow()
    {
        switch (m_attempt->state()) {
        case State::Contacting:
        case State::Sending:
            return;
        case State::ChoosingAccount:
            return choose();
        case State::Reviewing:
            return decide();
        case State::Approved:
        case State::Denied:
            note();
            return settle();
        case State::Failed:
            note();
            return report();
        }
    }

    void note()
    {
        if (std::optional<ActivityEvent> event = ActivityEvent::of(*m_attempt))
            m_session.activity().add(std::move(*event));
    }

    /// The first answer of the server proves a new binding. The login is over either way, so a
    /// vault that cannot be written now only leaves the proof to the next login.
    void settle()
    {
        const AccountPtr account = m_attempt->candidates().front();
        if (!isUnproven(*account))
            return report();
        const std::optional<AccountId> replaced = account->binding->replaces;
        const AccountPtr old = replaced ? m_vault->accounts().find(*replaced) : nullptr;
        m_vault->commit([id = account->id, now = m_session.now()](
                            AccountSet &accounts) { return settleBinding(accounts, id, now); },
                        this,
                        [this, old](const Result<void> &settled) {
                            if (settled && old && !old->deleted)
                                m_session.activity().add(
                                    ActivityEvent::of(ActivityEvent::Kind::AccountBinned, *old));
                            report();
                        });
    }

    void choose()
    {
        const std::vector<AccountPtr> &candidates = m_attempt->candidates();
        QString question = QStringLiteral("Which account?\n");
        for (std::size_t i = 0; i < candidates.size(); ++i)
            question += QStringLiteral("  %1  %2\n")
                            .arg(i + 1)
                            .arg(displayName(candidates[i]->issuer, candidates[i]->account));
        const std::optional<QString> answer = ask(question + QStringLiteral("Number:"));
        const std::size_t number = answer ? answer->toULongLong() : 0;
        if (number == 0 || number > candidates.size())
            return m_session.failName({Errc::AmbiguousName, {}}, candidates);
        m_attempt->choose(candidates[number - 1]->id);
    }

    void decide()
    {
        m_numberNeeded = m_attempt->context().numberDigits > 0;
        if (m_session.arguments().has("deny"))
            return m_attempt->deny(DenyReason::Cancel);
        if (!m_session.arguments().has("approve")) {
            const QString question = describe(m_attempt->context()).join(QLatin1Char('\n')) +
                                     QStringLiteral("\nApprove?");
            const Result<bool> agreed = m_session.asks(question);
            if (!agreed)
                return m_session.fail(agreed.error());
            if (!*agreed)
                return m_attempt->deny(DenyReason::Cancel);
        }
        approve();
    }

    void approve()
    {
        std::optional<QString> number = m_session.arguments().value("number");
        if (m_numberNeeded && number == QStringLiteral("-"))
            number = lineOfInput();
        if (m_numberNeeded && !number && !m_session.arguments().has("approve"))
            number = ask(QStringLiteral("Number that the page shows:"));
        // The attempt sends no number of the wrong length, and stays where it is.
        m_attempt->approve(m_numberNeeded ? number.value_or(QString()) : QString());
        if (m_attempt->state() == State::Reviewing)
            m_session.fail({Errc::NumberNeeded, {}});
    }

    void report()
    {
        const bool isDone = m_attempt->state() != State::Failed;
        const std::string_view result = resultName(*m_attempt);
        if (result.empty())
            return m_session.fail(m_attempt->failure());
        if (m_session.wantsJson())
            printDocument(result);
        else if (isDone)
            printLine(m_attempt->state() == State::Approved ? QStringLiteral("Approved.")
                                                            : QStringLiteral("Denied."));
        else
            printFailure(m_attempt->failure(), false);
        m_session.end(isDone ? 0 : 1);
    }

    void printDocument(std::string_view result) const
    {
        JsonOut out(stdout);
        out.beginObject();
        out.name("version").number(1);
        out.name("result").text(result);
        bool isNumber = false;
        const int status = m_attempt ? m_attempt->trace().answer.toInt(&isNumber) : 0;
        out.name("status");
        isNumber ? out.number(status) : out.null();
        out.name("account_id");
        if (m_attempt && m_attempt->candidates().size() == 1)
            out.text(idText(m_attempt->candidates().front()->id));
        else
            out.null();
        const QByteArray context = m_attempt ? m_attempt->rawContext() : QByteArray();
        out.name("context");
        context.isEmpty() ? out.null() : out.json(context);
        out.name("number_needed").boolean(m_numberNeeded);
        out.endObject();
    }

    Session &m_session;
    Pct1Provider m_provider;
    Vault *m_vault = nullptr; ///< the session's, once it is open
    std::unique_ptr<LoginWatch> m_watch;
    QTimer m_patience;
    std::unique_ptr<LoginAttempt> m_attempt;
    bool m_numberNeeded = false;
};

} // namespace

void runLogin(Session &session)
{
    (new LoginCommand(session))->start();
}

} // namespace hufu
