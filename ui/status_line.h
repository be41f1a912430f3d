#pragma once

#include <QWidget>

#include <functional>
#include <optional>

class QBoxLayout;

namespace hufu {

class Button;
class Text;

/// One sentence at the foot of the window, only while there is something to say (look.md 5).
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    enum class Tone { Calm, Warning };

    /// What the line can say.
    struct Notice
    {
        Tone tone = Tone::Calm;
        QString icon;
        QString sentence;
        QString link;                   ///< words of the one action; empty for none
        std::function<void()> action{}; ///< what the link does

        /// Whether a person reads the same; the actions are taken to be the same then.
        [[nodiscard]] bool readsAs(const Notice &other) const;
    };

    explicit StatusLine(QWidget *parent = nullptr);

    void say(const Notice &notice);
    /// Takes away what was said. What stands is shown then, else there is no line.
    void clear();
    /// Says `notice` whenever nothing else is said, until another or none takes its place.
    void stand(const std::optional<Notice> &notice);

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void takeMeasures();
    /// The link beside the sentence, or below it where it would leave the sentence a narrow column.
    void arrange();
    void put(const Notice &notice);
    void vanish();

    std::optional<Notice> m_standing;
    bool m_hasSaid = false; ///< something that covers what stands
    std::function<void()> m_action;
    Tone m_tone = Tone::Calm;
    QString m_icon;
    Text *m_sentence;
    Button *m_link;
    QBoxLayout *m_row;
};

} // namespace hufu
