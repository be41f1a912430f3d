#include "core/vault/profile_removal.h"

#include "core/vault/vault_lock.h"
#include "core/vault/vault_reader.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

/// One removal; ends itself.
class Removal : public QObject
{
    Q_OBJECT

public:
    Removal(SecretStore &store, const VaultPlace &place, QObject *context, Answer<int> answer)
        : QObject(context)
        , m_store(store)
        , m_place(place)
        , m_answer(std::move(answer))
        , m_lock(place.dataPath, this)
        , m_reader(store, place, this)
    {
    }

    void start()
    {
        if (!QDir(m_place.dataPath).exists())
            return findEntries();
        m_lock.acquire([this](const Result<void> &locked) {
            if (!locked)
                return finish(tl::unexpected(locked.error()));
            findEntries();
        });
    }

private:
    void findEntries()
    {
        if (m_place.isPortable) // the keychain's entries are those of a profile that is not
            return QTimer::singleShot(0, this, &Removal::removeFolders);
        m_store.list(m_place.entryKey(QString()), this, [this](const Result<QStringList> &keys) {
            if (!keys && keys.error().code == Errc::KeychainMissing && liesInFile())
                return removeFolders();
            if (!keys)
                return finish(tl::unexpected(keys.error()));
            m_keys = *keys;
            if (m_keys.isEmpty())
                return readHeads();
            removeNext();
        });
    }

    [[nodiscard]] bool liesInFile() const
    {
        return VaultSettings::read(m_place.configPath).store == VaultSettings::inFile;
    }

    /// A store that cannot list its entries: the heads name the pages.
    void readHeads()
    {
        const auto taken = [this](const Result<VaultReading> &reading) {
            if (!reading)
                return removeNext();
            for (const StoredPagePtr &page : reading->contents.pages)
                m_keys.append(m_place.entryKey(pageEntryName(page->entry->id)));
            for (const PageId &page : reading->otherPages.value_or(std::vector<PageId>()))
                m_keys.append(m_place.entryKey(pageEntryName(page)));
            for (std::uint64_t g = 1; g <= std::min<std::uint64_t>(2, reading->contents.generation);
                 ++g)
                m_keys.append(m_place.entryKey(headEntryName(g)));
            m_keys.removeDuplicates();
            removeNext();
        };
        m_reader.read({}, VaultReader::Lock::Held, taken);
    }

    void removeNext()
    {
        if (m_keys.isEmpty())
            return removeFolders();
        // Pages before heads, so that a second try still finds what is left.
        const auto page = std::ranges::find_if(
            m_keys, [](const QString &key) { return !key.contains(u"/head-"_s); });
        const auto next = page == m_keys.end() ? m_keys.begin() : page;
        const QString key = *next;
        m_keys.erase(next);
        m_store.remove(key, this, [this](const Result<void> &removed) {
            if (!removed)
                return finish(tl::unexpected(removed.error()));
            ++m_removed;
            removeNext();
        });
    }

    void removeFolders()
    {
        m_lock.release(); // its file goes with the folder
        m_removed += QFileInfo::exists(m_place.vaultFile()) ? 1 : 0;
        for (const QString &path : {m_place.dataPath, m_place.configPath}) {
            if (QDir(path).exists() && !QDir(path).removeRecursively())
                return finish(failure(Errc::VaultUnwritable, u"a folder cannot be removed"_s));
        }
        finish(m_removed);
    }

    void finish(Result<int> result)
    {
        m_lock.release();
        m_answer(std::move(result));
        deleteLater();
    }

    SecretStore &m_store;
    VaultPlace m_place;
    Answer<int> m_answer;
    VaultLock m_lock;
    VaultReader m_reader;
    QStringList m_keys;
    int m_removed = 0;
};

} // namespace

void removeProfile(SecretStore &store, const VaultPlace &place, QObject *context,
                   Answer<int> answer)
{
    if (place.profile == u"default"_s)
        return answerLater<int>(context, std::move(answer), failure(Errc::ProfileProtected));
    auto *removal = new Removal(store, place, context, std::move(answer)); // ends itself
    removal->start();
}

} // namespace hufu

#include "profile_removal.moc"
