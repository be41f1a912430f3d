#pragma once

#include "core/login/backoff.h"
#include "core/login/pct1_attempt.h"

#include <QTimer>

namespace hufu {

/// The long poll of one binding (protocol.md B4): asks its server again and again whether a login
/// waits, one request at a time, and believes only what is signed.
///
/// Holds no secret but the two keys that may stay while Hufu is locked: the one that asks, and the
/// one that the answers are signed with. Delays go by Clock::sinceBoot(). GUI thread.
class Pct1Poll : public QObject
{
    Q_OBJECT

public:
    /// How the server is asked.
    enum class Manner {
        Held,  ///< it holds its answer until there is one
        Brief, ///< it answers at once and is asked every half minute: too many others are held
    };

    /// For whom, by what, and with what.
    struct Subject
    {
        Binding binding; ///< its public half: api, appId, uid, deviceId, pins, state
        SecretBytes pollKey;
        SecretBytes answerKey;
    };

    /// What a poll works with; client and clock outlive it.
    struct Tools
    {
        HttpsClient &client;
        std::shared_ptr<ServerClocks> serverClocks; ///< used, and fed with what the server says
        const Clock &clock;
        Backoff::Random random;
    };

    Pct1Poll(Subject subject, Manner manner, Tools tools);

    [[nodiscard]] const Subject &subject() const { return m_subject; }
    /// A question is out, or about to be.
    [[nodiscard]] bool isAsking() const;
    /// Asks at once. Does nothing while it is asking or waiting, nor after a refusal.
    void resume();
    /// Takes back a question that is out.
    void pause();
    /// Never asks again, and wipes the keys.
    void end();
    /// Looks at the clock now: after a sleep the timer comes late.
    void check();
    /// Asks at once instead of later: the answer may be another one by now.
    void hurry();

signals:
    void asked(const hufu::PushedLogin &login);
    void isOver(const hufu::PushedLogin &login);
    /// The server does not know this binding any more, which had worked.
    void refused();
    /// As LoginWatch::works.
    void works(const hufu::DeviceId &device);

private:
    enum class State {
        Paused,
        Waiting, ///< until m_due
        Asking,
        Refused, ///< the server does not know this binding: not asked again
    };

    void ask();
    void askAfter(std::chrono::milliseconds delay);
    void take(const Result<HttpsAnswer> &http);
    void readStatus(const Pct1Answer &answer, bool isAuthentic);
    void readPending(const Pct1Answer &answer);
    void readRefusal(int status);
    bool learnTime(const Pct1Answer &answer);
    void correctClock(const Pct1Answer &answer);
    [[nodiscard]] UtcTime serverTime() const;
    void tell(std::vector<std::string> tokens, bool isComplete);
    void fail(Errc code, const QString &detail = {});
    [[nodiscard]] PushedLogin loginOf(const std::string &token) const;

    Subject m_subject;
    HttpsClient &m_client;
    const std::shared_ptr<ServerClocks> m_serverClocks;
    const Manner m_manner;
    const Clock &m_clock;
    Backoff m_failures;
    Backoff m_earlyAnswers;

    State m_state = State::Paused;
    QTimer m_timer;
    std::unique_ptr<QObject> m_question; ///< ends the request that is out when it goes
    std::string m_nonce;                 ///< of that request; empty if there is none
    std::chrono::seconds m_wait{};       ///< that it allows
    bool m_mayBeBehind = true; ///< the server may believe that we know what we never heard
    std::chrono::milliseconds m_sentAt{}; ///< since boot
    std::chrono::milliseconds m_due{};    ///< since boot
    /// After a 408 that came too slowly to be a measurement: the server's clock minus the time
    /// since boot. Else serverClocks knows it.
    std::optional<std::chrono::milliseconds> m_correction;
    bool m_clockCorrected = false;    ///< since the last answer that was no 408
    std::optional<Errc> m_trouble;    ///< the last one, to tell the log once
    std::vector<std::string> m_known; ///< tokens that the server spoke of last
};

} // namespace hufu
