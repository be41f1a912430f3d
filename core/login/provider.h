#pragma once

#include "core/account/account_set.h"
#include "core/login/binding_fetch.h"
#include "core/payload/payload.h"

#include <QObject>

#include <memory>

namespace hufu {

/// How a login code reached us; the server is told (protocol.md B3.3, `via`).
enum class LoginChannel { Screen, Camera, Picture, Push };

/// What the server says about who asks. Every member may be unknown (empty): shown as "not known".
/// Texts are at most 128 characters, plain, without bidi overrides (security.md 11).
struct LoginContext
{
    enum class Network { Same, Different, Unknown };

    QString application;
    QString server; ///< host of the binding, from our own store
    QString place;
    QString address; ///< of the browser
    Network network = Network::Unknown;
    QString browser;
    QString system;
    std::optional<std::chrono::sys_seconds> asked; ///< by this machine's clock
    UtcTime expires;                               ///< the same
    LoginChannel channel = LoginChannel::Screen;
    int numberDigits = 0; ///< 2 to 6 if the page shows a number to match, else 0
};

enum class DenyReason { Cancel, NotMe };

/// One login from the code to its end. A course of steps; GUI thread. What is shown follows
/// state(); the calls do nothing in a state that they do not fit.
class LoginAttempt : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Contacting,      ///< asking the server; nothing to decide yet
        ChoosingAccount, ///< candidates() has several: choose()
        Reviewing,       ///< context() is authentic and complete: approve() or deny()
        Sending,
        Approved,
        Denied,
        Failed, ///< failure() says why: LoginExpired, LoginAnsweredElsewhere, WrongNumber, …
    };
    Q_ENUM(State)

    using QObject::QObject;

    /// Begins. Called once, after the receiver has connected to stateChanged().
    virtual void start() = 0;
    /// Goes on with one of candidates(). In ChoosingAccount only.
    virtual void choose(const AccountId &id) = 0;
    /// In Reviewing only. `number` is what the person typed, empty if none is asked for; a number
    /// of the wrong length is not sent.
    virtual void approve(const QString &number) = 0;
    virtual void deny(DenyReason reason) = 0;

    [[nodiscard]] virtual State state() const = 0;
    [[nodiscard]] virtual const LoginContext &context() const = 0;
    /// The accounts that the application knows here; one of them once it is chosen.
    [[nodiscard]] virtual const std::vector<AccountPtr> &candidates() const = 0;
    [[nodiscard]] virtual const Error &failure() const = 0;
    [[nodiscard]] virtual LoginTrace trace() const = 0;
    /// The scan answer's `context` member as received, JSON; for `hufu-cli login --json`.
    [[nodiscard]] virtual QByteArray rawContext() const = 0;

signals:
    void stateChanged();
};

/// A login that a server asks for by itself, not looked at yet. Holds nothing secret.
struct PushedLogin
{
    LoginCode code;
    DeviceId device{}; ///< of the binding that it is for

    [[nodiscard]] bool operator==(const PushedLogin &other) const
    {
        return code.token == other.code.token && code.base == other.code.base &&
               device == other.device;
    }
};

/// The one of `accounts` that `login` is for, as a set for LoginProvider::begin; empty if it is
/// gone.
[[nodiscard]] AccountSet accountFor(const PushedLogin &login, const AccountSet &accounts);

/// Listens for logins that servers ask for by themselves. Says nothing of failures: it goes on
/// trying, ever more slowly. A course without an end; GUI thread.
class LoginWatch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Listens for the bound ones of `accounts` from now on and for no others. Keeps of each only
    /// what may stay in memory while Hufu is locked (contracts.md 7), which approves nothing.
    virtual void setAccounts(const AccountSet &accounts) = 0;
    /// Asks nobody while the machine sleeps or nobody can see its screen; asks at once afterwards.
    virtual void setPaused(bool isPaused) = 0;

signals:
    /// Once for each login as long as its server speaks of it.
    void asked(const hufu::PushedLogin &login);
    /// Its server speaks of it no more: answered elsewhere, expired, or being looked at.
    void isOver(const hufu::PushedLogin &login);
    /// Said again and again of a binding that has not worked before: its server knows its key now.
    void works(const hufu::DeviceId &device);
};

/// The seam for ways of confirming a login (architecture.md, "Login providers"): nothing above it
/// knows an address, a field name or a signature.
class LoginProvider
{
public:
    virtual ~LoginProvider() = default;

    /// A binding to be fetched from its one-time address, not started. No packet leaves before
    /// start(), which a person has to agree to: nobody is bound there yet.
    [[nodiscard]] virtual std::unique_ptr<BindingFetch> fetch(const BindingAddress &address) = 0;

    /// A login for one of `accounts`, not started. No packet leaves before start().
    /// Errors: UnboundServer if no account is bound there; the host is `code.host`.
    [[nodiscard]] virtual Result<std::unique_ptr<LoginAttempt>>
    begin(const LoginCode &code, LoginChannel channel, const AccountSet &accounts) = 0;

    /// What listens for pushed logins, for no account yet; null where the way knows none.
    [[nodiscard]] virtual std::unique_ptr<LoginWatch> watch() { return nullptr; }
};

} // namespace hufu
