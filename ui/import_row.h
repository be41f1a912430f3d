#pragma once

#include <QAbstractButton>

namespace hufu {

/// An account of an import with its check mark: whose it is, and what is to be said of it.
class ImportRow : public QAbstractButton
{
    Q_OBJECT

public:
    struct Words
    {
        QString title;
        QString line;   ///< under the title; may be empty
        QString remark; ///< under both; may be empty
    };

    ImportRow(Words words, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintMark(QPainter &painter) const;

    Words m_words;
};

} // namespace hufu
