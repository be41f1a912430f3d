#pragma once

#include <QAbstractButton>

namespace hufu {

/// Inside a field for secrets: shows what was typed, and hides it again.
class EyeButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit EyeButton(QWidget *parent);

    /// Whether the content is shown now.
    void setOpen(bool isOpen);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_isOpen = false;
};

} // namespace hufu
