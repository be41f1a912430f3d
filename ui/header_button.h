#pragma once

#include <QAbstractButton>

namespace hufu {

/// A button of the main window's header: Scan, its arrow, or the menu (look.md 3). Sheets use it
/// where a button is only an icon.
class HeaderButton : public QAbstractButton
{
    Q_OBJECT

public:
    enum class Shape {
        Start, ///< left part of a split button: icon and words
        End,   ///< right part of a split button: an icon
        Alone, ///< an icon without a border
        Boxed, ///< an icon with a border; filled while it is checked
    };

    HeaderButton(Shape shape, const QString &icon, const QString &text, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    Shape m_shape;
    QString m_icon;
};

} // namespace hufu
