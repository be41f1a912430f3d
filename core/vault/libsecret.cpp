#include "core/vault/libsecret.h"

#include <QLibrary>

namespace hufu::libsecret {

using namespace Qt::StringLiterals;

void forgetSession()
{
    QLibrary library(u"secret-1"_s, 0);
    using Disconnect = void (*)();
    if (const auto disconnect =
            reinterpret_cast<Disconnect>(library.resolve("secret_service_disconnect")))
        disconnect();
}

} // namespace hufu::libsecret
