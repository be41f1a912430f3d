#pragma once

namespace hufu {

/// What QtKeychain 0.13 talks to in this session (platform.md 3.4).
enum class KeychainBackend { SecretService, KWallet5, Native };

/// By the environment, as QtKeychain chooses; the same during a process.
[[nodiscard]] KeychainBackend keychainBackendInUse();

} // namespace hufu
