#include "qr_image.h"

#include <QBuffer>

#include <qrencode.h>

#include <memory>

namespace hufu::authserver {
namespace {

constexpr int quietZone = 4;
constexpr int leastWidth = 320;

} // namespace

QImage qrImage(const QByteArray &text)
{
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char *>(text.constData()), 0,
                          QR_ECLEVEL_M),
        &QRcode_free);
    if (!code)
        return {};
    const int modules = code->width + 2 * quietZone;
    const int scale = (leastWidth + modules - 1) / modules;
    QImage image(modules * scale, modules * scale, QImage::Format_Grayscale8);
    image.fill(255);
    for (int y = 0; y < code->width * scale; ++y) {
        uchar *line = image.scanLine(quietZone * scale + y) + quietZone * scale;
        const unsigned char *row = code->data + y / scale * code->width;
        for (int x = 0; x < code->width * scale; ++x)
            line[x] = (row[x / scale] & 1) != 0 ? 0 : 255;
    }
    return image;
}

QByteArray qrPng(const QByteArray &text)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!qrImage(text).save(&buffer, "PNG"))
        return {};
    return png;
}

} // namespace hufu::authserver
