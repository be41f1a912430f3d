#pragma once

#include "core/base/answer.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace hufu {

/// Entries of text under keys, kept by somebody else: the OS keychain, or a double in tests.
/// Nothing of it is believed unasked: callers read back what they wrote. GUI thread.
///
/// Errors of every call: KeychainLocked, KeychainMissing (no service at all), KeychainDenied,
/// KeychainStalled (ran out of time; see isStalled), KeychainFailed.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    /// The value of `key`. Errors: also EntryNotFound, and that only where it is certain.
    virtual void read(const QString &key, QObject *context, Answer<QByteArray> answer) = 0;
    /// `value` is one line of ASCII.
    virtual void write(const QString &key, const QByteArray &value, QObject *context,
                       Answer<void> answer) = 0;
    /// Succeeds once there is certainly no such entry any more.
    virtual void remove(const QString &key, QObject *context, Answer<void> answer) = 0;
    /// All keys that begin with `prefix`, whether locked or not.
    virtual void list(const QString &prefix, QObject *context, Answer<QStringList> answer) = 0;
    /// Asks the person to unlock the keychain; answers when that is done or refused.
    virtual void unlock(QObject *context, Answer<void> answer) = 0;

    /// Whether a call that ran out of time is still under way. It could take effect at any moment;
    /// until it ends every other call answers KeychainStalled.
    [[nodiscard]] virtual bool isStalled() const = 0;
    /// The name of the service behind it, as the doctor shows it: `secret-service`, `kwallet5`.
    [[nodiscard]] virtual QString backend() const = 0;

signals:
    /// The call that had run out of time has ended: isStalled() is false again.
    void settled();
};

} // namespace hufu
