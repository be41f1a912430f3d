#include "ui/icons.h"

#include <QFile>
#include <QHash>
#include <QPainter>
#include <QSvgRenderer>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hufu {

QPixmap drawing(const QString &name, QSize size, const QColor &colour, double scale)
{
    static QHash<QString, QPixmap> cache;
    const QSize device(qCeil(size.width() * scale), qCeil(size.height() * scale));
    const QString key = u"%1 %2x%3 %4 %5"_s.arg(name)
                            .arg(device.width())
                            .arg(device.height())
                            .arg(colour.rgba(), 0, 16)
                            .arg(scale);
    if (const auto known = cache.constFind(key); known != cache.cend())
        return *known;

    QFile file(u":/hufu/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The drawing %s is missing from the program.", qPrintable(name));
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPixmap pixmap(device);
    pixmap.fill(Qt::transparent);
    {
        QPainter painter(&pixmap);
        renderer.render(&painter);
    }
    pixmap.setDevicePixelRatio(scale);
    cache.insert(key, pixmap);
    return pixmap;
}

void paintIcon(QPainter &painter, const QRect &area, const QString &name, int edge,
               const QColor &colour, bool mirrored)
{
    const QPixmap pixmap = drawing(u"icons/"_s + name, QSize(edge, edge), colour,
                                   painter.device()->devicePixelRatioF());
    const QPointF corner(area.x() + (area.width() - edge) / 2.0,
                         area.y() + (area.height() - edge) / 2.0);
    if (!mirrored) {
        painter.drawPixmap(corner, pixmap);
        return;
    }
    painter.save();
    painter.translate(corner.x() + edge, corner.y());
    painter.scale(-1, 1);
    painter.drawPixmap(QPointF(0, 0), pixmap);
    painter.restore();
}

} // namespace hufu
