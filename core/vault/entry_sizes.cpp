#include "core/vault/entry_sizes.h"

namespace hufu {

using namespace Qt::StringLiterals;

EntrySizes entrySizesOf(const QString &backend)
{
    // A value of the Credential Manager holds 2,560 bytes, and it is a roaming one: stay below.
    if (backend == credentialManagerName())
        return {.entry = 2'400, .smallPage = 2'000, .largePage = 2'000};
    if (backend == macKeychainName())
        return {.entry = 16 << 10, .smallPage = 16 << 10, .largePage = 16 << 10};
    return {};
}

QString secretServiceName()
{
    return u"secret-service"_s;
}

QString kwalletName()
{
    return u"kwallet5"_s;
}

QString credentialManagerName()
{
    return u"windows-credentials"_s;
}

QString macKeychainName()
{
    return u"macos-keychain"_s;
}

} // namespace hufu
