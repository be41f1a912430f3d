#pragma once

#include "core/base/answer.h"
#include "core/vault/entry_sizes.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <vector>

namespace hufu {

/// Which of our entries a store holds, and which lie where this session does not look for them.
struct StoreSurvey
{
    /// Another backend with entries of ours. Nothing is ever read or written there.
    struct Elsewhere
    {
        QString backend;
        QStringList keys;
    };

    QStringList keys;
    /// Keys that stand more than once, with the collections that hold them.
    QMap<QString, QStringList> doubled;
    std::vector<Elsewhere> elsewhere;
};

/// Entries of text under keys, kept by somebody else: the OS keychain, or a double in tests.
/// Nothing of it is believed unasked: callers read back what they wrote. GUI thread.
///
/// Errors of every call: KeychainLocked, KeychainMissing (no service at all), KeychainDenied,
/// KeychainStalled (ran out of time; see isStalled), KeychainFailed.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    /// The value of `key`. Errors: also EntryNotFound, and that only where it is certain, and
    /// VaultCorrupt where something lies under the name that no call of ours wrote.
    virtual void read(const QString &key, QObject *context, Answer<QByteArray> answer) = 0;
    /// `value` is one line of ASCII.
    virtual void write(const QString &key, const QByteArray &value, QObject *context,
                       Answer<void> answer) = 0;
    /// Succeeds once there is certainly no such entry any more.
    virtual void remove(const QString &key, QObject *context, Answer<void> answer) = 0;
    /// All keys that begin with `prefix`, whether locked or not.
    virtual void list(const QString &prefix, QObject *context, Answer<QStringList> answer) = 0;
    /// What is in the store, for the doctor; asks the person nothing and changes nothing.
    virtual void survey(const QString &prefix, QObject *context, Answer<StoreSurvey> answer)
    {
        list(prefix, context, [answer = std::move(answer)](Result<QStringList> keys) {
            if (!keys)
                return answer(tl::unexpected(keys.error()));
            answer(StoreSurvey{.keys = std::move(*keys), .doubled = {}, .elsewhere = {}});
        });
    }
    /// Asks the person to unlock the keychain; answers when that is done or refused.
    virtual void unlock(QObject *context, Answer<void> answer) = 0;

    /// Whether a call that ran out of time is still under way. It could take effect at any moment;
    /// until it ends every other call answers KeychainStalled.
    [[nodiscard]] virtual bool isStalled() const = 0;
    /// The name of the service behind it, as the doctor shows it: `secret-service`, `kwallet5`,
    /// `windows-credentials`, `macos-keychain`.
    [[nodiscard]] virtual QString backend() const = 0;
    /// How long an entry may be, and which pages suit that.
    [[nodiscard]] virtual EntrySizes sizes() const { return entrySizesOf(backend()); }

signals:
    /// The call that had run out of time has ended: isStalled() is false again.
    void settled();
};

} // namespace hufu
