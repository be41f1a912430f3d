#include "ui/code_box.h"

#include "ui/measures.h"
#include "ui/sheet_parts.h"
#include "ui/tabular_digits.h"
#include "ui/tokens.h"

#include <QPainter>
#include <QVBoxLayout>

namespace hufu {

/// The code in large digits, right-aligned.
class LargeCode : public QWidget
{
public:
    LargeCode()
    {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setFixedHeight(px(44));
    }

    void setCode(const QString &code)
    {
        m_code = code;
        setAccessibleName(groupedCode(code));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(Tokens::current().text);
        TabularDigits digits(Measures::current().font(Type::CodeLarge));
        const double right = isLeftToRight() ? width() : digits.width(m_code);
        digits.paint(painter, m_code, right, height() / 2.0);
    }

private:
    QString m_code;
};

CodeBox::CodeBox(QWidget *parent)
    : Card(Tint::Tonal, parent)
    , m_label(new Text(tr("Code now"), Type::Small, Text::Tint::Quiet))
    , m_code(new LargeCode)
    , m_ring(new RingView(26))
{
    column()->setContentsMargins(px(20), px(16), px(20), px(16));
    auto *row = new QHBoxLayout;
    row->setSpacing(px(16));
    row->addWidget(m_label);
    row->addWidget(m_code, 1);
    row->addWidget(m_ring);
    column()->addLayout(row);
}

void CodeBox::setCode(const OneTimeCode &code, std::chrono::sys_seconds now, const QString &next)
{
    m_code->setCode(code.text);
    const auto left = static_cast<int>((code.until - now).count());
    const auto period = static_cast<double>((code.until - code.from).count());
    const bool isEnding = left <= 5;
    m_ring->setLeft(left / period, QString::number(left), isEnding);
    m_label->setText(isEnding && !next.isEmpty()
                         ? tr("next %1", "the code that follows").arg(groupedCode(next))
                         : tr("Code now"));
}

} // namespace hufu
