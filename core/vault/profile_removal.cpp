#include "core/vault/profile_removal.h"

#include <QDir>
#include <QPointer>

#include <algorithm>

namespace hufu {

ProfileRemoval::ProfileRemoval(std::unique_ptr<SecretStore> store, VaultPlace place,
                               QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_place(std::move(place))
{
}

ProfileRemoval::~ProfileRemoval() = default;

void ProfileRemoval::start(QObject *context, Answer<int> answer)
{
    m_answer = [context = QPointer(context),
                answer = std::move(answer)](Result<int> result) mutable {
        if (context)
            answerLater<int>(context, std::move(answer), std::move(result));
    };
    if (m_place.profile == QLatin1String("default"))
        return finish(failure(Errc::ProfileProtected));
    // A writer that is at work must not put back what we remove.
    if (!QDir().mkpath(m_place.dataPath))
        return finish(failure(Errc::VaultUnwritable));
    m_lock = std::make_unique<VaultLock>(m_place.dataPath, nullptr);
    m_lock->acquire([this](const Result<void> &locked) {
        if (!locked)
            return finish(tl::unexpected(locked.error()));
        m_store->list(m_place.entryKey({}), this, [this](const Result<QStringList> &keys) {
            if (!keys)
                return finish(tl::unexpected(keys.error()));
            m_keys = *keys;
            const QString head = m_place.entryKey(QStringLiteral("head-"));
            std::stable_partition(m_keys.begin(), m_keys.end(),
                                  [&](const QString &key) { return key.startsWith(head); });
            removeNext();
        });
    });
}

void ProfileRemoval::removeNext()
{
    if (m_next == m_keys.size())
        return removeFolders();
    m_store->remove(m_keys.at(m_next), this, [this](const Result<void> &removed) {
        if (!removed)
            return finish(tl::unexpected(removed.error()));
        ++m_next;
        removeNext();
    });
}

void ProfileRemoval::removeFolders()
{
    m_lock->release();
    const bool isGone =
        QDir(m_place.configPath).removeRecursively() && QDir(m_place.dataPath).removeRecursively();
    if (!isGone)
        return finish(failure(Errc::VaultUnwritable));
    finish(static_cast<int>(m_keys.size()));
}

void ProfileRemoval::finish(Result<int> result)
{
    if (m_lock)
        m_lock->release();
    m_answer(std::move(result));
}

} // namespace hufu
