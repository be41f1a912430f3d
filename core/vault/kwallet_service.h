#pragma once

#include "core/base/answer.h"

#include <QStringList>

namespace hufu {

/// KWallet 5 asked directly over D-Bus, for what QtKeychain does not tell: whether its wallet is
/// open, and what lies in it. Only an open wallet's "not found" is to be believed (storage.md 7).
/// GUI thread.
///
/// Errors of every call: KeychainMissing, KeychainStalled, KeychainDenied, KeychainFailed.
namespace kwallet {

/// Name of the service on the bus.
[[nodiscard]] QString busName();

/// Whether the wallet that QtKeychain uses is open. Asks the person nothing.
void askWhetherOpen(QObject *context, Answer<bool> answer);

/// Whether there is an entry of ours under `key`. Errors: also KeychainLocked.
void find(const QString &key, QObject *context, Answer<bool> answer);

/// The keys of all our entries that begin with `prefix`. Errors: also KeychainLocked.
void list(const QString &prefix, QObject *context, Answer<QStringList> answer);

/// Has KWallet ask the person for the wallet's password where it is closed; 120 s.
/// Errors: also KeychainLocked where the question was dismissed.
void unlock(QObject *context, Answer<void> answer);

} // namespace kwallet
} // namespace hufu
