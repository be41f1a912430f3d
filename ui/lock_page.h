#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/secret_bytes.h"

#include <QTimer>
#include <QWidget>

namespace hufu {

class Button;
class SecretField;
class Tally;
class Text;

/// What the window shows while Hufu is locked: a field for the app password, and no name of
/// anything (look.md 5, locked.png). It decides nothing; whoever owns it unlocks.
class LockPage : public QWidget
{
    Q_OBJECT

public:
    explicit LockPage(const Clock &clock, QWidget *parent = nullptr);

    /// Empties the field and forgets what was said.
    void reset();
    /// While the password is being tried nothing can be pressed or typed.
    void setBusy(bool busy);
    /// The password was not taken. `wait`: how long no other is tried; counts down in the button.
    void refuse(const Error &error, std::chrono::milliseconds wait);
    /// What was typed; the field is empty afterwards.
    [[nodiscard]] SecretBytes takePassword();
    /// Where the tally stands, in `window`'s coordinates.
    [[nodiscard]] QRect tallyIn(const QWidget &window) const;

signals:
    void unlockRequested();
    void forgotRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void submit();
    void tick();
    void follow();

    const Clock &m_clock;
    Tally *m_tally;
    SecretField *m_field;
    Text *m_words;
    Button *m_unlock;
    QTimer m_second;
    std::chrono::milliseconds m_waitUntil{};
    bool m_isBusy = false;
    bool m_isCapsLock = false;
    bool m_isRefused = false;
};

} // namespace hufu
