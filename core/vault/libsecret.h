#pragma once

#include "core/base/answer.h"

#include <QByteArray>

/// The library behind QtKeychain on the Secret Service, as far as QtKeychain has no call for what
/// it can do. It is loaded at run time, as QtKeychain loads it; without it these calls fail. GUI
/// thread, with GLib's event loop.
namespace hufu::libsecret {

/// The value of the unlocked item at `path`. QtKeychain reads by a search, and libsecret 0.20 never
/// frees the service's reply to that: half a megabyte for each large page, for the life of the
/// process. An item that loads its own value frees it.
///
/// It has no time limit; a late answer after the context is gone does no harm.
/// Errors: KeychainFailed for whatever went wrong. QtKeychain's job then tells what.
void read(const QString &path, QObject *context, Answer<QByteArray> answer);

/// libsecret keeps its connection to a service for the life of the process, also when that service
/// has ended. The next call makes a new one.
void forgetSession();

} // namespace hufu::libsecret
