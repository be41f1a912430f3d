#pragma once

namespace hufu {

/// Whether there is anything to open a window on. Qt ends the program by abort where there is not.
/// A platform that was asked for by name, in QT_QPA_PLATFORM or as `-platform`, counts as one.
[[nodiscard]] bool hasDisplay(int argc, char **argv);

} // namespace hufu
