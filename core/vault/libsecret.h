#pragma once

/// The library behind QtKeychain on the Secret Service, for the one thing that QtKeychain has no
/// call for. It is loaded at run time, as QtKeychain loads it.
namespace hufu::libsecret {

/// libsecret keeps its connection to a service for the life of the process, also when that service
/// has ended. The next call makes a new one. GUI thread.
void forgetSession();

} // namespace hufu::libsecret
