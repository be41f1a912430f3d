#pragma once

#include "core/base/clock.h"
#include "core/otp/otp_parameters.h"

namespace hufu {

/// A code and the span of whole seconds in which it is valid (`from` included, `until` not).
/// For HOTP both are the epoch: no clock ends it.
struct OneTimeCode
{
    QString text;
    std::chrono::sys_seconds from;
    std::chrono::sys_seconds until;
};

/// The code of a clock-driven account at `when`, which is UTC at or after 1970.
/// TOTP: RFC 6238 section 4 with T0 = 0. Steam: formats.md 1, "Codes".
///
/// Errors: EmptySecret, TimeBeforeEpoch, DigitsOutOfRange, PeriodOutOfRange, HotpNeedsNext for
/// HOTP, UnsupportedAlgorithm for a type without codes. Pure, any thread.
[[nodiscard]] Result<OneTimeCode> codeAt(const SecretBytes &key, const OtpParameters &parameters,
                                         std::chrono::sys_seconds when);

/// The HOTP code for `parameters.counter`. RFC 4226 section 5.3. The caller has committed the next
/// counter before anybody sees it (storage.md 4). Errors: as codeAt.
[[nodiscard]] Result<OneTimeCode> codeForCounter(const SecretBytes &key,
                                                 const OtpParameters &parameters);

} // namespace hufu
