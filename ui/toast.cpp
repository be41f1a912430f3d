#include "ui/toast.h"

#include "ui/measures.h"
#include "ui/ring.h"
#include "ui/tokens.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

using namespace std::chrono_literals;

namespace hufu {
namespace {

constexpr int shadowRoom = 16;

} // namespace

Toast::Toast(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
{
    hide();
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &Toast::tick);
}

void Toast::offerUndo(const QString &sentence, std::function<void()> undo)
{
    m_sentence = sentence;
    m_undo = std::move(undo);
    m_until = m_clock.sinceBoot() + lifetime;
    m_timer.start();
    setAccessibleName(sentence);
    if (parentWidget())
        placeIn(parentWidget()->rect());
    show();
    raise();
    update();
}

void Toast::dismiss()
{
    m_undo = {};
    m_timer.stop();
    m_sentence.clear();
    setAccessibleName({});
    hide();
}

void Toast::undoNow()
{
    const auto undo = m_undo;
    dismiss();
    if (undo)
        undo();
}

void Toast::placeIn(const QRect &area)
{
    const int room = px(shadowRoom);
    const int height = px(44);
    setGeometry(area.left(), area.bottom() + 1 - height - px(12) - room, area.width(),
                height + 2 * room);
}

void Toast::tick()
{
    if (m_clock.sinceBoot() < m_until) {
        update();
        return;
    }
    dismiss();
}

QRect Toast::linkArea() const
{
    const QRect body = rect().adjusted(px(12), px(shadowRoom), -px(12), -px(shadowRoom));
    const int width =
        QFontMetrics(Measures::current().font(Type::BodyStrong)).horizontalAdvance(tr("Undo"));
    const QRect area(body.right() + 1 - px(20) - width, body.top(), width + px(20), body.height());
    return QStyle::visualRect(layoutDirection(), body, area);
}

void Toast::mousePressEvent(QMouseEvent *event)
{
    if (linkArea().contains(event->position().toPoint()))
        undoNow();
}

void Toast::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    const Measures &measures = Measures::current();
    const QRect body = rect().adjusted(px(12), px(shadowRoom), -px(12), -px(shadowRoom));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int spread = px(12); spread > 0; spread -= 2) { // the one elevation of look.md 1
        painter.setBrush(QColor(0, 0, 0, 7));
        painter.drawRoundedRect(
            body.adjusted(-spread / 2, -spread / 2 + px(4), spread / 2, spread / 2 + px(2)),
            px(10) + spread / 2.0, px(10) + spread / 2.0);
    }
    painter.setBrush(tokens.toast);
    painter.drawRoundedRect(body, px(10), px(10));

    const double left = static_cast<double>((m_until - m_clock.sinceBoot()).count()) /
                        static_cast<double>(std::chrono::milliseconds(lifetime).count());
    const QRect ring(body.left() + px(14), body.center().y() - px(9), px(18), px(18));
    paintRing(painter, QStyle::visualRect(layoutDirection(), body, ring),
              {.left = left,
               .stroke = 2.5 * measures.scale(),
               .colour = tokens.toastText,
               .track = mix(tokens.toastText, tokens.toast, .25)});
    painter.setFont(measures.font(Type::Body));
    painter.setPen(tokens.toastText);
    const QRect words(body.left() + px(44), body.top(), body.width() - px(44) - linkArea().width(),
                      body.height());
    painter.drawText(QStyle::visualRect(layoutDirection(), body, words),
                     static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute |
                                      (isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight)),
                     painter.fontMetrics().elidedText(m_sentence, Qt::ElideRight, words.width()));
    painter.setFont(measures.font(Type::BodyStrong));
    painter.setPen(tokens.toastAction);
    painter.drawText(linkArea(), Qt::AlignCenter, tr("Undo"));
}

} // namespace hufu
