#pragma once

#include "ui/typed_secret.h"

#include <QWidget>

#include <optional>

namespace hufu {

class EyeButton;

/// A field for a password or a key. What is typed goes from the key events into SecretBytes at
/// once: no QString of the content is kept, there is no undo, no selection but of everything, no
/// copy and no drag, and the accessibility tree has a name and never a value (security.md 3). Text
/// from the clipboard and from an input method passes through Qt and is wiped when Qt frees it.
///
/// The caret is always behind the last character. GUI thread.
class SecretField : public QWidget
{
    Q_OBJECT

public:
    /// @param name  the label, for people and for screen readers
    explicit SecretField(const QString &name, QWidget *parent = nullptr);

    /// What was typed; the field is empty afterwards.
    [[nodiscard]] SecretBytes take();
    void clear();
    [[nodiscard]] bool isEmpty() const { return m_content.isEmpty(); }
    /// Whether both hold the same.
    [[nodiscard]] bool holdsTheSameAs(const SecretField &other) const;

    void setPlaceholder(const QString &words);
    /// Marks the content as refused, until it changes.
    void setWrong(bool isWrong);
    /// Height of the field, in units of look.md; 36 unless told.
    void setBodyHeight(double height);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

signals:
    void changed();
    /// Enter was pressed.
    void submitted();
    /// What was last typed tells that Caps Lock is on, or that it is off.
    void capsLockSeen(bool isOn);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    static constexpr double eyeWidth = 40;

    void insert(QStringView text);
    void erase();
    void paste();
    void selectAll(bool all);
    void setRevealed(bool revealed);
    void watchCapsLock(const QKeyEvent &event);
    void afterChange();
    [[nodiscard]] QRect textArea() const;
    int paintContent(QPainter &painter, const QRect &area) const;

    TypedSecret m_content;
    QString m_placeholder;
    EyeButton *m_eye;
    double m_height = 36;
    bool m_isAllSelected = false;
    bool m_isWrong = false;
    bool m_isRevealed = false;
    std::optional<bool> m_capsLock;
};

} // namespace hufu
