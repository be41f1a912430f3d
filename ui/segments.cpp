#include "ui/segments.h"

#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QKeySequence>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr int segmentInset = 3; // of a segment in the trough

class Segment : public QAbstractButton
{
public:
    Segment(const QString &icon, const QString &words)
        : m_icon(icon)
    {
        setText(words);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(Measures::current().font(Type::BodyMedium));
        return {metrics.horizontalAdvance(text()) + px(20 + 10 + 2 * 8),
                qMax(px(40 - 2 * segmentInset), metrics.height() + px(4))};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return {px(44), sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = Tokens::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        if (isChecked() || underMouse() || isDown()) {
            painter.setBrush(isChecked() ? tokens.base : tokens.ringTrack);
            painter.drawRoundedRect(rect(), px(8), px(8));
        }
        const QColor ink = isChecked() ? tokens.text : tokens.text2;
        const QFont &font = Measures::current().font(Type::BodyMedium);
        const int room = width() - px(20 + 10 + 2 * 4);
        const QString words = QFontMetrics(font).elidedText(text(), Qt::ElideRight, room);
        const int wide = QFontMetrics(font).horizontalAdvance(words) + 1;
        const int whole = px(20 + 10) + wide;
        const auto place = [this](const QRect &part) {
            return QStyle::visualRect(layoutDirection(), rect(), part);
        };
        const int x = (width() - whole) / 2;
        paintIcon(painter, place({x, 0, px(20), height()}), m_icon, px(20), ink);
        painter.setFont(font);
        painter.setPen(ink);
        painter.drawText(place({x + px(20 + 10), 0, wide, height()}), Qt::AlignCenter, words);
        if (hasFocus())
            paintFocusRing(painter, rect(), px(8));
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (isEnter && !event->isAutoRepeat())
            click();
        else if (!isEnter)
            QAbstractButton::keyPressEvent(event);
    }

private:
    QString m_icon;
};

} // namespace

SegmentBar::SegmentBar(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(px(segmentInset), px(segmentInset), px(segmentInset),
                              px(segmentInset));
    m_row->setSpacing(px(2));
}

QAbstractButton *SegmentBar::add(const QString &icon, const QString &words, const QString &name,
                                 const QKeySequence &keys)
{
    auto *segment = new Segment(icon, words);
    segment->setAccessibleName(name);
    segment->setToolTip(u"%1 (%2)"_s.arg(name, keys.toString(QKeySequence::NativeText)));
    m_row->addWidget(segment, 1);
    return segment;
}

void SegmentBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Tokens::current().hoverOnWindow);
    painter.drawRoundedRect(rect(), px(10), px(10));
}

} // namespace hufu
