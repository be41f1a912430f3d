#include "core/vault/chosen_store.h"

#include "core/vault/vault_settings.h"

namespace hufu {

ChosenStore::ChosenStore(std::unique_ptr<SecretStore> keychain, VaultPlace place)
    : m_place(std::move(place))
    , m_keychain(std::move(keychain))
    , m_file(m_place)
    , m_current(m_keychain.get())
{
    if (namesFile())
        m_current = &m_file;
    connect(m_keychain.get(), &SecretStore::settled, this, &SecretStore::settled);
    connect(&m_file, &SecretStore::settled, this, &SecretStore::settled);
}

ChosenStore::~ChosenStore() = default;

bool ChosenStore::namesFile() const
{
    return m_place.isPortable ||
           VaultSettings::read(m_place.configPath).store == VaultSettings::inFile;
}

void ChosenStore::beginReading(QObject *context, Answer<Keeping> answer)
{
    const QString named = VaultSettings::read(m_place.configPath).store;
    const bool isFile = m_place.isPortable || named == VaultSettings::inFile;
    if (!isFile && named != VaultSettings::inKeychain)
        return answerLater<Keeping>(
            context, std::move(answer),
            failure(Errc::VaultNewerVersion, QStringLiteral("a store of another kind")));
    m_current = isFile ? &m_file : m_keychain.get();
    m_current->beginReading(context, std::move(answer));
}

void ChosenStore::replaceAll(const std::map<QString, QByteArray> &added, const QStringList &kept,
                             QObject *context, Answer<void> answer)
{
    m_current->replaceAll(added, kept, context, std::move(answer));
}

void ChosenStore::read(const QString &key, QObject *context, Answer<QByteArray> answer)
{
    m_current->read(key, context, std::move(answer));
}

void ChosenStore::write(const QString &key, const QByteArray &value, QObject *context,
                        Answer<void> answer)
{
    m_current->write(key, value, context, std::move(answer));
}

void ChosenStore::remove(const QString &key, QObject *context, Answer<void> answer)
{
    m_current->remove(key, context, std::move(answer));
}

void ChosenStore::list(const QString &prefix, QObject *context, Answer<QStringList> answer)
{
    m_current->list(prefix, context, std::move(answer));
}

void ChosenStore::survey(const QString &prefix, QObject *context, Answer<StoreSurvey> answer)
{
    m_current = namesFile() ? &m_file : m_keychain.get();
    const bool isFile = m_current == &m_file;
    m_current->survey(
        prefix, context, [this, prefix, isFile, context, answer](Result<StoreSurvey> found) {
            if (!found || m_place.isPortable) // the keychain's entries are another profile's then
                return answer(std::move(found));
            if (!isFile) {
                if (const QStringList names = m_place.vaultFiles(); !names.isEmpty())
                    found->elsewhere.push_back({m_file.backend(), names});
                return answer(std::move(found));
            }
            m_keychain->list(
                prefix, context,
                [this, answer, found = std::move(*found)](const Result<QStringList> &keys) {
                    StoreSurvey survey = found;
                    if (keys && !keys->isEmpty())
                        survey.elsewhere.push_back({m_keychain->backend(), *keys});
                    answer(std::move(survey));
                });
        });
}

void ChosenStore::unlock(QObject *context, Answer<void> answer)
{
    m_current->unlock(context, std::move(answer));
}

} // namespace hufu
