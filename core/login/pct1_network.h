#pragma once

#include "core/login/https_client.h"

namespace hufu {

/// How logins and their watch reach servers. The clients outlive whoever asks for them.
class Pct1Network
{
public:
    virtual ~Pct1Network() = default;

    /// The client for a set of pins.
    [[nodiscard]] virtual HttpsClient &clientFor(const std::vector<Sha256Digest> &pins) = 0;
    /// One for requests that a server holds back, apart from the others: at most six connections
    /// go to one server, and a login must not wait for them. `lane` tells such clients apart.
    [[nodiscard]] virtual HttpsClient &pollClientFor(const std::vector<Sha256Digest> &pins,
                                                     int lane) = 0;
};

} // namespace hufu
