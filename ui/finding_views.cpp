#include "ui/finding_views.h"

#include "ui/avatar.h"
#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

namespace hufu {

SourceView::SourceView(const SearchedSource &source, const SourcePreview &preview,
                       QList<Mark> marks, double height, QWidget *parent)
    : QWidget(parent)
    , m_marks(std::move(marks))
{
    const bool fits = preview.width > 0 && preview.height > 0 &&
                      preview.rgb.size() >= qsizetype(3) * preview.width * preview.height;
    if (fits)
        m_picture = QImage(reinterpret_cast<const uchar *>(preview.rgb.constData()), preview.width,
                           preview.height, 3 * preview.width, QImage::Format_RGB888)
                        .copy();
    const int high = px(height);
    m_scale = source.height > 0 ? static_cast<double>(high) / source.height : 1;
    setFixedSize(qMax(px(60), qRound(source.width * m_scale)), high);
}

void SourceView::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    QPainterPath shape;
    shape.addRoundedRect(rect(), px(12), px(12));
    painter.setClipPath(shape);
    painter.fillRect(rect(), tokens.hoverOnWindow);
    if (!m_picture.isNull())
        painter.drawImage(rect(), m_picture);
    for (const Mark &mark : m_marks) {
        const QRectF found = mark.outline.boundingRect();
        const QRectF box = QRectF(found.topLeft() * m_scale, found.size() * m_scale)
                               .adjusted(-4, -4, 4, 4)
                               .intersected(QRectF(rect()).adjusted(4, 4, -4, -4));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Qt::white, px(6)));
        painter.drawRoundedRect(box, 6, 6);
        painter.setPen(QPen(tokens.accent, px(3)));
        painter.drawRoundedRect(box, 6, 6);
        const double radius = px(12);
        QPointF centre = box.topRight();
        centre.setX(qBound(radius + 2, centre.x(), width() - radius - 2));
        centre.setY(qBound(radius + 2, centre.y(), height() - radius - 2));
        painter.setPen(QPen(Qt::white, px(2)));
        painter.setBrush(tokens.accent);
        painter.drawEllipse(centre, radius, radius);
        painter.setPen(tokens.onAccent);
        painter.setFont(Measures::current().font(Type::BodyStrong));
        painter.drawText(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius),
                         Qt::AlignCenter, QString::number(mark.number));
    }
}

FindingRow::FindingRow(int number, Words words, QWidget *parent)
    : QAbstractButton(parent)
    , m_number(number)
    , m_words(std::move(words))
{
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setText(m_words.title);
    setAccessibleName(QStringLiteral("%1. %2").arg(number).arg(m_words.title));
    setAccessibleDescription(m_words.kind + QStringLiteral(", ") + m_words.line);
}

QSize FindingRow::sizeHint() const
{
    return {px(300), px(64)};
}

void FindingRow::mouseDoubleClickEvent(QMouseEvent *)
{
    emit doubleClicked();
}

void FindingRow::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    const Measures &measures = Measures::current();
    const auto place = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    const int start = static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute |
                                       (isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (isChecked() || underMouse()) {
        painter.setBrush(isChecked() ? tokens.selected : tokens.hover);
        painter.drawRoundedRect(rect(), px(10), px(10));
    }
    const QRect dot = place({px(12), (height() - px(24)) / 2, px(24), px(24)});
    painter.setBrush(isChecked() ? tokens.accent : tokens.hoverOnWindow);
    painter.drawEllipse(dot);
    painter.setFont(measures.font(Type::BodyStrong));
    painter.setPen(isChecked() ? tokens.onAccent : tokens.text);
    painter.drawText(dot, Qt::AlignCenter, QString::number(m_number));
    paintAvatar(painter, place({px(50), (height() - px(36)) / 2, px(36), px(36)}), m_words.title,
                px(10), measures.font(Type::Value));

    const int kindWidth =
        QFontMetrics(measures.font(Type::Small)).horizontalAdvance(m_words.kind) + 1;
    const int room = width() - px(98) - kindWidth - px(12 + 18 + 8 + 12);
    painter.setFont(measures.font(Type::BodyStrong));
    painter.setPen(tokens.text);
    painter.drawText(place({px(98), px(12), room, px(20)}), start,
                     painter.fontMetrics().elidedText(m_words.title, Qt::ElideRight, room));
    painter.setFont(measures.font(Type::Account));
    painter.setPen(tokens.text2);
    painter.drawText(place({px(98), px(32), room, px(18)}), start,
                     painter.fontMetrics().elidedText(m_words.line, Qt::ElideMiddle, room));
    painter.setFont(measures.font(Type::Small));
    painter.drawText(place({width() - px(12) - kindWidth, 0, kindWidth, height()}), start,
                     m_words.kind);
    paintIcon(painter, place({width() - px(12 + 8 + 18) - kindWidth, 0, px(18), height()}),
              m_words.icon, px(18), tokens.text2);
    if (hasFocus())
        paintFocusRing(painter, rect(), px(10));
}

} // namespace hufu
