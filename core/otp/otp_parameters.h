#pragma once

#include "core/base/crypto.h"

#include <cstdint>

namespace hufu {

/// How an account makes its codes; the numbers are those of storage.md 4. mOTP, Yandex and OCRA
/// accounts are kept as they came; this version makes no code for them (UnsupportedAlgorithm).
enum class OtpType { Totp = 1, Hotp = 2, Steam = 3, Motp = 4, Yandex = 5, Ocra = 6 };

/// Everything but the key and the moment. Defaults are those of the key URI format.
struct OtpParameters
{
    OtpType type = OtpType::Totp;
    HashAlgorithm hash = HashAlgorithm::Sha1;
    int digits = 6;            ///< 1 to 10
    std::int64_t period = 30;  ///< seconds, 1 to 2^32 - 1; unused for HOTP
    std::uint64_t counter = 0; ///< HOTP: the next one to use

    friend bool operator==(const OtpParameters &, const OtpParameters &) = default;
};

constexpr int smallestDigits = 1;
constexpr int largestDigits = 10;
constexpr std::int64_t largestPeriod = 0xffff'ffff;

/// Whether codes of this type follow the clock.
[[nodiscard]] constexpr bool isTimeBased(OtpType type)
{
    return type != OtpType::Hotp && type != OtpType::Ocra;
}

} // namespace hufu
