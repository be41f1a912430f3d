#include "ui/setting_rows.h"

#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/popup.h"
#include "ui/sheet_parts.h"
#include "ui/text.h"
#include "ui/tokens.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr double margin = 4; // around a body, for the focus ring

} // namespace

Text *newSettingCaption(const QString &words)
{
    auto *caption = new Text(words, Type::BodyStrong, Text::Tint::Quiet);
    caption->setContentsMargins(px(4), 0, 0, px(8));
    return caption;
}

Switch::Switch(const QString &name, QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Switch::sizeHint() const
{
    return {px(40 + 2 * margin), px(22 + 2 * margin)};
}

void Switch::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !event->isAutoRepeat())
        click();
    else if (!isEnter)
        QAbstractButton::keyPressEvent(event);
}

void Switch::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(rect()).adjusted(px(margin), px(margin), -px(margin), -px(margin));
    if (!isEnabled())
        painter.setOpacity(.45); // look.md 5
    const bool isAtRight = isChecked() == isLeftToRight();
    const double knob = body.height() - px(isChecked() ? 6 : 8);
    const double inset = (body.height() - knob) / 2;
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(underMouse() && isEnabled() ? tokens.accentHover : tokens.accent);
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2);
        painter.setBrush(tokens.onAccent);
    } else {
        painter.setPen(QPen(tokens.strongBorder, 1.5));
        painter.setBrush(tokens.base);
        const QRectF line = body.adjusted(.75, .75, -.75, -.75);
        painter.drawRoundedRect(line, line.height() / 2, line.height() / 2);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.strongBorder);
    }
    const double x = isAtRight ? body.right() - inset - knob : body.left() + inset;
    painter.drawEllipse(QRectF(x, body.top() + inset, knob, knob));
    painter.setOpacity(1);
    if (hasFocus())
        paintFocusRing(painter, rect(), height() / 2.0);
}

PickBox::PickBox(const QString &name, QList<Option> options, QWidget *parent)
    : QAbstractButton(parent)
    , m_name(name)
    , m_options(std::move(options))
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    show(m_options.isEmpty() ? -1 : 0);
    connect(this, &QAbstractButton::clicked, this, &PickBox::openMenu);
}

void PickBox::show(qsizetype index)
{
    m_index = index;
    const QString words = index < 0 ? m_placeholder : m_options.at(index).words;
    setText(words);
    setAccessibleName(u"%1: %2"_s.arg(m_name, words));
    update();
}

void PickBox::setOptions(QList<Option> options, qsizetype current)
{
    m_options = std::move(options);
    show(current);
    updateGeometry();
    if (m_menu)
        fillMenu();
}

void PickBox::setPlaceholder(const QString &words)
{
    m_placeholder = words;
    if (m_index < 0)
        show(m_index);
}

void PickBox::setIconName(const QString &name)
{
    m_icon = name;
    updateGeometry();
}

void PickBox::setValue(int value)
{
    const auto nearest = std::ranges::min_element(
        m_options, {}, [value](const Option &option) { return std::abs(option.value - value); });
    show(nearest - m_options.begin());
}

void PickBox::pick(qsizetype index)
{
    if (index == m_index)
        return;
    show(index);
    emit picked(m_options.at(index).value);
}

void PickBox::openMenu()
{
    if (m_options.isEmpty())
        return;
    m_menu = new QMenu(this);
    fillMenu();
    m_menu->setMinimumWidth(width() - px(2 * margin));
    popUpBelow(*m_menu, *this);
}

void PickBox::fillMenu()
{
    m_menu->clear();
    auto *group = new QActionGroup(m_menu);
    for (qsizetype i = 0; i < m_options.size(); ++i) {
        QAction *action = m_menu->addAction(m_options.at(i).words, this, [this, i] { pick(i); });
        action->setCheckable(true);
        action->setChecked(i == m_index);
        group->addAction(action);
    }
}

QSize PickBox::sizeHint() const
{
    const QFontMetrics metrics(Measures::current().font(Type::Body));
    int widest = 0;
    for (const Option &option : m_options)
        widest = qMax(widest, metrics.horizontalAdvance(option.words));
    const int icon = m_icon.isEmpty() ? 0 : px(20 + 10);
    return {widest + icon + px(12 + 12 + 16 + 10 + 2 * margin),
            qMax(px(36), metrics.height() + px(4)) + px(2 * margin)};
}

QSize PickBox::minimumSizeHint() const
{
    const QSize hint = sizeHint();
    const bool mayShrink = sizePolicy().horizontalPolicy() == QSizePolicy::Expanding;
    return {mayShrink ? qMin(hint.width(), px(160)) : hint.width(), hint.height()};
}

void PickBox::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!event->isAutoRepeat())
            click();
        return;
    case Qt::Key_Up:
        if (!m_options.isEmpty())
            pick(qMax<qsizetype>(0, m_index - 1));
        return;
    case Qt::Key_Down:
        if (!m_options.isEmpty())
            pick(qMin(m_options.size() - 1, m_index + 1));
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void PickBox::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect body = rect().adjusted(px(margin), px(margin), -px(margin), -px(margin));
    painter.setPen(isEnabled() ? tokens.border : tokens.hairline);
    painter.setBrush(!isEnabled()   ? tokens.card
                     : isDown()     ? tokens.pressed
                     : underMouse() ? tokens.hover
                                    : tokens.base);
    painter.drawRoundedRect(QRectF(body).adjusted(.5, .5, -.5, -.5), px(8), px(8));
    const QColor ink = isEnabled() ? tokens.text : tokens.disabled;
    const int before = m_icon.isEmpty() ? 0 : px(20 + 10);
    const QRect words = body.adjusted(px(12) + before, 0, -px(12 + 16 + 4), 0);
    if (!m_icon.isEmpty()) {
        const QRect icon(body.left() + px(12), body.top(), px(20), body.height());
        paintIcon(painter, QStyle::visualRect(layoutDirection(), body, icon), m_icon, px(20),
                  tokens.text2);
    }
    painter.setFont(Measures::current().font(Type::Body));
    painter.setPen(ink);
    painter.drawText(QStyle::visualRect(layoutDirection(), body, words),
                     static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute |
                                      (isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight)),
                     painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, words.width()));
    const QRect arrow(body.right() - px(12 + 16), body.top(), px(16), body.height());
    paintIcon(painter, QStyle::visualRect(layoutDirection(), body, arrow), u"chevron-down"_s,
              px(16), isEnabled() ? tokens.text2 : tokens.disabled);
    if (hasFocus())
        paintFocusRing(painter, rect(), px(8 + margin));
}

SettingCard::SettingCard(QWidget *parent)
    : Card(Tint::Plain, parent)
{
}

void SettingCard::addRow(const QString &name, const QString &note, QWidget *control)
{
    if (std::exchange(m_hasRows, true))
        column()->addWidget(makeHairline());
    auto *words = new QVBoxLayout;
    words->setContentsMargins(0, px(6), 0, px(6));
    words->setSpacing(px(1));
    words->addStretch(1);
    words->addWidget((new Text(name, Type::BodyMedium))->wrapped());
    if (!note.isEmpty()) {
        words->addWidget((new Text(note, Type::Small, Text::Tint::Quiet))->wrapped());
        control->setAccessibleDescription(note);
    }
    words->addStretch(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(12));
    row->addStrut(px(note.isEmpty() ? 52 : 60)); // look.md 1
    row->addLayout(words, 1);
    row->addWidget(control, 0, Qt::AlignVCenter);
    column()->addLayout(row);
}

} // namespace hufu
