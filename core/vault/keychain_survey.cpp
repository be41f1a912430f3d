#include "core/vault/bus_call.h"
#include "core/vault/keychain_backend.h"
#include "core/vault/keychain_store.h"
#include "core/vault/kwallet_service.h"

namespace hufu {
namespace {

using Backend = KeychainBackend;
using Items = std::vector<SecretService::Item>;

/// Each key once.
QStringList keysOf(const Items &items)
{
    QStringList keys;
    for (const SecretService::Item &item : items)
        keys.append(item.key);
    keys.removeDuplicates();
    return keys;
}

} // namespace

void KeychainStore::list(const QString &prefix, QObject *context, Answer<QStringList> answer)
{
    switch (keychainBackendInUse()) {
    case Backend::SecretService:
        return m_service.list(prefix, context, [answer](const Result<Items> &items) {
            answer(items ? Result<QStringList>(keysOf(*items)) : tl::unexpected(items.error()));
        });
    case Backend::KWallet5:
        return kwallet::list(prefix, context, std::move(answer));
    case Backend::Native: // QtKeychain cannot list; the heads name the pages
        return answerLater<QStringList>(context, std::move(answer), QStringList());
    }
}

void KeychainStore::survey(const QString &prefix, QObject *context, Answer<StoreSurvey> answer)
{
    if (keychainBackendInUse() != Backend::SecretService) {
        const Answer<QStringList> next = [this, prefix, context,
                                          answer](const Result<QStringList> &keys) {
            if (!keys)
                return answer(tl::unexpected(keys.error()));
            surveyOther(prefix, {.keys = *keys, .doubled = {}, .elsewhere = {}}, context, answer);
        };
        return list(prefix, context, next);
    }
    const Answer<Items> next = [this, prefix, context, answer](const Result<Items> &items) {
        if (!items)
            return answer(tl::unexpected(items.error()));
        StoreSurvey survey{.keys = keysOf(*items), .doubled = {}, .elsewhere = {}};
        for (const SecretService::Item &item : *items)
            survey.doubled[item.key].append(item.collection);
        survey.doubled.removeIf([](const auto &entry) { return entry.value().size() < 2; });
        surveyOther(prefix, std::move(survey), context, answer);
    };
    m_service.list(prefix, context, next);
}

/// Looks into the other backend of a Linux session, if it runs; where it does not, or is locked,
/// nothing is said about it: the doctor starts nobody and asks nobody.
void KeychainStore::surveyOther(QString prefix, StoreSurvey survey, QObject *context,
                                Answer<StoreSurvey> answer)
{
    const bool kwalletIsOther = keychainBackendInUse() == Backend::SecretService;
    if (keychainBackendInUse() == Backend::Native)
        return answer(std::move(survey));
    const Answer<QStringList> take = [kwalletIsOther, survey,
                                      answer](const Result<QStringList> &keys) {
        StoreSurvey whole = survey;
        if (keys && !keys->isEmpty())
            whole.elsewhere.push_back(
                {kwalletIsOther ? kwalletName() : secretServiceName(), *keys});
        answer(std::move(whole));
    };
    const QString name = kwalletIsOther ? kwallet::busName() : SecretService::busName();
    const Answer<bool> next = [this, kwalletIsOther, prefix, context,
                               take](const Result<bool> &isThere) {
        if (!isThere.value_or(false))
            return take(QStringList());
        if (kwalletIsOther)
            return kwallet::list(prefix, context, take);
        m_service.list(prefix, context, [take](const Result<Items> &items) {
            take(items ? Result<QStringList>(keysOf(*items)) : tl::unexpected(items.error()));
        });
    };
    askWhetherOnBus(name, context, next);
}

} // namespace hufu
