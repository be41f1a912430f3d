#pragma once

#include "core/account/server_clocks.h"
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
    /// One for requests that a server holds back.
    [[nodiscard]] virtual HttpsClient &pollClientFor(const std::vector<Sha256Digest> &pins) = 0;
    /// The one for a host that nothing is bound to: no pins, less patience.
    [[nodiscard]] virtual HttpsClient &clientForStrangers() = 0;
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
    /// What an attempt works with; the clock outlives it.
    struct Tools
    {
        std::shared_ptr<Pct1Network> network;
        std::shared_ptr<ServerClocks> serverClocks; ///< used, and fed with what servers say
        const Clock &clock;
    };

    /// @param bound  accounts that are bound to the server of the code, at least one
    Pct1Attempt(std::string token, LoginChannel channel, std::vector<AccountPtr> bound,
                Tools tools);

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
        std::chrono::milliseconds firstSent{}; ///< since boot
        std::chrono::milliseconds sent{};      ///< the last time, since boot
        int tries = 0;
        bool signedAgain = false; ///< after a 408
    };

    void inquire();
    [[nodiscard]] std::optional<Pct1Answer> take(const Result<HttpsAnswer> &http);
    void readInquiryAnswer(const Pct1Answer &answer);
    void setReplacedAside();
    void scanAs(const AccountPtr &account);
    /// Goes on with the account that the present one is to replace. False if there is none.
    [[nodiscard]] bool fallBack();
    void post(std::string action, std::string answer);
    [[nodiscard]] Result<void> sign();
    void sendPost();
    void readPostAnswer(const Pct1Answer &answer, const HttpsAnswer &http);
    void readScanned(const Pct1Answer &answer, QByteArrayView body);
    void learnTime(const Pct1Answer &answer);
    void correctClock(const Pct1Answer &answer);
    [[nodiscard]] UtcTime serverTime() const;

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
    std::vector<AccountPtr> m_replaced; ///< by candidates that have not worked yet
    AccountPtr m_account;
    std::shared_ptr<Pct1Network> m_network;
    std::shared_ptr<ServerClocks> m_serverClocks;
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
    /// After a 408: the server's clock minus the time since boot.
    std::optional<std::chrono::milliseconds> m_correction;
    std::chrono::milliseconds m_began{};    ///< since boot
    std::chrono::milliseconds m_deadline{}; ///< since boot
    bool m_started = false;
    bool m_underWay = false; ///< a request is out
    int m_inquiries = 0;
    QTimer m_retry;
    QTimer m_expiry;
};

} // namespace hufu
