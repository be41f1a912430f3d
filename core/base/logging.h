#pragma once

#include <QLoggingCategory>

namespace hufu {

// Warnings and up go to standard error; what a line may hold: contracts.md 5.
Q_DECLARE_LOGGING_CATEGORY(logBase)
Q_DECLARE_LOGGING_CATEGORY(logVault)
Q_DECLARE_LOGGING_CATEGORY(logScan)
Q_DECLARE_LOGGING_CATEGORY(logLogin)
Q_DECLARE_LOGGING_CATEGORY(logUi)

/// Keeps those of Qt's own categories off, whatever QT_LOGGING_RULES asks for, that print what must
/// be in no log (contracts.md 5): texts of labels, pressed keys, messages on the bus. Call it first
/// of all in a program that shows or stores accounts.
void silenceTellingCategories();

} // namespace hufu
