#pragma once

#include <QFrame>

class QVBoxLayout;

namespace hufu {

/// A rounded box with a hairline: detail rows, warnings, errors (look.md 4).
class Card : public QFrame
{
    Q_OBJECT

public:
    enum class Tint { Plain, Tonal, Warning, Danger };

    explicit Card(Tint tint, QWidget *parent = nullptr);

    /// Column of the card's content.
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tint m_tint;
    QVBoxLayout *m_column;
};

/// A drawing of icons/ in one tint, as a widget.
class IconView : public QWidget
{
    Q_OBJECT

public:
    enum class Tint { Quiet, Accent, Success, Warning, Danger };

    /// @param edge  in units of look.md
    IconView(const QString &name, double edge, Tint tint, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    Tint m_tint;
};

/// A warning's or an error's card: icon, headline in DemiBold, text below. More goes into the
/// column that comes back with it.
struct NoticeCard
{
    Card *card;
    QVBoxLayout *column; ///< beside the icon, under the text
};

[[nodiscard]] NoticeCard makeNotice(Card::Tint tint, const QString &icon, const QString &headline,
                                    const QString &text);

} // namespace hufu
