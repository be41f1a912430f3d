#pragma once

#include "core/payload/key_uri.h"

#include <string_view>

namespace hufu {

/// Whether `api` is an API base address in its normal form: https, lower-case A-label host, a port
/// only if it is not 443, no trailing slash, no user info, query or fragment, at most 200
/// characters; no IP literal, no `localhost` unless loopback is allowed. Source: protocol.md B0,
/// B1. Pure.
[[nodiscard]] bool isApiBase(std::string_view api, Loopback loopback);

/// `host` or `host:port` of an API base. Pure.
[[nodiscard]] std::string_view hostOfApiBase(std::string_view api);

} // namespace hufu
