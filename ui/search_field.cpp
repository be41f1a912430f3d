#include "ui/search_field.h"

#include "ui/field_look.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hufu {

SearchField::SearchField(QWidget *parent)
    : QLineEdit(parent)
    , m_flashTime(QApplication::cursorFlashTime())
{
    setFrame(false);
    setPlaceholderText(tr("Search"));
    setAccessibleName(tr("Search"));
    setToolTip(
        tr("Search (%1)").arg(QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText)));
    // The field paints its own body; the style paints words and cursor.
    QPalette clear = palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    setPalette(clear);
    takeMeasures();
    m_stillness.setSingleShot(true);
    connect(&m_stillness, &QTimer::timeout, this, &SearchField::stopBlinking);
    stopBlinking();
}

SearchField::~SearchField()
{
    if (qApp)
        QApplication::setCursorFlashTime(m_flashTime);
}

void SearchField::takeMeasures()
{
    setFont(Measures::current().font(Type::Body));
    setTextMargins(px(34), 0, px(8), 0);
    setMinimumWidth(px(90));
    updateGeometry();
}

bool SearchField::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange)
        takeMeasures();
    return QLineEdit::event(event);
}

QSize SearchField::sizeHint() const
{
    return {px(200), px(36)};
}

void SearchField::paintEvent(QPaintEvent *event)
{
    const Tokens &tokens = Tokens::current();
    {
        QPainter painter(this);
        paintField(painter, rect(), {.hasFocus = hasFocus()});
        const QRect icon(px(11), 0, px(18), height());
        paintIcon(painter, QStyle::visualRect(layoutDirection(), rect(), icon), u"search"_s, px(18),
                  tokens.text2);
    }
    QLineEdit::paintEvent(event);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (QApplication::cursorFlashTime() == 0)
        QApplication::setCursorFlashTime(m_flashTime);
    m_stillness.start(5s);
    QLineEdit::keyPressEvent(event);
}

void SearchField::focusOutEvent(QFocusEvent *event)
{
    QApplication::setCursorFlashTime(m_flashTime);
    m_stillness.stop();
    QLineEdit::focusOutEvent(event);
}

void SearchField::stopBlinking()
{
    QApplication::setCursorFlashTime(0);
}

} // namespace hufu
