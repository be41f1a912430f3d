#pragma once

#include <QAbstractButton>

class QHBoxLayout;

namespace hufu {

/// Ways side by side in one trough, one of them the current one (look.md 4).
class SegmentBar : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentBar(QWidget *parent = nullptr);

    /// A segment at the end of the bar. What it does when it is clicked is its owner's.
    /// @param name  for screen readers, and in the tooltip
    QAbstractButton *add(const QString &icon, const QString &words, const QString &name,
                         const QKeySequence &keys);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QHBoxLayout *m_row;
};

} // namespace hufu
