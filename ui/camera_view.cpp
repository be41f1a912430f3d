#include "ui/camera_view.h"

#include "ui/measures.h"
#include "ui/tokens.h"

#include <QAccessible>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QScreen>

namespace hufu {
namespace {

constexpr double radius = 12;
constexpr double widest = 552;      // the sheet without its padding
constexpr double roomForRest = 280; // of the sheet and its frame
constexpr double aroundCode = 1.14;
constexpr double bracketPart = .28; // of an edge, from each of its ends
constexpr double bracketRound = .1;

bool isWhole(const SourcePreview &frame)
{
    return frame.width > 0 && frame.height > 0 &&
           frame.rgb.size() >= qsizetype(3) * frame.width * frame.height;
}

/// Four corners with the middles of the edges left out.
QPainterPath brackets(const QPolygonF &corners)
{
    QPainterPath path;
    const qsizetype count = corners.size();
    for (qsizetype i = 0; i < count; ++i) {
        const QPointF corner = corners.at(i);
        const QPointF back = corners.at((i + count - 1) % count) - corner;
        const QPointF on = corners.at((i + 1) % count) - corner;
        path.moveTo(corner + back * bracketPart);
        path.lineTo(corner + back * bracketRound);
        path.quadTo(corner, corner + on * bracketRound);
        path.lineTo(corner + on * bracketPart);
    }
    return path;
}

} // namespace

CameraView::CameraView(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("What the camera sees"));
}

void CameraView::setFrame(std::shared_ptr<const SourcePreview> frame)
{
    m_frame = frame && isWhole(*frame) ? std::move(frame) : nullptr;
    m_isNew = m_frame != nullptr;
    update();
}

void CameraView::setMirrored(bool mirrored)
{
    m_isMirrored = mirrored;
    update();
}

void CameraView::setOutlines(QList<Outline> outlines)
{
    m_outlines = std::move(outlines);
    update();
}

void CameraView::say(const Explanation &words)
{
    if (words.headline == m_words.headline && words.rest == m_words.rest)
        return;
    m_words = words;
    update();
    setAccessibleDescription(words.whole());
    if (!words.rest.isEmpty()) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
        emit announced();
    }
}

QSize CameraView::sizeHint() const
{
    return {px(widest), heightForWidth(px(widest))};
}

QSize CameraView::minimumSizeHint() const
{
    return {px(160), px(90)};
}

/// 16:9, but never so high that what stands below it leaves the screen.
int CameraView::heightForWidth(int width) const
{
    const int room = screen()->availableGeometry().height() - px(roomForRest);
    return qMin(width * 9 / 16, qMax(px(120), room));
}

QRectF CameraView::pictureArea() const
{
    const QSizeF whole =
        QSizeF(m_frame->width, m_frame->height).scaled(size(), Qt::KeepAspectRatio);
    return {QPointF((width() - whole.width()) / 2, (height() - whole.height()) / 2), whole};
}

QPointF CameraView::placeOf(QPointF pixel) const
{
    if (!m_frame)
        return {};
    const QRectF area = pictureArea();
    const double x = pixel.x() * area.width() / m_frame->width;
    const double y = pixel.y() * area.height() / m_frame->height;
    return {m_isMirrored ? area.right() - x : area.left() + x, area.top() + y};
}

void CameraView::paintPicture(QPainter &painter) const
{
    const QImage picture(reinterpret_cast<const uchar *>(m_frame->rgb.constData()), m_frame->width,
                         m_frame->height, 3 * m_frame->width, QImage::Format_RGB888);
    const QRectF area = pictureArea();
    painter.save();
    if (m_isMirrored) {
        painter.translate(area.left() + area.right(), 0);
        painter.scale(-1, 1);
    }
    painter.drawImage(area, picture);
    painter.restore();
}

void CameraView::paintOutline(QPainter &painter, const Outline &outline) const
{
    QPolygonF corners;
    QPointF middle;
    for (const QPointF &corner : outline.corners) {
        corners << placeOf(corner);
        middle += corners.last();
    }
    middle /= static_cast<double>(qMax<qsizetype>(1, corners.size()));
    for (QPointF &corner : corners)
        corner = middle + (corner - middle) * aroundCode;
    const QPainterPath path = brackets(corners);
    const auto pen = [](const QColor &colour, double wide) {
        return QPen(colour, wide, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    };
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen(Qt::white, px(8)));
    painter.drawPath(path);
    const Tokens &tokens = Tokens::current();
    painter.setPen(pen(outline.isUsable ? tokens.accent : tokens.strongBorder, px(4)));
    painter.drawPath(path);
}

/// A pill for one sentence; for more a box as wide as the picture.
void CameraView::paintWords(QPainter &painter) const
{
    if (m_words.headline.isEmpty())
        return;
    const Tokens &tokens = Tokens::current();
    const QFont &strong = Measures::current().font(Type::BodyStrong);
    const QFont &small = Measures::current().font(Type::Small);
    const bool hasMore = !m_words.rest.isEmpty();
    const int inset = px(16);
    const int wrap = static_cast<int>(Qt::AlignHCenter | Qt::TextWordWrap);
    const QRect room(0, 0, width() - 2 * (px(12) + inset), height());
    const QRect head = QFontMetrics(strong).boundingRect(room, wrap, m_words.headline);
    const QRect rest =
        hasMore ? QFontMetrics(small).boundingRect(room, wrap, m_words.rest) : QRect();
    const int above = px(hasMore ? 12 : 6);
    const int high = head.height() + (hasMore ? px(4) + rest.height() : 0) + 2 * above;
    const int wide = hasMore ? width() - 2 * px(12) : head.width() + 2 * inset;
    const QRect box((width() - wide) / 2, height() - px(hasMore ? 12 : 14) - high, wide, high);
    QColor fill = tokens.toast;
    fill.setAlphaF(.94F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    const double round = hasMore ? px(10) : box.height() / 2.0;
    painter.drawRoundedRect(box, round, round);
    painter.setPen(tokens.toastText);
    painter.setFont(strong);
    const QRect inside = box.adjusted(inset - 1, above, 1 - inset, -above);
    painter.drawText(QRect(inside.topLeft(), QSize(inside.width(), head.height())), wrap,
                     m_words.headline);
    painter.setFont(small);
    painter.drawText(inside.adjusted(0, head.height() + px(4), 0, 0), wrap, m_words.rest);
}

void CameraView::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    QPainterPath shape;
    shape.addRoundedRect(rect(), px(radius), px(radius));
    painter.fillPath(shape, m_frame ? tokens.toast : tokens.hoverOnWindow);
    if (m_frame) {
        painter.setClipPath(shape);
        paintPicture(painter);
        for (const Outline &outline : m_outlines)
            paintOutline(painter, outline);
    }
    paintWords(painter);
    // Not from inside a paint: the answer may be the next frame.
    if (std::exchange(m_isNew, false))
        QMetaObject::invokeMethod(this, &CameraView::framePainted, Qt::QueuedConnection);
}

} // namespace hufu
