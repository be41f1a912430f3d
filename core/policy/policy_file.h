#pragma once

#include "core/policy/policy.h"

namespace hufu {

constexpr qsizetype largestPolicy = 64 * 1024;

/// Where an administrator's policy lies on this system.
[[nodiscard]] QString systemPolicyPath();

/// The bytes of a file that only root or the person can have written, at most largestPolicy; an
/// empty optional if there is no such file. Errors: PolicyRefused with the reason.
[[nodiscard]] Result<std::optional<QByteArray>> readOwnedFile(const QString &path);

/// The policy that `text` writes, exactly in the format of contracts.md 4.
/// Errors: PolicyRefused with line and reason. Pure, any thread.
[[nodiscard]] Result<Policy> readPolicy(QByteArrayView text);

/// loadPolicyFile, with the place of the machine-wide policy as an argument.
[[nodiscard]] Result<Policy> loadPolicyFile(const QString &path, const QString &profile,
                                            const QString &systemPath);

} // namespace hufu
