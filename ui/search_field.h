#pragma once

#include <QLineEdit>
#include <QTimer>

namespace hufu {

/// The search field. Its cursor stands still after some seconds without a key, since a blinking one
/// wakes the program twice a second.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);
    ~SearchField() override;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void takeMeasures();
    void stopBlinking();

    const int m_flashTime;
    QTimer m_stillness;
};

} // namespace hufu
