#pragma once

#include "ui/card.h"
#include "ui/text.h"

#include <QWidget>

class QHBoxLayout;

namespace hufu {

/// The square with a name's first letter, as a widget.
class AvatarView : public QWidget
{
    Q_OBJECT

public:
    /// @param edge, radius  in units of look.md
    AvatarView(const QString &name, double edge, double radius, Type type,
               QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    int m_radius;
    Type m_type;
};

/// A ring that empties, as a widget.
class RingView : public QWidget
{
    Q_OBJECT

public:
    /// @param edge  in units of look.md
    explicit RingView(double edge, QWidget *parent = nullptr);

    /// @param left   of the whole, 0 to 1
    /// @param words  in its middle
    void setLeft(double left, const QString &words, bool isEnding);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_left = 1;
    QString m_words;
    bool m_isEnding = false;
};

/// Rows of "label  value  remark" with hairlines between them (look.md 4).
class DetailCard : public Card
{
    Q_OBJECT

public:
    explicit DetailCard(QWidget *parent = nullptr);

    /// @param remark  at the row's end; may be null
    void addRow(const QString &label, Text *value, QWidget *remark = nullptr);

protected:
    bool event(QEvent *event) override;

private:
    void placeLabels();

    QList<Text *> m_labels;
};

/// The line between two rows of a card.
[[nodiscard]] QWidget *makeHairline();

/// Avatar, a small line, a title; more can be added at the end of the row.
[[nodiscard]] QHBoxLayout *makeHead(const QString &avatarName, const QString &smallLine,
                                    const QString &title);

/// A remark with a drawing before it.
[[nodiscard]] QWidget *makeRemark(const QString &icon, IconView::Tint iconTint,
                                  const QString &words, Text::Tint tint);

/// `address` with places to break the line at after its signs, where there are no spaces.
[[nodiscard]] QString breakable(const QString &address);

} // namespace hufu
