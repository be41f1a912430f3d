#pragma once

#include <QLoggingCategory>

namespace hufu {

// Warnings and up go to standard error; what a line may hold: contracts.md 5.
Q_DECLARE_LOGGING_CATEGORY(logBase)
Q_DECLARE_LOGGING_CATEGORY(logVault)
Q_DECLARE_LOGGING_CATEGORY(logScan)
Q_DECLARE_LOGGING_CATEGORY(logLogin)
Q_DECLARE_LOGGING_CATEGORY(logUi)

} // namespace hufu
