#pragma once

#include "http_exchange.h"

#include <QStringList>

namespace hufu::authserver {

/// Where a request really comes from when it came through a proxy: the address that a named proxy
/// wrote down, and nobody else's word. Any thread.
class Forwarded
{
public:
    enum class Header { XForwardedFor, Forwarded };

    /// No proxies: the socket's other end is the client.
    Forwarded() = default;

    /// `proxies` are addresses or networks, `192.0.2.1` or `192.0.2.0/24`. Nothing if one is
    /// neither. Only `header` is read: a proxy writes one of them and lets a client's other one
    /// through.
    [[nodiscard]] static std::optional<Forwarded> from(const QStringList &proxies, Header header);

    /// The socket's other end, unless that is a named proxy: then the last address of the header
    /// that is none. A proxy that says nothing readable is itself the answer.
    [[nodiscard]] QHostAddress clientOf(const HttpRequest &request) const;

private:
    [[nodiscard]] bool isProxy(const QHostAddress &address) const;

    QList<QPair<QHostAddress, int>> m_proxies;
    Header m_header = Header::XForwardedFor;
};

} // namespace hufu::authserver
