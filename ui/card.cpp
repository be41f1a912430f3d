#include "ui/card.h"

#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/text.h"
#include "ui/tokens.h"

#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace hufu {

Card::Card(Tint tint, QWidget *parent)
    : QFrame(parent)
    , m_tint(tint)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(px(17), px(4), px(17), px(4));
    m_column->setSpacing(0);
}

void Card::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    const auto [fill, line] = [&]() -> std::pair<QColor, QColor> {
        switch (m_tint) {
        case Tint::Plain:
            return {tokens.card, tokens.hairline};
        case Tint::Tonal:
            return {tokens.tonal, tokens.tonal};
        case Tint::Warning:
            return {tokens.warningTint, tokens.warningLine};
        case Tint::Danger:
            return {tokens.dangerTint, tokens.dangerLine};
        }
        Q_UNREACHABLE();
    }();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(line);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), px(12), px(12));
}

IconView::IconView(const QString &name, double edge, Tint tint, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_tint(tint)
{
    setFixedSize(px(edge), px(edge));
}

void IconView::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    const QColor colours[] = {tokens.text2, tokens.accentText, tokens.success, tokens.warning,
                              tokens.danger};
    QPainter painter(this);
    paintIcon(painter, rect(), m_name, width(), colours[static_cast<int>(m_tint)]);
}

NoticeCard makeNotice(Card::Tint tint, const QString &icon, const QString &headline,
                      const QString &text)
{
    auto *card = new Card(tint);
    const IconView::Tint iconTint = tint == Card::Tint::Danger    ? IconView::Tint::Danger
                                    : tint == Card::Tint::Warning ? IconView::Tint::Warning
                                                                  : IconView::Tint::Accent;
    auto *row = new QHBoxLayout;
    row->setSpacing(px(12));
    row->setContentsMargins(0, px(10), 0, px(12));
    row->addWidget(new IconView(icon, 20, iconTint), 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(px(4));
    column->addWidget((new Text(headline, Type::BodyStrong))->wrapped());
    if (!text.isEmpty())
        column->addWidget((new Text(text, Type::Body))->wrapped());
    row->addLayout(column, 1);
    card->column()->addLayout(row);
    card->setAccessibleName(headline);
    card->setAccessibleDescription(text);
    return {card, column};
}

} // namespace hufu
