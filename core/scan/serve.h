#pragma once

namespace hufu {

/// Serves one scan over standard input and output (contracts.md 1), and ends with the input.
/// @return the exit status: 0 if the scan was served or called off, 1 if the client broke the rules
[[nodiscard]] int serve();

} // namespace hufu
