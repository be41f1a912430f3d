#pragma once

#include <QByteArray>

namespace hufu::test {

/// A PNG of a dark-on-light QR code of `text` (any bytes), made by Debian's `qrencode`; empty if
/// that tool is missing or the text is too long for a code.
/// @param module  pixels a module
[[nodiscard]] QByteArray qrPng(const QByteArray &text, int module = 4);

} // namespace hufu::test
