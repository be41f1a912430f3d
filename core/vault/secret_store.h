#pragma once

#include "core/base/answer.h"
#include "core/vault/entry_sizes.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <map>
#include <vector>

namespace hufu {

/// How a store keeps a vault.
enum class Keeping {
    TwoHeads,   ///< entry by entry, two heads in turn
    OneFile,    ///< whole generations, each with one head, in the place of the one before
    CopyOfFile, ///< the same; but the file is gone or damaged, and a copy of an earlier one is read
};

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
    /// Begins a reading of several entries: where the store can, the reads that follow answer from
    /// one moment. Errors of a store that keeps files: VaultCorrupt, VaultNewerVersion,
    /// FileUnreadable, SecretMemoryFull; of the keychain none.
    virtual void beginReading(QObject *context, Answer<Keeping> answer)
    {
        answerLater<Keeping>(context, std::move(answer), Keeping::TwoHeads);
    }
    /// Whether the last reading found a copy of a file that other passwords open than the file: a
    /// change of the password was cut off before its copies went.
    [[nodiscard]] virtual bool hasOldSlots() const { return false; }
    /// Puts a whole generation in the place of the present one, where the store does not keep
    /// TwoHeads: the entries of `added`, and those present ones whose keys `kept` names. Read the
    /// head back to learn what came of a failure.
    /// Errors: WriteNotConfirmed, FileUnwritable, KeychainStalled, and those of beginReading.
    virtual void replaceAll(const std::map<QString, QByteArray> &added, const QStringList &kept,
                            QObject *context, Answer<void> answer)
    {
        Q_UNUSED(added)
        Q_UNUSED(kept)
        answerLater<void>(context, std::move(answer), failure(Errc::KeychainFailed));
    }

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
