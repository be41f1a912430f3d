#pragma once

#include "core/base/answer.h"
#include "core/base/secret_bytes.h"

#include <optional>

namespace hufu {

/// Our own session with the Secret Service, in which values come sealed over the bus. It is for
/// reading only; what is written goes through QtKeychain, whose library has one of its own.
///
/// That library, libsecret 0.20, never frees the service's reply to the search by which QtKeychain
/// reads: half a megabyte for each large page, for the life of the process. It also agrees on a key
/// with exponents of 1,024 bits in arithmetic of its own (24 million instructions, 3 million here),
/// and to be loaded costs as much as a third of the window. GUI thread.
class SecretSession : public QObject
{
    Q_OBJECT

public:
    explicit SecretSession(QObject *parent);

    /// The value of the unlocked item at `path`. A service that has ended meanwhile is asked for a
    /// new session, once.
    ///
    /// Errors: those of SecretService; KeychainFailed also for a value that does not open. A
    /// service may ask the person before it answers, so it has two minutes.
    void read(const QString &path, QObject *context, Answer<QByteArray> answer);

private:
    struct Open
    {
        QString path; ///< of the session, on the bus
        SecretBytes key;
    };

    void open(QObject *context, const Answer<void> &answer);
    void ask(const QString &path, QObject *context, const Answer<QByteArray> &answer);

    std::optional<Open> m_open;
};

} // namespace hufu
