#pragma once

#include "ui/account_list_model.h"
#include "ui/row_delegate.h"

#include <QListView>

namespace hufu {

/// The list of rolling codes. It tells what a person wants of a row; the main window does it.
class AccountListView : public QListView
{
    Q_OBJECT

public:
    explicit AccountListView(AccountListModel &model, QWidget *parent = nullptr);

    /// Paints anew what a new second changes, and nothing else.
    void tick(std::chrono::sys_seconds now);
    [[nodiscard]] AccountPtr current() const;
    /// Makes the row of `id` current and brings it into view, if it is shown.
    void setCurrent(const AccountId &id);
    void moveCurrent(int rows);

    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;

signals:
    /// Rows are about to be painted: whoever knows the time may say it before.
    void aboutToPaint();
    /// Once, when codes stand on the screen for the first time.
    void codesPainted();
    void copyRequested(const AccountId &id);
    void nextRequested(const AccountId &id);
    void menuRequested(const AccountId &id, QPoint globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    enum class Part { None, Copy, Next, More };

    struct Hit
    {
        AccountPtr account;
        Part part = Part::None;
    };

    [[nodiscard]] Hit hitAt(QPoint point) const;

    AccountListModel &m_model;
    RowDelegate *m_delegate;
    Hit m_pressed;
    std::chrono::sys_seconds m_lastTick{};
    bool m_hasPaintedCodes = false;
};

} // namespace hufu
