#pragma once

#include <QByteArrayList>

namespace hufu {

/// The kinds of login that an answer 407 offers, in lower case, in their order: "basic", "ntlm".
///
/// @param fields  the values of all its Proxy-Authenticate lines, each a list of challenges
///
/// Source: RFC 9110 sections 11.3 and 11.7.1. Pure; any thread.
[[nodiscard]] QByteArrayList proxyLoginKinds(const QByteArrayList &fields);

} // namespace hufu
