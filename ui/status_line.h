#pragma once

#include <QWidget>

namespace hufu {

class Button;
class Text;

/// One sentence at the foot of the window, only while there is something to say (look.md 5).
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    enum class Tone { Calm, Warning };

    explicit StatusLine(QWidget *parent = nullptr);

    /// @param link  words of the one action; empty for none
    void say(Tone tone, const QString &icon, const QString &sentence, const QString &link = {});
    /// Takes the line away, and what it said.
    void clear();

signals:
    void linkActivated();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void takeMeasures();

    Tone m_tone = Tone::Calm;
    QString m_icon;
    Text *m_sentence;
    Button *m_link;
};

} // namespace hufu
