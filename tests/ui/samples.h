#pragma once

#include "core/account/account_set.h"
#include "core/activity/activity_event.h"
#include "core/login/provider.h"
#include "core/vault/vault_doctor.h"
#include "tests/support/manual_clock.h"

#include <QPointer>

namespace hufu::test {

/// An account for the windows to show; `number` makes its id.
struct Sample
{
    int number = 1;
    QString issuer;
    QString account;
    OtpParameters parameters;
    bool favourite = false;
    bool bound = false;
};

[[nodiscard]] Account makeSample(const Sample &sample);
[[nodiscard]] AccountId idOf(int number);
/// The eight accounts of the design's pictures, English or Chinese.
[[nodiscard]] AccountSet sampleAccounts(bool chinese = false);
[[nodiscard]] AccountSet setOf(const std::vector<Sample> &samples);
/// A key URI as it would be read; bound to auth.northgate.example unless told.
[[nodiscard]] KeyUri sampleUri(bool bound = true, const char *secret = "12345678901234567890");

/// A login that goes where the test sends it, and counts what it was asked.
class FakeAttempt final : public LoginAttempt
{
    Q_OBJECT

public:
    using LoginAttempt::LoginAttempt;

    void start() override
    {
        if (held)
            held->append(this);
        else
            go(failsAtOnce ? State::Failed : State::Reviewing);
    }
    void choose(const AccountId &id) override;
    void approve(const QString &number) override;
    void deny(DenyReason reason) override;
    [[nodiscard]] State state() const override { return m_state; }
    [[nodiscard]] const LoginContext &context() const override { return shown; }
    [[nodiscard]] const std::vector<AccountPtr> &candidates() const override { return accounts; }
    [[nodiscard]] const Error &failure() const override { return error; }
    [[nodiscard]] LoginTrace trace() const override { return traced; }
    [[nodiscard]] QByteArray rawContext() const override { return {}; }

    void go(State state);

    /// Those whose servers do not answer; nothing while all answer at once.
    static inline std::optional<QList<QPointer<FakeAttempt>>> held;

    LoginContext shown;
    std::vector<AccountPtr> accounts;
    Error error{Errc::ServerRefused, {}};
    LoginTrace traced;
    bool failsAtOnce = false;
    QStringList approvals; ///< the numbers that came with them
    QList<DenyReason> denials;
    std::vector<AccountId> choices;

private:
    State m_state = State::Contacting;
};

/// A fetch that ends as the test says.
class FakeFetch final : public BindingFetch
{
    Q_OBJECT

public:
    using BindingFetch::BindingFetch;

    void start() override
    {
        ++starts;
        go(State::Fetching);
    }
    [[nodiscard]] State state() const override { return m_state; }
    [[nodiscard]] const Error &failure() const override { return error; }
    [[nodiscard]] LoginTrace trace() const override { return {}; }
    [[nodiscard]] KeyUri takeUri() override { return std::move(uri); }

    void go(State state);

    BindingAddress address;
    Error error{Errc::ServerUnreachable, {}};
    KeyUri uri;
    int starts = 0;

private:
    State m_state = State::Waiting;
};

/// "Northgate Portal" from the same network, 107 s left by `clock`.
[[nodiscard]] std::unique_ptr<FakeAttempt> sampleAttempt(const Clock &clock);

/// A page of the activity list, the newest first, up to the present of `clock`.
[[nodiscard]] std::vector<ActivityEvent> sampleEvents(const Clock &clock);

/// What the doctor says of a healthy vault, and of one with all there can be to say.
[[nodiscard]] VaultReport sampleReport();
[[nodiscard]] VaultReport worstReport();

} // namespace hufu::test
