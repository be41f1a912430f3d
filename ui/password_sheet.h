#pragma once

#include "core/base/error.h"
#include "core/base/secret_bytes.h"
#include "ui/error_text.h"
#include "ui/sheet.h"

namespace hufu {

class Button;
class SecretField;
class Text;

/// Sets, changes or removes the app password (experience.md, "Lock"), or asks for the one under
/// which the accounts move between keychain and file (storage.md 8). It decides nothing: whoever
/// owns it does that and says what came of it.
class PasswordSheet : public Sheet
{
    Q_OBJECT

public:
    enum class Task {
        Set,
        Change,
        Remove,
        MoveToFile,       ///< under the password that is set
        MoveToFileAndSet, ///< under a new one, as none is set
        MoveToKeychain,
    };

    explicit PasswordSheet(Task task, QWidget *parent = nullptr);

    [[nodiscard]] Task task() const { return m_task; }
    /// The password that is set now; empty where none is. The field is empty afterwards.
    [[nodiscard]] SecretBytes takeCurrent();
    /// The password to set; empty to remove it. The fields are empty afterwards.
    [[nodiscard]] SecretBytes takeNext();

    /// While it is being done nothing can be pressed.
    void setBusy(bool busy);
    void showFailure(const Error &error, KeptIn keptIn = KeptIn::Keychain);

signals:
    /// The fields hold what is needed.
    void submitted();

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] static Explanation wordsOf(Task task);
    void build(Task task);
    [[nodiscard]] SecretField *addField(QVBoxLayout *column, const QString &name);
    void addButtons();
    void submit();
    void say(const QString &words, SecretField *wrong);

    Task m_task = Task::Set;
    SecretField *m_current = nullptr;
    SecretField *m_next = nullptr;
    SecretField *m_repeated = nullptr;
    Text *m_words = nullptr;
    QList<QWidget *> m_buttons;
    Button *m_primary = nullptr;
    bool m_isBusy = false;
};

} // namespace hufu
