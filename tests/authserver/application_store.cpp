#include "application_store.h"

#include "core/base/crypto.h"

namespace hufu::authserver {
namespace {

constexpr qsizetype idLength = 32;

Application readRow(const Rows &row)
{
    return {.appId = row.value(0).toByteArray(),
            .appKey = row.value(1).toByteArray(),
            .authId = row.value(2).toByteArray(),
            .name = row.value(3).toString(),
            .numberDigits = row.value(4).toInt(),
            .bindByAddress = row.value(5).toInt() != 0};
}

} // namespace

QByteArray randomText(qsizetype length)
{
    static constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    QByteArray text;
    while (text.size() < length) {
        for (const std::byte byte : randomId<32>()) {
            const std::size_t index = std::to_integer<std::size_t>(byte) & 63; // 0 to 63
            if (index < alphabet.size() && text.size() < length)
                text.append(alphabet[index]);
        }
    }
    return text;
}

Application ApplicationStore::create(const QString &name, int numberDigits,
                                     bool bindByAddress) const
{
    const Application made{.appId = randomText(idLength),
                           .appKey = randomText(idLength),
                           .authId = randomText(idLength),
                           .name = name,
                           .numberDigits = numberDigits,
                           .bindByAddress = bindByAddress};
    m_database.change(
        QStringLiteral("INSERT INTO applications (app_id, app_key, auth_id, name, number_digits,"
                       " bind_by_address) VALUES (?, ?, ?, ?, ?, ?)"),
        {made.appId, made.appKey, made.authId, made.name, made.numberDigits,
         static_cast<int>(made.bindByAddress)});
    return made;
}

std::optional<Application> ApplicationStore::find(const QByteArray &appId) const
{
    Rows row = m_database.run(QStringLiteral("SELECT app_id, app_key, auth_id, name, number_digits,"
                                             " bind_by_address FROM applications"
                                             " WHERE app_id = ?"),
                              {appId});
    if (!row.next())
        return {};
    return readRow(row);
}

std::vector<Application> ApplicationStore::all() const
{
    Rows row = m_database.run(QStringLiteral("SELECT app_id, app_key, auth_id, name, number_digits,"
                                             " bind_by_address FROM applications"
                                             " ORDER BY name, app_id"));
    std::vector<Application> applications;
    while (row.next())
        applications.push_back(readRow(row));
    return applications;
}

} // namespace hufu::authserver
