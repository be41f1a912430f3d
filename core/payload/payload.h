#pragma once

#include "core/payload/migration.h"
#include "core/payload/not_ours.h"

#include <variant>

namespace hufu {

/// A login code: `https://HOST…/verify/?token=…`. It is never followed as an address: a login
/// provider compares `base` with the bindings and uses the token alone (protocol.md B3.1).
struct LoginCode
{
    std::string base;  ///< what stands before `/verify/?token=`, as it came
    std::string token; ///< 32 lower-case hex digits
    QString host;      ///< for people, in A-label form, with a port or `http://` if one is there
};

/// The one-time address of a binding: `https://HOST…/bind/?token=…` (protocol.md B1,
/// "Alternative"). Nothing is asked there before a person agrees.
struct BindingAddress
{
    std::string base;  ///< what stands before `/bind/?token=`: an API base in normal form (B0)
    std::string token; ///< 32 lower-case hex digits
    QString host;      ///< for people, with the port if it is not 443
};

/// Whether a login or a binding may have this as its token: 32 lower-case hex digits.
[[nodiscard]] bool isToken(std::string_view text);

using Payload = std::variant<KeyUri, LoginCode, BindingAddress, MigrationPart, NotOurs>;

/// Where a text came from. Login codes and addresses of bindings count only from pictures
/// (experience.md, moment 3).
enum class PayloadOrigin { Picture, Text };

/// Tells what a scanned or pasted text is.
///
/// Errors: those of parseKeyUri and of readMigration; DamagedLoginCode for a login address with a
/// damaged token or no host; LoginNeedsPicture for a login address that was typed, pasted or handed
/// over as a link; MalformedBinding for the address of a binding with a damaged token or an API
/// base that no binding may have. Such an address that is no picture's is NotOurs. Pure, any
/// thread.
[[nodiscard]] Result<Payload> readPayload(std::string_view text, PayloadOrigin origin,
                                          Loopback loopback);

} // namespace hufu
