#pragma once

#include "ui/measures.h"

#include <QLabel>

namespace hufu {

/// Words on a window or sheet, in one of the types and tints of look.md. Always plain text:
/// whatever a server or a code sends is shown as it is (security.md 7).
class Text : public QLabel
{
    Q_OBJECT

public:
    enum class Tint { Normal, Quiet, Danger, Success, Warning };

    Text(const QString &words, Type type, Tint tint = Tint::Normal, QWidget *parent = nullptr);

    /// Breaks lines instead of eliding what does not fit: between words, and inside a word only
    /// where it is too long for a line of its own. Lines of centred words come out about equal.
    [[nodiscard]] Text *wrapped();
    [[nodiscard]] Text *aligned(Qt::Alignment alignment);
    /// Elides in the middle: addresses and account names keep both ends.
    [[nodiscard]] Text *elidedInMiddle();

    void setTint(Tint tint);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Type m_type;
    Tint m_tint;
    Qt::TextElideMode m_elide = Qt::ElideRight;
};

} // namespace hufu
