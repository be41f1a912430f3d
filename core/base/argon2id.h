#pragma once

#include "core/base/secret_bytes.h"

#include <cstdint>

namespace hufu {

/// What a derivation of a key from a password costs.
struct Argon2Costs
{
    std::uint64_t memoryKiB = 0;
    std::uint64_t passes = 0;
    std::uint64_t lanes = 0;

    friend bool operator==(const Argon2Costs &, const Argon2Costs &) = default;
};

/// The least that we write: RFC 9106, its second choice. Source: security.md 5.
constexpr Argon2Costs leastPasswordCosts{.memoryKiB = 64 << 10, .passes = 3, .lanes = 4};
/// The most that we follow, whoever wrote it. Source: security.md 9.
constexpr Argon2Costs highestPasswordCosts{.memoryKiB = 1 << 20, .passes = 20, .lanes = 16};

/// The 32-byte key of a password: Argon2id version 1.3, RFC 9106, without secret and associated
/// data. Takes as long as `costs` say, and as much memory.
///
/// @param password  wiped as soon as it went into the first hash, long before the end
/// @param salt      at least 8 bytes
/// Errors: PasswordCostTooHigh before anything is derived, SecretMemoryFull also where the system
/// has not that much memory, CryptoFailed for costs that RFC 9106 does not allow. Any thread.
[[nodiscard]] Result<SecretBytes> argon2id(SecretBytes password, std::span<const std::byte> salt,
                                           const Argon2Costs &costs);

/// Costs of about half a second on this machine: leastPasswordCosts, with more passes where it is
/// quick. Measures, and takes about as long. Any thread but the GUI's.
[[nodiscard]] Argon2Costs calibratedPasswordCosts();

} // namespace hufu
