#include "ui/sheet_parts.h"

#include "ui/avatar.h"
#include "ui/measures.h"
#include "ui/ring.h"
#include "ui/tokens.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace hufu {
namespace {

constexpr double roomForValue = 420 - 2 * (24 + 17) - 84; // of a sheet, beside the label

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
    if (!m_labels.isEmpty())
        column()->addWidget(makeHairline());
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, px(9), 0, px(9));
    row->setSpacing(0);
    auto *name = new Text(label, Type::Small, Text::Tint::Quiet);
    m_labels << name;
    placeLabels();
    row->addWidget(name, 0, Qt::AlignTop);
    // One baseline for label and value, whatever their sizes are.
    const int difference = value->fontMetrics().ascent() - name->fontMetrics().ascent();
    name->setContentsMargins(0, qMax(0, difference), 0, 0);
    value->setAccessibleName(label + u' ' + QString(value->text()).remove(QChar(0x200b)));
    // A remark stands beside its value, or under it where both are too long for one line.
    const int valueWidth = value->fontMetrics().horizontalAdvance(value->text());
    const int remarkWidth = remark ? remark->sizeHint().width() + px(12) : 0;
    if (remarkWidth > px(40) && valueWidth + remarkWidth > px(roomForValue)) {
        auto *both = new QVBoxLayout;
        both->setSpacing(px(2));
        both->addWidget(value);
        both->addWidget(remark, 0, Qt::AlignLeft);
        row->addLayout(both, 1);
    } else {
        row->addWidget(value, 1);
        if (remark) {
            row->addSpacing(px(8));
            row->addWidget(remark, 0, Qt::AlignTop);
        }
    }
    column()->addLayout(row);
}

void DetailCard::placeLabels()
{
    const QFontMetrics metrics(Measures::current().font(Type::Small));
    for (Text *label : m_labels)
        label->setFixedWidth(qMax(px(84), metrics.horizontalAdvance(label->text()) + px(12)));
}

bool DetailCard::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange)
        placeLabels();
    return Card::event(event);
}

QWidget *makeHairline()
{
    return new Hairline;
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
    constexpr QChar zeroWidthSpace(0x200b);
    QString text;
    for (const QChar sign : address) {
        text += sign;
        if (after.contains(sign))
            text += zeroWidthSpace;
    }
    return text;
}

} // namespace hufu
