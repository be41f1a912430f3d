#pragma once

#include "ui/error_text.h"

#include <QWidget>

class QVBoxLayout;

namespace hufu {

/// What stands in the window while the vault cannot be read: each cause in its own words, and never
/// an empty list (look.md 5).
class ProblemPage : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemPage(QWidget *parent = nullptr);

    /// @param mayUsePassword  no accounts are known, so that a file under a password may hold the
    /// first
    void show(const Error &problem, bool mayUsePassword, KeptIn keptIn);
    /// While an answer is on its way the button cannot be pressed again.
    void setBusy(bool busy);

signals:
    /// The primary button: unlock a locked keychain, else try again.
    void unlockRequested();
    void retryRequested();
    /// "What is wrong?": the doctor knows more.
    void passwordInsteadRequested();
    void doctorRequested();
    void quitRequested();

private:
    QWidget *m_content = nullptr;
    QWidget *m_primary = nullptr;
    QVBoxLayout *m_whole;
};

} // namespace hufu
