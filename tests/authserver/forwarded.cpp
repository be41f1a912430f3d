#include "forwarded.h"

#include <algorithm>

namespace hufu::authserver {
namespace {

/// IPv4 in IPv6 is IPv4, as HttpRequest::peer has it.
QHostAddress plain(const QHostAddress &address)
{
    bool mapped = false;
    const quint32 four = address.toIPv4Address(&mapped);
    return mapped ? QHostAddress(four) : address;
}

/// An address as these headers write it: perhaps with a port, IPv6 in brackets, perhaps quoted.
QHostAddress addressIn(QByteArray text)
{
    text = text.trimmed();
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        text = text.sliced(1, text.size() - 2);
    if (text.startsWith('['))
        text = text.sliced(1, std::max<qsizetype>(0, text.indexOf(']') - 1));
    else if (text.count(':') == 1)
        text = text.first(text.indexOf(':'));
    return plain(QHostAddress(QString::fromLatin1(text)));
}

/// The `for` of one element of `Forwarded` (RFC 7239); null if it has none.
QHostAddress forOf(const QByteArray &element)
{
    for (const QByteArray &pair : element.split(';')) {
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0 && pair.first(equals).trimmed().toLower() == "for")
            return addressIn(pair.sliced(equals + 1));
    }
    return {};
}

} // namespace

std::optional<Forwarded> Forwarded::from(const QStringList &proxies, Header header)
{
    Forwarded made;
    made.m_header = header;
    for (const QString &text : proxies) {
        const QPair<QHostAddress, int> network = QHostAddress::parseSubnet(text);
        if (network.first.isNull() || network.second < 0)
            return {};
        made.m_proxies.append(network);
    }
    return made;
}

bool Forwarded::isProxy(const QHostAddress &address) const
{
    return std::ranges::any_of(m_proxies,
                               [&](const auto &network) { return address.isInSubnet(network); });
}

QHostAddress Forwarded::clientOf(const HttpRequest &request) const
{
    QHostAddress client = request.peer;
    const char *const name = m_header == Header::XForwardedFor ? "x-forwarded-for" : "forwarded";
    QByteArrayList hops = request.headers.values(name).join(',').split(',');
    while (!hops.isEmpty() && isProxy(client)) {
        const QByteArray hop = hops.takeLast();
        const QHostAddress before = m_header == Header::XForwardedFor ? addressIn(hop) : forOf(hop);
        if (before.isNull())
            break;
        client = before;
    }
    return client;
}

} // namespace hufu::authserver
