#include "app/cli/session.h"

#include "app/cli/json_out.h"
#include "app/cli/terminal.h"
#include "core/vault/keychain_store.h"
#include "ui/error_text.h"

#include <QCoreApplication>

namespace hufu {
namespace {

/// The command line was judged before, so what is there is a number.
std::optional<int> descriptorNamed(const Arguments &arguments)
{
    const std::optional<QString> descriptor = arguments.value("password-fd");
    return descriptor ? std::optional(descriptor->toInt()) : std::nullopt;
}

} // namespace

Result<VaultPlace> placeOf(const Arguments &arguments, const QString &profile)
{
    const std::optional<QString> folder = arguments.value("portable");
    return folder ? VaultPlace::portable(*folder, profile) : VaultPlace::ofProfile(profile);
}

Session::Session(Arguments arguments)
    : m_arguments(std::move(arguments))
    , m_passwordInput(descriptorNamed(m_arguments))
{
}

Session::~Session() = default;

Result<void> Session::prepare()
{
    const QString profile = m_arguments.value("profile").value_or(QStringLiteral("default"));
    Result<VaultPlace> place = placeOf(m_arguments, profile);
    if (!place)
        return tl::unexpected(place.error());
    m_place = std::move(*place);
    const std::optional<QString> file = m_arguments.value("policy");
    Result<Policy> policy = file ? loadPolicyFile(*file, profile) : loadSystemPolicy();
    if (!policy)
        return tl::unexpected(policy.error());
    m_policy = std::move(*policy);
    if (m_passwordInput.asksPerson())
        return {};
    Result<SecretBytes> first = m_passwordInput.next({});
    if (!first && first.error().code != Errc::PasswordNeeded)
        return tl::unexpected(first.error());
    if (first)
        m_password = std::move(*first);
    return {};
}

std::chrono::sys_seconds Session::now() const
{
    return m_clock.second();
}

QString Session::settingsFile() const
{
    return m_place.configPath + QStringLiteral("/settings.ini");
}

void Session::withVault(std::function<void(Vault &)> then)
{
    vault().open(this, [this, then = std::move(then)](const Result<void> &opened) {
        if (!opened)
            return fail(opened.error());
        if (m_vault->state() == Vault::State::Locked)
            return unlock(then);
        if (m_vault->state() == Vault::State::OlderState)
            return fail(m_vault->problem().value_or(Error{Errc::VaultOlderState, {}}));
        then(*m_vault);
    });
}

Result<void> Session::prepareRoute()
{
    m_route.setSettings(ProxySettings::read(settingsFile()));
    if (!m_route.settings().wantsPassword() || m_route.hasPassword())
        return {};
    if (m_passwordInput.asksPerson() && !canAsk())
        return {};
    const QString question = QStringLiteral("Password of %1 for the proxy %2:")
                                 .arg(m_route.settings().user, m_route.settings().host);
    Result<SecretBytes> password =
        m_passwordInput.asksPerson() ? m_passwordInput.next(question) : takePassword();
    if (!password && !m_passwordInput.asksPerson())
        password = m_passwordInput.next(question); // the first line has opened the vault
    if (!password)
        return tl::unexpected(password.error());
    m_route.setPassword(std::move(*password));
    return {};
}

Vault &Session::vault()
{
    if (!m_vault) {
        m_vault = std::make_unique<Vault>(makeSystemKeychain(), m_place, m_clock);
        m_usage = std::make_unique<VaultUsage>(*m_vault, m_place, *m_serverClocks, m_clock);
        m_activity = std::make_unique<Activity>(*m_vault, m_place, m_clock);
        connect(m_usage.get(), &VaultUsage::setAside, this,
                [this] { note(ActivityEvent::Kind::UsageBegunAnew); });
    }
    return *m_vault;
}

Activity &Session::activity()
{
    (void)vault(); // makes both
    return *m_activity;
}

void Session::note(ActivityEvent::Kind kind)
{
    ActivityEvent event;
    event.kind = kind;
    activity().add(std::move(event));
}

void Session::unlock(const std::function<void(Vault &)> &then)
{
    Result<SecretBytes> password = m_passwordInput.asksPerson()
                                       ? m_passwordInput.next(QStringLiteral("App password:"))
                                       : takePassword();
    if (!password)
        return fail(password.error());
    if (m_arguments.command == QLatin1String("password") ||
        m_arguments.command == QLatin1String("move")) { // they need it once more
        Result<SecretBytes> copy = SecretBytes::copyOf(password->view());
        if (!copy)
            return fail(copy.error());
        m_password = std::move(*copy);
    }
    m_vault->unlock(std::move(*password), this, [this, then](const Result<void> &unlocked) {
        if (!unlocked)
            return fail(unlocked.error());
        if (m_vault->state() == Vault::State::OlderState)
            return fail(m_vault->problem().value_or(Error{Errc::VaultOlderState, {}}));
        then(*m_vault);
    });
}

Result<SecretBytes> Session::takePassword()
{
    if (m_password)
        return std::move(*std::exchange(m_password, std::nullopt));
    if (m_passwordInput.asksPerson())
        return SecretBytes();
    return failure(Errc::PasswordNeeded, QStringLiteral("--password-fd has no line"));
}

void Session::end(int status)
{
    QMetaObject::invokeMethod(
        this, [status] { QCoreApplication::exit(status); }, Qt::QueuedConnection);
}

void Session::fail(const Error &error)
{
    failName(error, {});
}

void Session::failName(const Error &error, const std::vector<AccountPtr> &fitting)
{
    const bool isFile = m_vault && m_vault->storage() == Vault::Storage::File;
    printFailure(error, wantsJson(), fitting, isFile ? KeptIn::File : KeptIn::Keychain);
    end(1);
}

Result<bool> Session::asks(const QString &question) const
{
    if (isAgreed())
        return true;
    if (!canAsk())
        return failure(Errc::ConsentNeeded);
    return agrees(question);
}

QString displayName(const QString &issuer, const QString &account)
{
    const QString separator =
        issuer.isEmpty() || account.isEmpty() ? QString() : QStringLiteral(":");
    return printable(issuer) + separator + printable(account);
}

void printFailure(const Error &error, bool asJson, const std::vector<AccountPtr> &fitting,
                  KeptIn keptIn)
{
    // The detail of this one is the host, which belongs into the sentence.
    // And the words of the window are about an account that was in its list a moment ago.
    const QString message = error.code == Errc::UnboundServer
                                ? ErrorText::ofUnbound(error.detail).whole()
                            : error.code == Errc::NoSuchAccount
                                ? QStringLiteral("No account has this name. See \"list\".")
                                : ErrorText::of(error.code, keptIn).whole();
    if (!asJson) {
        printNotice(QStringLiteral("hufu-cli: ") + message);
        if (!error.detail.isEmpty())
            printNotice(
                QStringLiteral("          (%1: %2)").arg(errcName(error.code), error.detail));
        for (const AccountPtr &account : fitting)
            printNotice(
                QStringLiteral("  %1  %2")
                    .arg(idText(account->id), displayName(account->issuer, account->account)));
        return;
    }
    JsonOut out(stderr);
    out.beginObject();
    out.name("version").number(1);
    out.name("error").beginObject();
    out.name("code").text(errcName(error.code));
    out.name("message").text(message);
    out.name("detail").text(error.detail);
    if (!fitting.empty()) {
        out.name("fitting").beginArray();
        for (const AccountPtr &account : fitting) {
            out.beginObject();
            out.name("id").text(idText(account->id));
            out.name("issuer").text(account->issuer);
            out.name("account").text(account->account);
            out.endObject();
        }
        out.endArray();
    }
    out.endObject();
    out.endObject();
}

} // namespace hufu
