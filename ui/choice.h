#pragma once

#include <QAbstractButton>

namespace hufu {

/// A radio button with a second line that says what the choice means. Choices of one parent exclude
/// each other.
class Choice : public QAbstractButton
{
    Q_OBJECT

public:
    Choice(const QString &text, const QString &meaning, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_meaning;
};

} // namespace hufu
