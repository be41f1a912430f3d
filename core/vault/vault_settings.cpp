#include "core/vault/vault_settings.h"

#include "core/base/crypto.h"

#include <QDir>
#include <QSettings>

#include <algorithm>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

constexpr auto storeKey = "vault/store";
constexpr auto backendKey = "vault/backend";
constexpr auto idKey = "vault/id";

QString fileIn(const QString &configPath)
{
    return configPath + u"/settings.ini"_s;
}

} // namespace

VaultSettings VaultSettings::read(const QString &configPath)
{
    const QSettings file(fileIn(configPath), QSettings::IniFormat);
    VaultSettings settings;
    settings.store = file.value(QLatin1String(storeKey), settings.store).toString();
    settings.backend = file.value(QLatin1String(backendKey)).toString();
    const QByteArray id =
        QByteArray::fromHex(file.value(QLatin1String(idKey)).toString().toLatin1());
    if (file.contains(QLatin1String(idKey))) {
        // A damaged id fits no vault, which is what must come of it: never "no vault known".
        settings.id = VaultId{};
        if (id.size() == qsizetype(settings.id->size()))
            std::ranges::copy(std::as_bytes(std::span(id)), settings.id->begin());
    }
    return settings;
}

Result<void> VaultSettings::write(const QString &configPath) const
{
    QDir().mkpath(configPath);
    QSettings file(fileIn(configPath), QSettings::IniFormat);
    file.setValue(QLatin1String(storeKey), store);
    file.setValue(QLatin1String(backendKey), backend);
    if (id)
        file.setValue(QLatin1String(idKey), QString::fromLatin1(toHex(*id)));
    file.sync();
    if (file.status() != QSettings::NoError)
        return failure(Errc::VaultUnwritable, u"settings.ini"_s);
    return {};
}

} // namespace hufu
