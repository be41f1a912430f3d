#pragma once

#include "api.h"
#include "duoyinsu.h"

namespace hufu::authserver {

/// The way of the site's calls to the API, which runs in the same program: a call over TLS would
/// wait for the one thread that answers it. `api` outlives it. Main thread.
[[nodiscard]] duoyinsu::Fetch ownServer(Api &api);

} // namespace hufu::authserver
