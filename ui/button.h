#pragma once

#include <QAbstractButton>

namespace hufu {

/// A button as Hufu paints it. Around its body it keeps room for the focus ring: Button::margin().
/// Enter presses it when it has the focus; a held key does not press it again.
class Button : public QAbstractButton
{
    Q_OBJECT

public:
    enum class Look {
        Primary,   ///< accent, filled; one a window
        Outlined,  ///< border on base
        Link,      ///< words in accent, no body
        QuietLink, ///< words in text2
        DangerLink,
    };

    Button(const QString &text, Look look, QWidget *parent = nullptr);

    /// Height of the body, in units of look.md; 36 unless told.
    void setBodyHeight(double height);
    /// Value weight (Deny and Approve) instead of the buttons' own.
    void setStrong(bool strong);
    void setLook(Look look);
    /// A drawing of icons/ before the words.
    void setIconName(const QString &name);

    /// Room around the body, in device-independent pixels.
    [[nodiscard]] static int margin();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    [[nodiscard]] QRect body() const;
    void paintFocus(QPainter &painter) const;
    void paintWords(QPainter &painter, const QColor &colour) const;

private:
    void paintBody(QPainter &painter) const;
    [[nodiscard]] QColor wordColour() const;
    [[nodiscard]] const QFont &wordFont() const;

    Look m_look;
    double m_height = 36;
    bool m_strong = false;
    QString m_icon;
};

} // namespace hufu
