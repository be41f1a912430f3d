#pragma once

#include <cstdio>

namespace hufu {

/// `hufu-cli compute`: reads lines `KEY-URI<TAB>UNIX` and writes one code a line; stores nothing.
/// For a bad line it writes `-`, and the line's number and the Errc to `problems`. A HOTP line
/// gives the code of the counter in its URI.
/// @return the exit status: 0, or 1 if a line was bad
[[nodiscard]] int compute(std::FILE *lines, std::FILE *codes, std::FILE *problems);

} // namespace hufu
