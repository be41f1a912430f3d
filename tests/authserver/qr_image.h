#pragma once

#include <QByteArray>
#include <QImage>

namespace hufu::authserver {

/// `text` as a QR code at level M with its quiet zone of 4 modules, black on white, at least 320
/// pixels wide. A null image if the text is too long for a QR code. Any thread.
[[nodiscard]] QImage qrImage(const QByteArray &text);
/// The same as a PNG file; empty if there is no image.
[[nodiscard]] QByteArray qrPng(const QByteArray &text);

} // namespace hufu::authserver
