#pragma once

#include "ui/account_list_model.h"
#include "ui/row_layout.h"
#include "ui/tabular_digits.h"

#include <QStyledItemDelegate>

namespace hufu {

/// Paints the rows of the account list in all their states (look.md 3, rows.png).
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit RowDelegate(const AccountListModel &model, QObject *parent = nullptr);

    /// What has to be painted; parts outside are skipped. Empty for everything.
    void setDamage(const QRegion &damage) { m_damage = damage; }

    /// The parts of `row` inside its item rectangle.
    [[nodiscard]] RowLayout layoutOf(const QRect &item, int row, bool isHovered) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    struct Look;

    [[nodiscard]] int codeWidth(const AccountRow &row) const;
    [[nodiscard]] bool isDamaged(const QRect &part) const;
    void paintNames(QPainter &painter, const AccountRow &row, const RowLayout &layout) const;
    void paintBadge(QPainter &painter, const RowLayout &layout, const QColor &background) const;
    void paintCode(QPainter &painter, const AccountRow &row, const RowLayout &layout,
                   const Look &look) const;
    void paintEnd(QPainter &painter, const AccountRow &row, const RowLayout &layout,
                  const Look &look) const;

    const AccountListModel &m_model;
    QRegion m_damage;
};

} // namespace hufu
