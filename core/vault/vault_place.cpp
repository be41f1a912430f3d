#include "core/vault/vault_place.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace hufu {

using namespace Qt::StringLiterals;

Result<VaultPlace> VaultPlace::ofProfile(const QString &profile)
{
    static const QRegularExpression valid(u"\\A[a-z0-9][a-z0-9-]{0,31}\\z"_s);
    if (!valid.match(profile).hasMatch())
        return failure(Errc::ProfileNameInvalid);
    const auto below = [&profile](QStandardPaths::StandardLocation location) -> QString {
        return QStandardPaths::writableLocation(location) + u"/hufu/"_s + profile;
    };
    return VaultPlace{.profile = profile,
                      .configPath = below(QStandardPaths::GenericConfigLocation),
                      .dataPath = below(QStandardPaths::GenericDataLocation)};
}

Result<VaultPlace> VaultPlace::portable(const QString &folder, const QString &profile)
{
    Result<VaultPlace> place = ofProfile(profile);
    if (!place)
        return place;
    if (!QFileInfo(folder).isDir()) // a stick that is not plugged in is no first start
        return failure(Errc::FileUnreadable, u"there is no such folder"_s);
    // Whatever becomes of the current folder later.
    place->dataPath = QDir(folder).absolutePath() + u"/hufu/"_s + profile;
    place->configPath = place->dataPath;
    place->isPortable = true;
    return place;
}

QString VaultPlace::vaultFile() const
{
    return dataPath + u"/vault.hufu"_s;
}

QStringList VaultPlace::vaultFiles() const
{
    return QDir(dataPath).entryList({u"vault.hufu*"_s}, QDir::Files | QDir::Hidden | QDir::System);
}

QString VaultPlace::entryKey(const QString &entry) const
{
    return u"hufu/"_s + profile + u'/' + entry;
}

} // namespace hufu
