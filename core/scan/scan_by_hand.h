#pragma once

#include <QString>

namespace hufu {

// What a person or a script gets who starts `hufu-scanner` by hand: one JSON document in the shape
// of `hufu-cli scan --json --text` on standard output, or a failure on standard error
// (contracts.md 2). The helper never interprets a text, so the kinds are missing.
// Each returns the exit status, 0 or 1. Main thread, once a process.

/// Searches the picture in the file `path`.
[[nodiscard]] int scanImageByHand(const QString &path);

/// Searches every screen.
[[nodiscard]] int scanScreensByHand();

/// Looks through each camera. Ends the process.
[[noreturn]] int scanCamerasByHand();

} // namespace hufu
