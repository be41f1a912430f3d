#pragma once

#include <QString>

namespace hufu::test {

/// Every text that the program's windows hold, seen or not: titles, labels, fields, buttons,
/// tooltips, names and descriptions for screen readers, the accessibility tree with its tables,
/// every role of every list model, and the clipboard.
[[nodiscard]] QString everythingShown();

} // namespace hufu::test
