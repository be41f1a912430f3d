#pragma once

#include "core/vault/secret_store.h"
#include "core/vault/vault_reader.h"

#include <QCoreApplication>
#include <QTimer>

#include <set>

namespace hufu::test {

/// What lies in a store though neither head of the vault names it, or is named and missing; a
/// sentence where the vault cannot be read as it should be after a commit. Empty: all is well.
///
/// @param password  that opens it; empty: none is needed
inline QStringList leftOver(SecretStore &store, const VaultPlace &place,
                            std::string_view password = {})
{
    constexpr int answerTime = 30'000; // ms
    VaultReader reader(store, place, nullptr);
    const auto passwordTry = std::make_shared<PasswordTry>();
    passwordTry->password = std::move(*SecretBytes::copyOf(password));
    std::optional<Result<VaultReading>> reading;
    reader.read({}, VaultReader::Lock::Held, passwordTry,
                [&reading](Result<VaultReading> result) { reading = std::move(result); });
    std::optional<Result<QStringList>> listed;
    store.list(place.entryKey({}), &store,
               [&listed](Result<QStringList> result) { listed = std::move(result); });
    // QTest's waiting sleeps between its looks, which the thousands of faults add up.
    QTimer limit;
    limit.setSingleShot(true);
    limit.start(answerTime);
    while (!(reading && listed) && limit.isActive())
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    if (!reading || !listed || !*reading || !*listed)
        return {QStringLiteral("the vault cannot be read")};
    const VaultReading &found = **reading;
    if (!found.otherPages || !found.state || found.state->writing || found.slotsDiffer)
        return {QStringLiteral("the last commit is not done")};

    std::set<QString> named{place.entryKey(headEntryName(found.contents.generation))};
    if (found.otherDigest)
        named.insert(place.entryKey(headEntryName(found.contents.generation + 1)));
    for (const StoredPagePtr &page : found.contents.pages)
        named.insert(place.entryKey(pageEntryName(page->entry->id)));
    for (const PageId &page : *found.otherPages)
        named.insert(place.entryKey(pageEntryName(page)));
    QStringList wrong;
    const std::set<QString> there((*listed)->begin(), (*listed)->end());
    std::ranges::set_symmetric_difference(there, named, std::back_inserter(wrong));
    return wrong;
}

} // namespace hufu::test
