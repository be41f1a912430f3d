#include "ui/text.h"

#include "ui/tokens.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>

namespace hufu {
namespace {

QColor colourOf(Text::Tint tint)
{
    const Tokens &tokens = Tokens::current();
    switch (tint) {
    case Text::Tint::Normal:
        return tokens.text;
    case Text::Tint::Quiet:
        return tokens.text2;
    case Text::Tint::Danger:
        return tokens.danger;
    case Text::Tint::Success:
        return tokens.success;
    case Text::Tint::Warning:
        return tokens.warning;
    }
    Q_UNREACHABLE();
}

/// Places lines of at most `width`; their height comes back.
double placeLines(QTextLayout &layout, double width)
{
    double height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

/// Places as few lines as fit into `width`; centred ones as even as they can be.
double placeParagraph(QTextLayout &layout, double width)
{
    double height = placeLines(layout, width);
    const int lines = layout.lineCount();
    if (lines < 2 || !(layout.textOption().alignment() & Qt::AlignHCenter))
        return height;
    double tooNarrow = width / lines / 2;
    double enough = width;
    while (enough - tooNarrow > 1) {
        const double tried = (tooNarrow + enough) / 2;
        placeLines(layout, tried);
        (layout.lineCount() > lines ? tooNarrow : enough) = tried;
    }
    height = placeLines(layout, enough);
    for (int i = 0; i < layout.lineCount(); ++i) {
        QTextLine line = layout.lineAt(i);
        line.setPosition({(width - enough) / 2, line.y()});
    }
    return height;
}

/// The words of `label`, ready to be placed in lines.
struct Paragraph
{
    explicit Paragraph(const QLabel &label)
        : layout(QString(label.text()).replace(u'\n', QChar::LineSeparator), label.font())
    {
        QTextOption option(label.alignment() & Qt::AlignHorizontal_Mask);
        option.setTextDirection(label.layoutDirection());
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
    }

    QTextLayout layout;
};

} // namespace

Text::Text(const QString &words, Type type, Tint tint, QWidget *parent)
    : QLabel(parent)
    , m_type(type)
    , m_tint(tint)
{
    setTextFormat(Qt::PlainText);
    setFont(Measures::current().font(type));
    setText(words);
}

Text *Text::wrapped()
{
    setWordWrap(true);
    return this;
}

Text *Text::aligned(Qt::Alignment alignment)
{
    setAlignment(alignment);
    return this;
}

Text *Text::elidedInMiddle()
{
    m_elide = Qt::ElideMiddle;
    return this;
}

void Text::setTint(Tint tint)
{
    m_tint = tint;
    update();
}

QSize Text::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    return {qMin(hint.width(), px(wordWrap() ? 60 : 24)), hint.height()};
}

int Text::heightForWidth(int width) const
{
    if (!wordWrap())
        return QLabel::heightForWidth(width);
    const QMargins margins = contentsMargins();
    Paragraph paragraph(*this);
    return qCeil(placeParagraph(paragraph.layout, width - margins.left() - margins.right())) +
           margins.top() + margins.bottom();
}

bool Text::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange)
        setFont(Measures::current().font(m_type));
    return QLabel::event(event);
}

void Text::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(isEnabled() ? colourOf(m_tint) : Tokens::current().disabled);
    const QRect area = contentsRect();
    const int alignment =
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), this->alignment()));
    if (wordWrap()) {
        Paragraph paragraph(*this);
        const double height = placeParagraph(paragraph.layout, area.width());
        const bool isTop = this->alignment().testFlag(Qt::AlignTop);
        const double above = isTop ? 0 : qMax(0.0, (area.height() - height) / 2);
        paragraph.layout.draw(&painter, QPointF(area.left(), area.top() + qFloor(above)));
        return;
    }
    painter.drawText(area, alignment | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), m_elide, area.width()));
}

} // namespace hufu
