#pragma once

#include <QWidget>

namespace hufu {

/// The boxes for the number that the login page shows. Digits typed anywhere in the sheet land
/// here.
class NumberCells : public QWidget
{
    Q_OBJECT

public:
    /// @param digits  2 to 6
    explicit NumberCells(int digits, QWidget *parent = nullptr);

    [[nodiscard]] const QString &number() const { return m_number; }
    [[nodiscard]] bool isComplete() const { return m_number.size() == m_digits; }
    /// Takes a digit or Backspace. Returns whether it did.
    bool takeKey(int key, const QString &text);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void changed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void tell();

    const int m_digits;
    QString m_number;
};

} // namespace hufu
