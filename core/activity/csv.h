#pragma once

#include <QByteArray>
#include <QStringList>

namespace hufu {

/// One row of a CSV file, with its line break (RFC 4180), UTF-8. A cell that a spreadsheet would
/// take for a formula, since it begins with one of = + - @ or a control character, gets an
/// apostrophe before it, and stays text. Pure.
[[nodiscard]] QByteArray csvRow(const QStringList &cells);

} // namespace hufu
