#pragma once

#include "ui/card.h"

#include <QAbstractButton>
#include <QPointer>

class QMenu;

namespace hufu {

class Text;

/// On or off, as a slider (settings.png).
class Switch : public QAbstractButton
{
    Q_OBJECT

public:
    /// @param name  the setting, for screen readers
    explicit Switch(const QString &name, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

/// One of several values, in a menu (settings.png). Until there is one that is chosen, it shows a
/// placeholder.
class PickBox : public QAbstractButton
{
    Q_OBJECT

public:
    struct Option
    {
        int value;
        QString words;
    };

    /// @param name  the setting, for screen readers
    PickBox(const QString &name, QList<Option> options, QWidget *parent = nullptr);

    /// A value that is no option is shown as the nearest one.
    void setValue(int value);
    /// Other options, also in the menu that is open.
    /// @param current  index of the one to show; -1 for none
    void setOptions(QList<Option> options, qsizetype current);
    void setPlaceholder(const QString &words);
    /// A drawing of icons/ before the words.
    void setIconName(const QString &name);

    [[nodiscard]] QSize sizeHint() const override;
    /// Where it may grow it may also shrink, and elides its words.
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// A person picked another value.
    void picked(int value);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void openMenu();
    void fillMenu();
    void pick(qsizetype index);
    void show(qsizetype index);

    QString m_name;
    QList<Option> m_options;
    qsizetype m_index = -1;
    QString m_placeholder;
    QString m_icon;
    QPointer<QMenu> m_menu; ///< while it is open
};

/// What stands above a SettingCard.
[[nodiscard]] Text *newSettingCaption(const QString &words);

/// Rows of "name and note … control" with hairlines between them (settings.png).
class SettingCard : public Card
{
    Q_OBJECT

public:
    explicit SettingCard(QWidget *parent = nullptr);

    /// @param note  under the name; empty for none
    void addRow(const QString &name, const QString &note, QWidget *control);

private:
    bool m_hasRows = false;
};

} // namespace hufu
