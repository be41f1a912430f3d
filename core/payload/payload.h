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

using Payload = std::variant<KeyUri, LoginCode, MigrationPart, NotOurs>;

/// Where a text came from. Login codes count only from pictures (experience.md, moment 3).
enum class PayloadOrigin { Picture, Text };

/// Tells what a scanned or pasted text is.
///
/// Errors: those of parseKeyUri and of readMigration; DamagedLoginCode for a login address with a
/// damaged token; LoginNeedsPicture for a login address that was typed, pasted or handed over as a
/// link. Pure, any thread.
[[nodiscard]] Result<Payload> readPayload(std::string_view text, PayloadOrigin origin,
                                          Loopback loopback);

} // namespace hufu
