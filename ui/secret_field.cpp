#include "ui/secret_field.h"

#include "ui/eye_button.h"
#include "ui/measures.h"
#include "ui/password_access.h"

#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QStyle>

namespace hufu {
namespace {

/// Whether a key made a character, and not a command.
bool isPrintable(const QString &text)
{
    return !text.isEmpty() && (text.at(0).isPrint() || text.at(0).isHighSurrogate());
}

} // namespace

SecretField::SecretField(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_eye(new EyeButton(this))
{
    announceAsPasswordField();
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                        Qt::ImhNoAutoUppercase);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_eye, &QAbstractButton::clicked, this, [this] { setRevealed(!m_isRevealed); });
}

SecretBytes SecretField::take()
{
    SecretBytes taken = m_content.take();
    setRevealed(false);
    afterChange();
    return taken;
}

void SecretField::clear()
{
    m_content.clear();
    setRevealed(false);
    afterChange();
}

bool SecretField::holdsTheSameAs(const SecretField &other) const
{
    return equalInConstantTime(m_content.view(), other.m_content.view());
}

void SecretField::setPlaceholder(const QString &words)
{
    m_placeholder = words;
    update();
}

void SecretField::setWrong(bool isWrong)
{
    m_isWrong = isWrong;
    update();
}

void SecretField::setBodyHeight(double height)
{
    m_height = height;
    updateGeometry();
}

QSize SecretField::sizeHint() const
{
    return {px(284), px(m_height)};
}

QSize SecretField::minimumSizeHint() const
{
    return {px(120), px(m_height)};
}

QVariant SecretField::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return isEnabled();
    case Qt::ImHints:
        return static_cast<int>(inputMethodHints());
    case Qt::ImCursorRectangle:
        return textArea();
    default:
        return {}; // nothing of the content
    }
}

void SecretField::insert(QStringView text)
{
    if (text.isEmpty())
        return;
    TypedSecret replaced;
    if (m_isAllSelected)
        std::swap(m_content, replaced);
    if (!m_content.insert(text)) {
        if (m_isAllSelected)
            std::swap(m_content, replaced);
        return QApplication::beep();
    }
    afterChange();
}

void SecretField::erase()
{
    if (m_isAllSelected)
        m_content.clear();
    else
        m_content.removeLast();
    afterChange();
}

void SecretField::paste()
{
    const QMimeData *held = QApplication::clipboard()->mimeData();
    if (held && held->hasText())
        insert(held->text());
}

void SecretField::afterChange()
{
    m_isAllSelected = false;
    m_isWrong = false;
    update();
    emit changed();
}

void SecretField::selectAll(bool all)
{
    m_isAllSelected = all && !m_content.isEmpty();
    update();
}

void SecretField::setRevealed(bool revealed)
{
    m_isRevealed = revealed;
    m_eye->setOpen(revealed);
    update();
}

/// Qt does not tell the state of Caps Lock, but the letters that it makes do.
void SecretField::watchCapsLock(const QKeyEvent &event)
{
    if (event.key() == Qt::Key_CapsLock && m_capsLock)
        m_capsLock = !*m_capsLock;
    const QString text = event.text();
    if (text.size() == 1 && text.at(0).isLower() != text.at(0).isUpper())
        m_capsLock = text.at(0).isUpper() != event.modifiers().testFlag(Qt::ShiftModifier);
    if (m_capsLock)
        emit capsLockSeen(*m_capsLock);
}

void SecretField::keyPressEvent(QKeyEvent *event)
{
    watchCapsLock(*event);
    const bool isText = isPrintable(event->text()) &&
                        !(event->modifiers() & (Qt::ControlModifier | Qt::MetaModifier));
    // AltGr is Ctrl+Alt on some systems.
    const bool isAltGr = isPrintable(event->text()) &&
                         event->modifiers().testFlag(Qt::ControlModifier) &&
                         event->modifiers().testFlag(Qt::AltModifier);
    const bool hasCtrl = event->modifiers() == Qt::ControlModifier;
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!event->isAutoRepeat())
            emit submitted();
    } else if (event->matches(QKeySequence::Paste)) {
        paste();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll(true);
    } else if ((hasCtrl && event->key() == Qt::Key_U) ||
               event->matches(QKeySequence::DeleteStartOfWord)) {
        clear();
    } else if (event->key() == Qt::Key_Backspace ||
               (event->key() == Qt::Key_Delete && m_isAllSelected)) {
        erase();
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right ||
               event->key() == Qt::Key_Home || event->key() == Qt::Key_End) {
        selectAll(false);
    } else if (isText || isAltGr) {
        insert(event->text());
    } else {
        return QWidget::keyPressEvent(event);
    }
    event->accept();
}

void SecretField::inputMethodEvent(QInputMethodEvent *event)
{
    if (!event->commitString().isEmpty())
        insert(event->commitString());
    event->accept();
}

bool SecretField::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange) {
        updateGeometry();
        update();
    }
    // Letters belong to the field before any shortcut of the window may take them.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (isPrintable(key->text()) && !key->modifiers().testFlag(Qt::ControlModifier))
            event->accept();
    }
    return QWidget::event(event);
}

void SecretField::mousePressEvent(QMouseEvent *event)
{
    selectAll(false);
    event->accept();
}

void SecretField::mouseDoubleClickEvent(QMouseEvent *event)
{
    selectAll(true);
    event->accept();
}

void SecretField::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        selectAll(true);
    update();
}

void SecretField::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    m_isAllSelected = false;
    if (!m_eye->hasFocus() && QApplication::focusWidget() != m_eye)
        setRevealed(false);
    update();
}

void SecretField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::EnabledChange)
        update();
    QWidget::changeEvent(event);
}

void SecretField::resizeEvent(QResizeEvent *)
{
    const QRect place(width() - px(eyeWidth), 0, px(eyeWidth), height());
    m_eye->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
}

} // namespace hufu
