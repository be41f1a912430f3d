#include "core/policy/policy.h"

#include "core/base/strict_json.h"
#include "core/policy/policy_file.h"

#include <algorithm>

namespace hufu {
namespace {

tl::unexpected<Error> refused(int line, const QString &reason)
{
    return failure(Errc::PolicyRefused, QStringLiteral("line %1: %2").arg(line).arg(reason));
}

tl::unexpected<Error> refused(QByteArrayView text, const JsonValue &where, const QString &reason)
{
    const QByteArrayView before = text.first(where.begin);
    return refused(1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')), reason);
}

/// Whether `pem` is certificates and nothing else; their content is judged where they are used.
bool looksLikeCertificates(const QString &pem)
{
    static const QString begin = QStringLiteral("-----BEGIN CERTIFICATE-----");
    static const QString end = QStringLiteral("-----END CERTIFICATE-----");
    QString rest = pem.trimmed();
    while (rest.startsWith(begin)) {
        const qsizetype stop = rest.indexOf(end);
        if (stop < 0)
            return false;
        const QByteArray body = rest.mid(begin.size(), stop - begin.size()).toLatin1();
        const auto decoded = QByteArray::fromBase64Encoding(
            body.simplified().replace(' ', QByteArray()), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded || (*decoded).isEmpty())
            return false;
        rest = rest.mid(stop + end.size()).trimmed();
        if (rest.isEmpty())
            return true;
    }
    return false;
}

Result<void> readServers(QByteArrayView text, const JsonValue &servers, Policy &policy)
{
    const JsonValue::Object *members = servers.object();
    if (members == nullptr)
        return refused(text, servers, QStringLiteral("\"servers\" is not an object"));
    for (const auto &[name, value] : *members) {
        if (name == QLatin1String("allow_loopback")) {
            if (value.boolean() == nullptr)
                return refused(text, value,
                               QStringLiteral("\"allow_loopback\" is not a truth value"));
            policy.loopback = *value.boolean() ? Loopback::Allowed : Loopback::Refused;
        } else if (name == QLatin1String("extra_ca")) {
            if (value.array() == nullptr)
                return refused(text, value, QStringLiteral("\"extra_ca\" is not a list"));
            for (const JsonValue &item : *value.array()) {
                if (item.text() == nullptr || !looksLikeCertificates(*item.text()))
                    return refused(text, item, QStringLiteral("not a certificate in PEM form"));
                policy.extraCa.append(item.text()->toLatin1());
            }
        } else {
            return refused(text, value, QStringLiteral("unknown member"));
        }
    }
    return {};
}

Result<Policy> readPolicyAt(const QString &path)
{
    const Result<std::optional<QByteArray>> bytes = readOwnedFile(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!*bytes)
        return failure(Errc::PolicyRefused, QStringLiteral("there is no such file"));
    return readPolicy(**bytes);
}

} // namespace

Result<Policy> readPolicy(QByteArrayView text)
{
    const tl::expected<JsonValue, JsonProblem> document = readStrictJson(text);
    if (!document)
        return refused(document.error().line, document.error().reason);
    if (document->object() == nullptr)
        return refused(1, QStringLiteral("not an object"));
    const JsonValue *version = document->member(u"version");
    if (version == nullptr || version->integer() == nullptr)
        return refused(1, QStringLiteral("\"version\" is missing"));
    if (*version->integer() != 1)
        return refused(text, *version, QStringLiteral("this version knows only version 1"));

    Policy policy;
    for (const auto &[name, value] : *document->object()) {
        if (name == QLatin1String("version"))
            continue;
        if (name != QLatin1String("servers"))
            return refused(text, value, QStringLiteral("unknown member"));
        if (const Result<void> read = readServers(text, value, policy); !read)
            return tl::unexpected(read.error());
    }
    return policy;
}

Result<Policy> loadSystemPolicy()
{
    const Result<std::optional<QByteArray>> bytes = readOwnedFile(systemPolicyPath());
    if (!bytes)
        return tl::unexpected(bytes.error());
    return *bytes ? readPolicy(**bytes) : Policy();
}

Result<Policy> loadPolicyFile(const QString &path, const QString &profile)
{
    return loadPolicyFile(path, profile, systemPolicyPath());
}

Result<Policy> loadPolicyFile(const QString &path, const QString &profile,
                              const QString &systemPath)
{
    if (profile == QLatin1String("default"))
        return failure(Errc::PolicyFixed,
                       QStringLiteral("the default profile takes no policy file"));
    // A machine-wide policy that cannot be read is there all the same.
    const Result<std::optional<QByteArray>> systemWide = readOwnedFile(systemPath);
    if (!systemWide || *systemWide)
        return failure(Errc::PolicyFixed, QStringLiteral("this machine has a policy"));
    return readPolicyAt(path);
}

} // namespace hufu
