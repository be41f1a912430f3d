#pragma once

#include "core/base/answer.h"

namespace hufu {

/// Asks KWallet 5 over D-Bus whether its wallet is open: only then is a "not found" of QtKeychain
/// to be believed (storage.md 7). Errors: KeychainMissing, KeychainFailed. GUI thread.
void askWhetherKWalletIsOpen(QObject *context, Answer<bool> answer);

} // namespace hufu
