#include "tests/support/qr_picture.h"

#include <QProcess>

namespace hufu::test {

QByteArray qrPng(const QByteArray &text, int module)
{
    QProcess qrencode;
    qrencode.start(QStringLiteral("qrencode"),
                   {QStringLiteral("-8"), QStringLiteral("-l"), QStringLiteral("L"),
                    QStringLiteral("-s"), QString::number(module), QStringLiteral("-o"),
                    QStringLiteral("-")});
    qrencode.write(text);
    qrencode.closeWriteChannel();
    if (!qrencode.waitForFinished() || qrencode.exitCode() != 0)
        return {};
    return qrencode.readAllStandardOutput();
}

} // namespace hufu::test
