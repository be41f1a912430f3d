#pragma once

#include "core/login/provider.h"
#include "ui/sheet.h"

#include <QTimer>

namespace hufu {

class ApproveButton;
class Button;
class NumberCells;
class RingView;
class Text;

/// "Confirm a login": shows one LoginAttempt from its choice of account to its end (look.md 4). The
/// attempt decides; the sheet shows its state and hands on what a person pressed.
class ApproveSheet : public Sheet
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds approvedStays{4};
    /// A login that comes by itself takes no key before: it may have been meant for another window.
    static constexpr std::chrono::seconds settles{1};

    /// Takes the attempt, which is started by the caller once finished() and its state are
    /// followed.
    ApproveSheet(std::unique_ptr<LoginAttempt> attempt, const Clock &clock,
                 QWidget *parent = nullptr);
    ~ApproveSheet() override;

    [[nodiscard]] LoginAttempt &attempt() { return *m_attempt; }
    /// What a denial was for.
    [[nodiscard]] DenyReason reason() const { return m_reason; }

    /// Closing the sheet denies a login that nobody has answered.
    void reject() override;

signals:
    /// There is something to show now; before that only the server was asked.
    void readyToShow();
    /// The login has failed, and the person wants to scan another code: that of the login page, or
    /// that of the page that binds. The sheet is closed by then.
    void scanRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void follow();
    void buildChoice();
    void buildReview();
    void buildResult();
    void addWarning(QVBoxLayout *column);
    [[nodiscard]] QWidget *makeDetails();
    [[nodiscard]] QWidget *makeNumberRow();
    void addAnswers();
    void addClose();
    void tick();
    void rearm();
    void send();
    void deny(DenyReason reason);
    [[nodiscard]] bool hasWarning() const;
    [[nodiscard]] bool takesKeys() const;

    const Clock &m_clock;
    std::unique_ptr<LoginAttempt> m_attempt;
    DenyReason m_reason = DenyReason::Cancel;
    QTimer m_second;
    std::chrono::milliseconds m_whole{};
    bool m_isReady = false;
    bool m_isSettled = false; ///< it is shown long enough to take keys
    RingView *m_ring = nullptr;
    Text *m_asked = nullptr;
    NumberCells *m_number = nullptr;
    ApproveButton *m_approve = nullptr;
    Button *m_deny = nullptr;
    Button *m_report = nullptr;
};

} // namespace hufu
