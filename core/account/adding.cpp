#include "core/account/adding.h"

#include <QHash>

#include <algorithm>

namespace hufu {
namespace {

bool sameSecret(const KeyUri &uri, const Account &account)
{
    return uri.parameters.type == account.parameters.type &&
           equalInConstantTime(uri.secret.view(), account.secret.view());
}

bool sameName(const KeyUri &uri, const Account &account)
{
    return uri.issuer == account.issuer && uri.account == account.account;
}

bool sameBinding(const KeyUri &uri, const Account &account)
{
    return uri.binding && account.binding && uri.binding->api == account.binding->api &&
           uri.binding->appId == account.binding->appId && uri.binding->uid == account.binding->uid;
}

/// Nothing new comes with `uri`: the key is known, and so is the binding if there is one.
bool isKnown(const KeyUri &uri, const Account &account)
{
    return sameSecret(uri, account) && (!uri.binding || sameBinding(uri, account));
}

bool isNamed(const Account &account, const QString &issuer, const QString &name)
{
    return !account.deleted && account.issuer == issuer && account.account == name;
}

/// The issuer with the first number that makes the name free.
QString freeIssuer(const KeyUri &uri, const std::function<bool(const QString &issuer)> &isTaken)
{
    QString issuer = uri.issuer;
    for (int number = 2; isTaken(issuer); ++number)
        issuer = (uri.issuer + QLatin1Char(' ') + QString::number(number)).trimmed();
    return issuer;
}

Result<void> toBin(AccountSet &accounts, const Account &account, std::chrono::sys_seconds now)
{
    Result<Account> binned = account.copy();
    if (!binned)
        return tl::unexpected(binned.error());
    binned->deleted = binned->changed = now;
    return accounts.replace(std::move(*binned));
}

AddConflict conflictAmong(const KeyUri &uri, const std::vector<AccountPtr> &accounts)
{
    AddConflict conflict;
    for (const AccountPtr &account : accounts) {
        if (account->deleted)
            continue;
        if (isKnown(uri, *account))
            return {AddConflict::Kind::SameAccount, account};
        if (sameBinding(uri, *account))
            conflict = {AddConflict::Kind::SameBinding, account};
        else if (conflict.kind == AddConflict::Kind::None && sameName(uri, *account))
            conflict = {AddConflict::Kind::SameName, account};
    }
    return conflict;
}

/// Adds the account, for which a name is free where it does not replace another.
Result<AccountId> put(AccountSet &accounts, KeyUri &&uri, const AccountPtr &replaced,
                      std::chrono::sys_seconds now)
{
    Account account = makeAccount(std::move(uri), now);
    const AccountId id = account.id;
    if (replaced && account.binding) {
        account.binding->replaces = replaced->id;
    } else if (replaced) {
        if (const Result<void> binned = toBin(accounts, *replaced, now); !binned)
            return tl::unexpected(binned.error());
    }
    if (const Result<void> added = accounts.add(std::move(account)); !added)
        return tl::unexpected(added.error());
    return id;
}

// The hashes are seeded anew in each process, so nobody can choose names that collide.
std::size_t traitOfKey(const SecretBytes &secret)
{
    return qHashBits(secret.view().data(), secret.size(), std::size_t(QHashSeed::globalSeed()));
}

std::size_t traitOfName(const QString &issuer, const QString &account)
{
    return qHashMulti(std::size_t(QHashSeed::globalSeed()), issuer, account);
}

/// Of a Binding or a BindingOffer.
template <typename T>
std::size_t traitOfBinding(const T &binding)
{
    std::size_t hash = std::size_t(QHashSeed::globalSeed());
    for (const std::string *part : {&binding.api, &binding.appId, &binding.uid})
        hash = qHashBits(part->data(), part->size(), hash);
    return hash;
}

} // namespace

AddConflict conflictOf(const KeyUri &uri, const AccountSet &accounts)
{
    return conflictAmong(uri, accounts.all());
}

Result<AccountId> addFromUri(AccountSet &accounts, KeyUri &&uri, AddChoice choice,
                             std::chrono::sys_seconds now)
{
    const AddConflict conflict = conflictOf(uri, accounts);
    if (conflict.kind == AddConflict::Kind::SameAccount)
        return failure(Errc::AccountExists);
    if (choice == AddChoice::Replace && conflict.existing)
        return put(accounts, std::move(uri), conflict.existing, now);
    uri.issuer = freeIssuer(uri, [&](const QString &issuer) {
        return std::ranges::any_of(accounts.all(), [&](const AccountPtr &account) {
            return isNamed(*account, issuer, uri.account);
        });
    });
    return put(accounts, std::move(uri), nullptr, now);
}

AccountAdder::AccountAdder(AccountSet &accounts)
    : m_accounts(accounts)
{
    m_byTrait.reserve(2 * accounts.size());
    for (const AccountPtr &account : accounts.all())
        learn(account);
}

AddConflict AccountAdder::conflictOf(const KeyUri &uri) const
{
    const Trait key = traitOfKey(uri.secret);
    const Trait name = traitOfName(uri.issuer, uri.account);
    return conflictAmong(uri, uri.binding ? having({key, traitOfBinding(*uri.binding), name})
                                          : having({key, name}));
}

Result<AccountId> AccountAdder::add(KeyUri &&uri, AddChoice choice, std::chrono::sys_seconds now)
{
    const AddConflict conflict = conflictOf(uri);
    if (conflict.kind == AddConflict::Kind::SameAccount)
        return failure(Errc::AccountExists);
    const AccountPtr replaced = choice == AddChoice::Replace ? conflict.existing : nullptr;
    if (!replaced) {
        uri.issuer = freeIssuer(uri, [&](const QString &issuer) {
            return std::ranges::any_of(
                having({traitOfName(issuer, uri.account)}),
                [&](const AccountPtr &account) { return isNamed(*account, issuer, uri.account); });
        });
    }
    const Result<AccountId> id = put(m_accounts, std::move(uri), replaced, now);
    if (id)
        learn(m_accounts.find(*id));
    return id;
}

void AccountAdder::learn(const AccountPtr &account)
{
    m_byTrait[traitOfKey(account->secret)].push_back(account->id);
    m_byTrait[traitOfName(account->issuer, account->account)].push_back(account->id);
    if (account->binding)
        m_byTrait[traitOfBinding(*account->binding)].push_back(account->id);
}

std::vector<AccountPtr> AccountAdder::having(std::initializer_list<Trait> traits) const
{
    std::vector<AccountPtr> found;
    for (const Trait trait : traits) {
        const auto known = m_byTrait.find(trait);
        if (known == m_byTrait.end())
            continue;
        for (const AccountId &id : known->second)
            found.push_back(m_accounts.find(id));
    }
    return found;
}

} // namespace hufu
