#include "ui/sheet_parts.h"

#include "ui/avatar.h"
#include "ui/measures.h"
#include "ui/ring.h"
#include "ui/tokens.h"

#include <QHBoxLayout>
#include <QPainter>

namespace hufu {
namespace {

class Hairline : public QWidget
{
public:
    Hairline() { setFixedHeight(1); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(rect(), Tokens::current().hairline);
    }
};

} // namespace

AvatarView::AvatarView(const QString &name, double edge, double radius, Type type, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_radius(px(radius))
    , m_type(type)
{
    setFixedSize(px(edge), px(edge));
}

void AvatarView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAvatar(painter, rect(), m_name, m_radius, Measures::current().font(m_type));
}

RingView::RingView(double edge, QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(px(edge), px(edge));
}

void RingView::setLeft(double left, const QString &words, bool isEnding)
{
    m_left = left;
    m_words = words;
    m_isEnding = isEnding;
    update();
}

void RingView::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    const Measures &measures = Measures::current();
    const bool isLarge = width() >= px(36);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(measures.font(Type::RingDigits));
    if (isLarge) {
        QFont font = measures.font(Type::Caption);
        font.setWeight(QFont::DemiBold);
        font.setPointSizeF(font.pointSizeF() * (m_words.size() > 4 ? 0.8 : 1));
        painter.setFont(font);
    }
    const QColor colour = m_isEnding ? tokens.warning : tokens.accentText;
    QColor track = tokens.text; // see-through, since the ring lies on more than one background
    track.setAlphaF(tokens.dark ? .16F : .13F);
    paintRing(painter, rect(),
              {.left = m_left,
               .stroke = (isLarge ? 3.0 : 2.5) * measures.scale(),
               .colour = colour,
               .track = track},
              m_words, isLarge && !m_isEnding ? tokens.text : colour);
}

DetailCard::DetailCard(QWidget *parent)
    : Card(Tint::Plain, parent)
{
}

void DetailCard::addRow(const QString &label, Text *value, QWidget *remark)
{
    if (m_hasRows)
        column()->addWidget(new Hairline);
    m_hasRows = true;
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, px(8), 0, px(8));
    row->setSpacing(0);
    auto *name = new Text(label, Type::Small, Text::Tint::Quiet);
    const int nameWidth = name->fontMetrics().horizontalAdvance(label) + px(12);
    name->setFixedWidth(qMax(px(84), nameWidth));
    row->addWidget(name, 0, Qt::AlignTop);
    // One baseline for label and value, whatever their sizes are.
    const int difference = value->fontMetrics().ascent() - name->fontMetrics().ascent();
    name->setContentsMargins(0, qMax(0, difference), 0, 0);
    value->setAccessibleName(label + u' ' + value->text());
    row->addWidget(value, 1);
    if (remark) {
        row->addSpacing(px(8));
        row->addWidget(remark, 0, Qt::AlignTop);
    }
    column()->addLayout(row);
}

QHBoxLayout *makeHead(const QString &avatarName, const QString &smallLine, const QString &title)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(px(12));
    head->addWidget(new AvatarView(avatarName, 52, 14, Type::Title));
    auto *words = new QVBoxLayout;
    words->setSpacing(px(2));
    words->addStretch(1);
    words->addWidget(new Text(smallLine, Type::Small, Text::Tint::Quiet));
    words->addWidget((new Text(title, Type::Title))->wrapped());
    words->addStretch(1);
    head->addLayout(words, 1);
    return head;
}

QWidget *makeRemark(const QString &icon, IconView::Tint iconTint, const QString &words,
                    Text::Tint tint)
{
    auto *remark = new QWidget;
    auto *row = new QHBoxLayout(remark);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(px(6));
    if (!icon.isEmpty())
        row->addWidget(new IconView(icon, 16, iconTint));
    if (!words.isEmpty())
        row->addWidget(new Text(words, Type::Small, tint));
    return remark;
}

QString breakable(const QString &address)
{
    constexpr QStringView after = u"./@-_:?&=";
    constexpr int longestPiece = 16;
    constexpr QChar zeroWidthSpace(0x200b);
    QString text;
    int piece = 0;
    for (const QChar sign : address) {
        text += sign;
        ++piece;
        const bool mayBreak = after.contains(sign) || piece >= longestPiece;
        if (mayBreak && !sign.isHighSurrogate()) {
            text += zeroWidthSpace;
            piece = 0;
        }
    }
    return text;
}

} // namespace hufu
