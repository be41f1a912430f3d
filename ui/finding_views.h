#pragma once

#include "core/scan/scan_report.h"
#include "ui/scan_flow.h"

#include <QAbstractButton>
#include <QImage>

namespace hufu {

/// A searched screen in small, with the found codes outlined and numbered (look.md 4).
class SourceView : public QWidget
{
    Q_OBJECT

public:
    struct Mark
    {
        QPolygonF outline; ///< in the source's pixels
        int number = 1;
    };

    /// @param height  in units of look.md
    SourceView(const SearchedSource &source, const SourcePreview &preview, QList<Mark> marks,
               double height, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage m_picture;
    double m_scale = 1; ///< widget pixels a source pixel
    QList<Mark> m_marks;
};

/// One found code in the list: number, what it is, what it would do.
class FindingRow : public QAbstractButton
{
    Q_OBJECT

public:
    struct Words
    {
        QString title;
        QString line;
        QString kind;
        QString icon;
    };

    FindingRow(int number, Words words, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void doubleClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    int m_number;
    Words m_words;
};

} // namespace hufu
