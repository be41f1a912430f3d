#pragma once

#include <QScrollBar>

class QAbstractScrollArea;

namespace hufu {

/// A narrow scroll bar that lies over the edge of a scroll area and takes no room from it: codes
/// keep their place when a list grows longer than its window.
class SlimScrollBar : public QScrollBar
{
    Q_OBJECT

public:
    /// Takes the place of the vertical scroll bar of `area`, and lives as long.
    explicit SlimScrollBar(QAbstractScrollArea *area);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QAbstractScrollArea *m_area;
};

} // namespace hufu
