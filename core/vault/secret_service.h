#pragma once

#include "core/base/answer.h"

#include <QString>

#include <vector>

namespace hufu {

/// The Secret Service asked directly over D-Bus, for what QtKeychain does not tell apart: an entry
/// that is locked from one that is not there (storage.md 7, platform.md 3.3). GUI thread.
///
/// Errors of every call: KeychainMissing where there is no bus or nobody offers the service,
/// KeychainStalled where it does not answer in time, KeychainFailed.
class SecretService : public QObject
{
    Q_OBJECT

public:
    enum class Presence { Absent, Unlocked, Locked };
    /// One of our items. Where the default collection was changed there can be two under one key.
    struct Item
    {
        QString key;
        QString collection; ///< as its path names it: `login`
    };

    /// Name of the service on the bus.
    [[nodiscard]] static QString busName();

    explicit SecretService(QObject *parent);

    /// Whether there is an item of ours under `key`, in any collection. Absent is certain.
    void find(const QString &key, QObject *context, Answer<Presence> answer);
    /// The path of the unlocked item that a reading of `key` as text would take; empty where there
    /// is none.
    void locate(const QString &key, QObject *context, Answer<QString> answer);
    /// All our items whose keys begin with `prefix`, locked or not.
    void list(const QString &prefix, QObject *context, Answer<std::vector<Item>> answer);
    /// Whether the collection that new items go to is locked.
    void isDefaultLocked(QObject *context, Answer<bool> answer);
    /// Has the service ask the person for the default collection's password where it is locked.
    /// Errors: also KeychainLocked when the prompt was dismissed or could not be shown.
    void unlock(QObject *context, Answer<void> answer);

private:
    void defaultCollection(QObject *context, Answer<QString> answer);
};

} // namespace hufu
