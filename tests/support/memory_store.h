#pragma once

#include "core/vault/secret_store.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace hufu::test {

/// What a keychain holds. Several stores may share one, as processes do.
using MemoryKeychain = std::map<QString, QByteArray>;

/// A store in memory that answers at once, from the event loop, and fails when told.
class MemoryStore final : public SecretStore
{
    Q_OBJECT

public:
    enum class Kind { Read, Write, Remove };
    struct Call
    {
        Kind kind;
        QString key;
        int number; ///< from 1
    };
    enum class Fault {
        None,
        FailBefore, ///< answers `failure` and does nothing
        FailAfter,  ///< does it and answers `failure` all the same
        Torn,       ///< half of the value is written, then `failure`
        Stall,      ///< answers KeychainStalled; takes effect in endStall()
        KillBefore, ///< the process is gone: nothing is done or answered from now on
        KillAfter,  ///< the same, after it was done
        KillTorn,   ///< the same, in the middle of it
    };

    explicit MemoryStore(std::shared_ptr<MemoryKeychain> keychain);

    /// Asked before each call; none = no faults.
    std::function<Fault(const Call &)> plan;
    Errc failure = Errc::KeychainFailed;
    /// Every call answers this while it is set.
    std::optional<Errc> unavailable;
    /// No call is begun while this is set: a keychain that thinks.
    bool holdsAnswers = false;
    /// What was held is done now, in order.
    void answerHeld();

    [[nodiscard]] int calls() const { return m_calls; }
    [[nodiscard]] int writes() const { return m_writes; }
    [[nodiscard]] bool isDead() const { return m_dead; }
    /// The call that ran out of time takes effect after all.
    void endStall();

    void read(const QString &key, QObject *context, Answer<QByteArray> answer) override;
    void write(const QString &key, const QByteArray &value, QObject *context,
               Answer<void> answer) override;
    void remove(const QString &key, QObject *context, Answer<void> answer) override;
    void list(const QString &prefix, QObject *context, Answer<QStringList> answer) override;
    void unlock(QObject *context, Answer<void> answer) override;
    [[nodiscard]] bool isStalled() const override { return m_stalled != nullptr; }
    [[nodiscard]] QString backend() const override { return QStringLiteral("memory"); }

private:
    template <typename T>
    void run(Kind kind, const QString &key, QObject *context, Answer<T> answer,
             const std::function<Result<T>()> &effect, const std::function<void()> &tear);

    std::shared_ptr<MemoryKeychain> m_keychain;
    std::function<void()> m_stalled;
    std::vector<std::function<void()>> m_held;
    int m_calls = 0;
    int m_writes = 0;
    bool m_dead = false;
};

} // namespace hufu::test
