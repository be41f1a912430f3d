#pragma once

#include "core/vault/keychain_store.h"
#include "tests/core/vault/vault_fixture.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QTimer>

#include <csignal>

/// For tests against a real keychain: run them by tests/support/with_keyring or with_kwallet.
namespace hufu::test {

using namespace Qt::StringLiterals;

/// Waits for the answer of `call`; nothing if none comes within 30 s.
template <typename T>
std::optional<Result<T>> answerOf(const std::function<void(Answer<T>)> &call)
{
    std::optional<Result<T>> outcome;
    call([&outcome](Result<T> result) { outcome = std::move(result); });
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 30'000);
    return outcome;
}

struct Program
{
    explicit Program(const QString &profile, KeychainLimits limits = {})
        : Program(profile, std::make_unique<KeychainStore>(limits))
    {
    }
    Program(const QString &profile, std::unique_ptr<KeychainStore> keychain)
        : place(*VaultPlace::ofProfile(profile))
        , store(keychain.release())
        , vault(std::unique_ptr<SecretStore>(store), place, clock)
    {
    }
    std::optional<Result<void>> open()
    {
        return answerOf<void>([this](const Answer<void> &answer) { vault.open(&vault, answer); });
    }
    std::optional<Result<void>> commit(const Vault::Change &change)
    {
        return answerOf<void>(
            [&](const Answer<void> &answer) { vault.commit(change, &vault, answer); });
    }

    VaultReport report()
    {
        return **answerOf<VaultReport>(
            [this](const Answer<VaultReport> &answer) { vault.diagnose(&vault, answer); });
    }
    std::optional<Result<void>> unlock()
    {
        return answerOf<void>(
            [this](const Answer<void> &answer) { vault.unlockKeychain(&vault, answer); });
    }
    std::optional<Result<QStringList>> entries()
    {
        return answerOf<QStringList>([this](const Answer<QStringList> &answer) {
            store->list(place.entryKey(QString()), &vault, answer);
        });
    }

    test::ManualClock clock;
    VaultPlace place;
    KeychainStore *store;
    Vault vault;
};

/// How often a test does again what it does. A nightly script asks for many.
inline int rounds(int fewest = 2)
{
    const int wanted = qEnvironmentVariableIntValue("HUFU_TEST_ROUNDS");
    return wanted > 0 ? wanted : fewest;
}

/// How long the event loop stood still at most, in ms, since this was made.
class Heart : public QObject
{
public:
    Heart()
    {
        m_since.start();
        connect(&m_timer, &QTimer::timeout, this,
                [this] { m_longest = std::max(m_longest, m_since.restart()); });
        m_timer.start(std::chrono::milliseconds(5));
    }
    [[nodiscard]] qint64 longest() const { return std::max(m_longest, m_since.elapsed()); }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

/// What `program` printed; nothing if it failed. Its errors go where ours go.
inline std::optional<QByteArray> outputOf(const QString &program, const QStringList &arguments,
                                          const QByteArray &input = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished() || process.exitCode() != 0)
        return std::nullopt;
    return process.readAllStandardOutput();
}

/// The process that offers the Secret Service now; starts none.
inline pid_t secretServicePid()
{
    const auto reply =
        outputOf(u"gdbus"_s, {u"call"_s, u"--session"_s, u"-d"_s, u"org.freedesktop.DBus"_s,
                              u"-o"_s, u"/org/freedesktop/DBus"_s, u"-m"_s,
                              u"org.freedesktop.DBus.GetConnectionUnixProcessID"_s,
                              u"org.freedesktop.secrets"_s});
    const auto match = QRegularExpression(u"uint32 (\\d+)"_s)
                           .match(QString::fromUtf8(reply.value_or(QByteArray())));
    return match.captured(1).toInt();
}

inline bool lockKeyring()
{
    return outputOf(u"gdbus"_s, {u"call"_s, u"--session"_s, u"-d"_s, u"org.freedesktop.secrets"_s,
                                 u"-o"_s, u"/org/freedesktop/secrets"_s, u"-m"_s,
                                 u"org.freedesktop.Secret.Service.Lock"_s,
                                 u"['/org/freedesktop/secrets/collection/login']"_s})
        .has_value();
}

/// Also where the service was started anew by the bus.
inline bool unlockKeyring()
{
    return outputOf(QStringLiteral(HUFU_TEST_SUPPORT) + u"/unlock_keyring"_s, {}).has_value();
}

} // namespace hufu::test
