#pragma once

#include <QVariantAnimation>
#include <QWidget>

namespace hufu {

/// What covers the accounts for the moment after an unlock: the halves of the locked tally slide
/// together (look.md 6). It takes no input and no focus: what is below it works at once. It deletes
/// itself at its end.
class UnlockSlide : public QWidget
{
    Q_OBJECT

public:
    /// Begins over `area` of the parent, with the tally where `tally` was, both in the parent's
    /// coordinates. Null where the person wants no motion.
    static UnlockSlide *begin(const QRect &area, const QRect &tally, QWidget &parent);

    /// From 1, as far apart as while locked, to 0.
    [[nodiscard]] double distance() const { return m_motion.currentValue().toDouble(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    UnlockSlide(const QRect &tally, QWidget &parent);

    QRect m_tally; ///< in our coordinates
    QVariantAnimation m_motion;
};

} // namespace hufu
