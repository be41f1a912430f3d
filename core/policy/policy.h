#pragma once

#include "core/base/result.h"
#include "core/payload/key_uri.h"

#include <QByteArray>
#include <QList>

namespace hufu {

/// What the administrator has fixed. Source: contracts.md 4.
struct Policy
{
    Loopback loopback = Loopback::Refused;
    /// PEM texts, trusted for bound servers besides the system's certificates.
    QList<QByteArray> extraCa;
};

/// The machine-wide policy, or the defaults where there is none.
/// Errors: PolicyRefused with line and reason in the detail.
[[nodiscard]] Result<Policy> loadSystemPolicy();

/// The policy that `--policy FILE` names, for a profile other than `default`.
/// Errors: PolicyFixed where a machine-wide policy exists or the profile is `default`;
/// PolicyRefused for a file that is too large, writable by others, or not exactly of the format.
[[nodiscard]] Result<Policy> loadPolicyFile(const QString &path, const QString &profile);

} // namespace hufu
