#pragma once

#include "api_context.h"

#include <QSet>
#include <QTimer>

#include <map>

namespace hufu::authserver {

struct VerifyRequest;

/// `POST /v1/pending`: is there a request for me? Answered at once if there is one that this
/// device was not told of, else when one comes or after the seconds that it asked for, with
/// whatever there is then. One poll per device: a newer one ends the older, with no requests; of
/// more than eight devices of a user the oldest poll ends. Signed with the `poll` key, which can
/// approve nothing. Main thread. Source: protocol.md B4.
class PendingPolls
{
public:
    explicit PendingPolls(ApiContext &context);

    void handle(const HttpRequest &request, HttpResponder responder);
    /// How many wait; their clients may have gone.
    [[nodiscard]] int waiting() const { return static_cast<int>(m_polls.size()); }

private:
    struct Poll
    {
        UserKey user;
        QByteArray nonce;
        QByteArray resultKey;
        std::chrono::milliseconds deadline; ///< by Clock::sinceBoot()
        HttpResponder responder;
    };
    /// Which requests a device was told of.
    struct Told
    {
        QSet<QByteArray> tokens;
        std::chrono::milliseconds until; ///< none of them can be open any more
    };
    using PollMap = std::map<QByteArray, Poll>; ///< by device

    void admit(const VerifyRequest &request, const QByteArray &secret, HttpResponder responder);
    void wake(const QByteArray &ringName);
    void tick();
    bool hasNews(const QByteArray &device, const std::vector<QByteArray> &tokens) const;
    void answer(const QByteArray &device, Poll &poll, const std::vector<QByteArray> &tokens);
    void finish(PollMap::iterator poll, const std::vector<QByteArray> &tokens);
    void makeRoom(const QByteArray &ringName);

    ApiContext &m_context;
    PollMap m_polls;
    std::multimap<QByteArray, QByteArray> m_devices; ///< of a user, by ringName(), oldest first
    std::map<QByteArray, Told> m_told;               ///< by device
    QTimer m_timer;
};

} // namespace hufu::authserver
