#include "ui/name_field.h"

#include "ui/field_look.h"
#include "ui/measures.h"

#include <QEvent>
#include <QPainter>

namespace hufu {

NameField::NameField(const QString &name, QWidget *parent)
    : QLineEdit(parent)
{
    setFrame(false);
    setAccessibleName(name);
    // The field paints its own body; the style paints words and cursor.
    QPalette clear = palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    setPalette(clear);
    takeMeasures();
}

void NameField::takeMeasures()
{
    setFont(Measures::current().font(Type::Body));
    setTextMargins(px(8), 0, px(8), 0);
    updateGeometry();
}

bool NameField::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange)
        takeMeasures();
    return QLineEdit::event(event);
}

QSize NameField::sizeHint() const
{
    return {px(284), px(36)};
}

void NameField::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(this);
        paintField(painter, rect(), {.isEnabled = isEnabled(), .hasFocus = hasFocus()});
    }
    QLineEdit::paintEvent(event);
}

} // namespace hufu
