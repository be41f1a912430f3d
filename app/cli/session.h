#pragma once

#include "app/cli/arguments.h"
#include "app/cli/password_input.h"
#include "core/activity/activity.h"
#include "core/base/clock.h"
#include "core/login/proxy_route.h"
#include "core/policy/policy.h"
#include "core/vault/vault.h"
#include "core/vault/vault_usage.h"
#include "ui/error_text.h"

#include <memory>

namespace hufu {

/// One call of hufu-cli: its arguments, the core objects that its command needs, and its end. The
/// context of every answer. Main thread.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(Arguments arguments);
    ~Session() override;

    /// Reads profile, policy, and from `--password-fd` the first line, since what follows it may be
    /// the command's input. Errors: ProfileNameInvalid, PolicyRefused, PolicyFixed, FileUnreadable,
    /// SecretMemoryFull.
    [[nodiscard]] Result<void> prepare();

    [[nodiscard]] const Arguments &arguments() const { return m_arguments; }
    [[nodiscard]] bool wantsJson() const { return m_arguments.has("json"); }
    /// Whether questions are answered with yes beforehand.
    [[nodiscard]] bool isAgreed() const { return m_arguments.has("yes"); }
    [[nodiscard]] const Policy &policy() const { return m_policy; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] std::chrono::sys_seconds now() const;
    /// The settings of the profile, which the window writes.
    [[nodiscard]] QString settingsFile() const;

    /// Opens the profile's vault, with the app password where one is set, then goes on; a failure
    /// ends the call.
    void withVault(std::function<void(Vault &)> then);
    [[nodiscard]] PasswordInput &passwordInput() { return m_passwordInput; }
    /// The app password that was given for withVault, or as the first line of the descriptor, once;
    /// empty where none was asked for. Errors: PasswordNeeded where the descriptor had no line.
    [[nodiscard]] Result<SecretBytes> takePassword();

    /// How servers are reached, as the profile's settings say; for a provider.
    [[nodiscard]] const ProxyRoute *route() const { return &m_route; }
    /// Before the first request: reads the settings, and where the proxy wants a password asks the
    /// person for it, or takes the line of the descriptor that the app password left. Where nobody
    /// can be asked the proxy gets no login, and says what it thinks of that.
    /// Errors: PasswordNeeded, SecretMemoryFull.
    [[nodiscard]] Result<void> prepareRoute();

    /// The profile's vault as it is, not opened.
    [[nodiscard]] Vault &vault();
    /// What is known of servers' clocks: what the profile keeps of them once its vault is open.
    [[nodiscard]] const std::shared_ptr<ServerClocks> &serverClocks() const
    {
        return m_serverClocks;
    }
    /// What happened in the profile; what a command did goes there once it is done.
    [[nodiscard]] Activity &activity();
    /// Takes down what happened to the profile itself.
    void note(ActivityEvent::Kind kind);

    /// Ends the call with a status, once the event loop runs.
    void end(int status);
    /// Says what went wrong, as contracts.md 2 wants it, and ends with status 1.
    void fail(const Error &error);
    /// The same for a name that fits several accounts or none: names those it fits.
    void failName(const Error &error, const std::vector<AccountPtr> &fitting);

    /// Whether the person agrees to `question`. Errors: ConsentNeeded where nobody can be asked.
    [[nodiscard]] Result<bool> asks(const QString &question) const;

private:
    void unlock(const std::function<void(Vault &)> &then);

    Arguments m_arguments;
    PasswordInput m_passwordInput;
    std::optional<SecretBytes> m_password; ///< as given
    Policy m_policy;
    SystemClock m_clock;
    VaultPlace m_place;
    ProxyRoute m_route;
    std::unique_ptr<Vault> m_vault;
    std::shared_ptr<ServerClocks> m_serverClocks = std::make_shared<ServerClocks>(m_clock);
    std::unique_ptr<VaultUsage> m_usage;
    std::unique_ptr<Activity> m_activity; ///< writes to the end, with the vault's key
};

/// Where the profile of that name lies, as --portable says or in its usual place.
/// Errors: as VaultPlace::ofProfile and VaultPlace::portable.
[[nodiscard]] Result<VaultPlace> placeOf(const Arguments &arguments, const QString &profile);

/// `issuer:account`, or the one that there is; for people.
[[nodiscard]] QString displayName(const QString &issuer, const QString &account);

/// Prints a failure to standard error: a sentence, or the document of contracts.md 2.
void printFailure(const Error &error, bool asJson, const std::vector<AccountPtr> &fitting = {},
                  KeptIn keptIn = KeptIn::Keychain);

} // namespace hufu
