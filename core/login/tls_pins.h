#pragma once

#include "core/base/crypto.h"

#include <QSslCertificate>

#include <vector>

namespace hufu {

/// Whether a key that `pins` names stands in the chain of a server.
///
/// The leaf counts at once. A key above it counts only in a chain that OpenSSL builds and verifies
/// here once more from `sent` up to one of `roots`: what the peer sent may hold certificates that
/// have nothing to do with its leaf (protocol.md B6), and Qt does not tell which chain it verified.
///
/// @param sent   the peer's certificates, leaf first, after a handshake that Qt has accepted
/// @param roots  what is trusted
/// Pure, any thread.
[[nodiscard]] bool chainHasPin(const QList<QSslCertificate> &sent,
                               const QList<QSslCertificate> &roots,
                               const std::vector<Sha256Digest> &pins);

} // namespace hufu
