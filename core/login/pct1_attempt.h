#pragma once

#include "core/login/https_client.h"
#include "core/login/pct1_answers.h"
#include "core/login/pct1_messages.h"
#include "core/login/provider.h"

#include <QTimer>

namespace hufu {

/// How Pct1Attempt reaches servers: the client for a set of pins, which outlives the attempts.
class Pct1Network
{
public:
    virtual ~Pct1Network() = default;
    [[nodiscard]] virtual HttpsClient &clientFor(const std::vector<Sha256Digest> &pins) = 0;
    /// One for requests that a server holds back, apart from the others: at most six connections
    /// go to one server, and a login must not wait for them. `lane` tells such clients apart.
    [[nodiscard]] virtual HttpsClient &pollClientFor(const std::vector<Sha256Digest> &pins,
                                                     int lane) = 0;
};

/// One login after protocol.md B3: GET, POST `scan`, the person's decision, POST `confirm` or
/// `deny`. Every address is built from the stored binding and the token (B3.1).
///
/// A POST whose answer is lost is repeated with the same bytes while the token lives. The token
/// ends by Clock::sinceBoot(): at once where nothing is under way, else when that is over.
class Pct1Attempt final : public LoginAttempt
{
    Q_OBJECT

public:
    /// @param bound  accounts that are bound to the server of the code, at least one
    Pct1Attempt(std::string token, LoginChannel channel, std::vector<AccountPtr> bound,
                std::shared_ptr<Pct1Network> network, const Clock &clock);

    void start() override;
    void choose(const AccountId &id) override;
    void approve(const QString &number) override;
    void deny(DenyReason reason) override;

    [[nodiscard]] State state() const override { return m_state; }
    [[nodiscard]] const LoginContext &context() const override { return m_context; }
    [[nodiscard]] const std::vector<AccountPtr> &candidates() const override
    {
        return m_candidates;
    }
    [[nodiscard]] const Error &failure() const override { return m_failure; }
    [[nodiscard]] LoginTrace trace() const override { return m_trace; }
    [[nodiscard]] QByteArray rawContext() const override { return m_rawContext; }

private:
    /// A request that is signed and under way; its bytes stay the same until it is answered.
    struct Post
    {
        std::string action;
        std::string answer;
        std::string nonce;
        QByteArray body;
        UtcTime sent;
        int tries = 0;
        bool signedAgain = false; ///< after a 408
    };

    void inquire();
    [[nodiscard]] std::optional<Pct1Answer> take(const Result<HttpsAnswer> &http);
    void readInquiryAnswer(const Pct1Answer &answer);
    void scanAs(const AccountPtr &account);
    void post(std::string action, std::string answer);
    [[nodiscard]] Result<void> sign();
    void sendPost();
    void readPostAnswer(const Pct1Answer &answer, const HttpsAnswer &http);
    void readScanned(const Pct1Answer &answer, QByteArrayView body);
    void correctClock(const Pct1Answer &answer);

    [[nodiscard]] QUrl address() const;
    [[nodiscard]] HttpsClient &client() const;
    [[nodiscard]] bool isFinal() const;
    [[nodiscard]] bool hasExpired() const;
    void livesFor(std::chrono::seconds time);
    void retryOrFail(const Error &error);
    void checkExpiry();
    void setState(State state);
    void fail(Errc code, const QString &detail = {});

    const std::string m_token;
    const LoginChannel m_channel;
    std::vector<AccountPtr> m_candidates;
    AccountPtr m_account;
    std::shared_ptr<Pct1Network> m_network;
    const Clock &m_clock;

    State m_state = State::Contacting;
    LoginContext m_context;
    QByteArray m_rawContext;
    std::string m_contextHash;
    Error m_failure{};
    LoginTrace m_trace;

    SecretBytes m_requestKey;
    SecretBytes m_answerKey;
    Post m_post;
    std::chrono::milliseconds m_clockOffset{}; ///< the server's clock minus ours
    std::chrono::milliseconds m_began{};       ///< since boot
    std::chrono::milliseconds m_deadline{};    ///< since boot
    bool m_started = false;
    bool m_underWay = false; ///< a request is out
    int m_inquiries = 0;
    QTimer m_retry;
    QTimer m_expiry;
};

} // namespace hufu
