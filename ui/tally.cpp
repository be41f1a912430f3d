#include "ui/tally.h"

#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace hufu {

Tally::Tally(Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
{
    const bool isSquare = kind == Kind::Joined || kind == Kind::Application;
    setFixedSize(px(isSquare ? 70 : 90), px(isSquare ? 70 : 76));
}

void Tally::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    switch (m_kind) {
    case Kind::Locked:
        painter.drawPixmap(0, 0,
                           drawing(u"art/locked"_s, size(), tokens.text2, devicePixelRatioF()));
        break;
    case Kind::Joined:
        painter.drawPixmap(
            0, 0, drawing(u"art/joined"_s, size(), tokens.accentText, devicePixelRatioF()));
        break;
    case Kind::Application:
        painter.drawPixmap(0, 0, drawing(u"hufu"_s, size(), tokens.text, devicePixelRatioF()));
        break;
    case Kind::Empty: {
        // The halves have a colour each, so each is clipped out of a drawing in that colour.
        const QPixmap solid =
            drawing(u"art/empty"_s, size(), tokens.accentText, devicePixelRatioF());
        const QPixmap dashed = drawing(u"art/empty"_s, size(), tokens.text, devicePixelRatioF());
        painter.setClipRect(0, 0, width() / 2, height());
        painter.drawPixmap(0, 0, solid);
        painter.setClipRect(width() / 2, 0, width(), height());
        painter.drawPixmap(0, 0, dashed);
        break;
    }
    }
}

} // namespace hufu
