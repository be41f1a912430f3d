#pragma once

#include "core/base/crypto.h"

#include <cstdint>

namespace hufu {

/// The 31-bit number of HOTP before it is written in digits. RFC 4226 section 5.3, steps 1 and 2,
/// with the hash of RFC 6238 section 1.2. Errors: EmptySecret, SecretMemoryFull, CryptoFailed.
[[nodiscard]] Result<std::uint32_t> truncatedHmac(const SecretBytes &key, HashAlgorithm hash,
                                                  std::uint64_t counter);

/// The last `digits` decimal digits of `number`, padded with zeroes on the left.
/// RFC 4226 section 5.3, step 3. Errors: DigitsOutOfRange outside 1 to 10.
[[nodiscard]] Result<QString> decimalCode(std::uint32_t number, int digits);

} // namespace hufu
