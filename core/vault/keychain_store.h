#pragma once

#include "core/vault/secret_service.h"
#include "core/vault/secret_session.h"
#include "core/vault/secret_store.h"

#include <QTimer>

#include <deque>
#include <memory>

namespace QKeychain {
class Job;
}

namespace hufu {

/// How long one call may take.
struct KeychainLimits
{
    std::chrono::milliseconds call = std::chrono::seconds(10);
    std::chrono::milliseconds prompt = std::chrono::seconds(120); ///< while the person is asked
};

/// The OS keychain as this system offers it, with parts where its entries are small (storage.md 5).
[[nodiscard]] std::unique_ptr<SecretStore> makeSystemKeychain();

/// The OS keychain through QtKeychain, one call at a time, always as text. Only what lies unlocked
/// in a Secret Service is read without it (secret_session.h). GUI thread.
///
/// A call that runs out of time is answered and left alone: deleting its job would crash the
/// program when the late answer comes (platform.md 3.3). Until it ends the store is stalled.
class KeychainStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit KeychainStore(KeychainLimits limits = {});
    ~KeychainStore() override;

    void read(const QString &key, QObject *context, Answer<QByteArray> answer) override;
    void write(const QString &key, const QByteArray &value, QObject *context,
               Answer<void> answer) override;
    void remove(const QString &key, QObject *context, Answer<void> answer) override;
    void list(const QString &prefix, QObject *context, Answer<QStringList> answer) override;
    void survey(const QString &prefix, QObject *context, Answer<StoreSurvey> answer) override;
    void unlock(QObject *context, Answer<void> answer) override;
    [[nodiscard]] bool isStalled() const override { return m_stalled; }
    [[nodiscard]] QString backend() const override;

    /// QtKeychain's jobs and readings without it, so far; the figures count them.
    [[nodiscard]] int jobs() const { return m_jobs; }

private:
    struct Call;
    struct Ended;

    void enqueue(std::unique_ptr<Call> call);
    void startNext();
    void startCall();
    void startReading();
    void startJob(QKeychain::Job *job, const QString &key);
    void ended(Ended outcome);
    void concludeRead(Ended outcome);
    void concludeRemove();
    void explain(const Ended &outcome);
    void surveyOther(QString prefix, StoreSurvey survey, QObject *context,
                     Answer<StoreSurvey> answer);
    void confirmAbsence(std::function<void(Result<SecretService::Presence>)> then);
    void outOfTime();
    void stall();
    void answerCurrent(Result<QByteArray> result);

    KeychainLimits m_limits;
    SecretService m_service;
    SecretSession m_session;
    QTimer m_timer;
    std::deque<std::unique_ptr<Call>> m_waiting;
    std::unique_ptr<Call> m_current;
    bool m_stalled = false;
    int m_jobs = 0;
};

} // namespace hufu
