#include "pending_polls.h"

#include "push_call.h"
#include "strict_json.h"
#include "token_call.h"

#include <QJsonArray>
#include <QLoggingCategory>

#include <algorithm>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::milliseconds tickInterval{250};
constexpr std::size_t mostDevices = 8;
constexpr std::size_t mostTold = 20'000;

QByteArray deviceOf(const VerifyRequest &request)
{
    return limitName({request.appId, request.uid, request.fields.deviceId});
}

} // namespace

PendingPolls::PendingPolls(ApiContext &context)
    : m_context(context)
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
    context.database.listen([this](const QByteArray &ringName) { wake(ringName); });
}

void PendingPolls::handle(const HttpRequest &request, HttpResponder responder)
{
    if (auto refusal = refusedContentType(request))
        return responder.answer(std::move(*refusal));
    const auto poll = parsePollRequest(request.body);
    if (!poll)
        return responder.answer(
            jsonAnswer(tokenBody(m_context, 400, u"refused"_s, u"The request is malformed."_s)));
    const auto secret = m_context.users.activeSecret({poll->appId, poll->uid});
    if (!secret)
        return responder.answer(jsonAnswer(unknownToken(m_context)));
    const Pct1Identity identity = identityOf(m_context, *poll);
    auto refusal = refusedMac(m_context, *poll, pct1Key(*secret, "poll", identity), request.peer);
    if (!refusal)
        refusal = refusedClock(m_context, *poll);
    if (!refusal && !m_context.answers.useNonce(poll->appId, poll->uid, poll->fields.nonce))
        refusal = tokenBody(m_context, 400, u"refused"_s, u"This nonce was used before."_s);
    if (refusal)
        return responder.answer(signedAnswer(jsonText(*refusal), poll->fields.nonce,
                                             pct1Key(*secret, "res", identity)));
    admit(*poll, *secret, std::move(responder));
}

void PendingPolls::admit(const VerifyRequest &request, const QByteArray &secret,
                         HttpResponder responder)
{
    const QByteArray device = deviceOf(request);
    if (const auto older = m_polls.find(device); older != m_polls.end())
        finish(older, {});
    const UserKey user{request.appId, request.uid};
    Poll poll{.user = user,
              .nonce = request.fields.nonce,
              .resultKey = pct1Key(secret, "res", identityOf(m_context, request)),
              .deadline = m_context.clock.sinceBoot() + request.wait,
              .responder = std::move(responder)};
    const std::vector<QByteArray> tokens = m_context.events.pushedTo(user.appId, user.uid);
    if (hasNews(device, tokens) || request.wait.count() == 0)
        return answer(device, poll, tokens);
    const QByteArray name = ringName(user);
    makeRoom(name);
    m_devices.emplace(name, device);
    m_polls.emplace(device, std::move(poll));
    if (!m_timer.isActive())
        m_timer.start(tickInterval);
}

bool PendingPolls::hasNews(const QByteArray &device, const std::vector<QByteArray> &tokens) const
{
    const auto told = m_told.find(device);
    return std::ranges::any_of(tokens, [&](const QByteArray &token) {
        return told == m_told.end() || !told->second.tokens.contains(token);
    });
}

void PendingPolls::answer(const QByteArray &device, Poll &poll,
                          const std::vector<QByteArray> &tokens)
{
    QJsonArray requests;
    Told told{.tokens = {}, .until = m_context.clock.sinceBoot() + eventLife};
    for (const QByteArray &token : tokens) {
        requests.append(QJsonObject{{u"token"_s, QString::fromLatin1(token)}});
        told.tokens.insert(token);
    }
    // One that has gone was told nothing: its next poll is answered at once.
    if (!tokens.empty() && poll.responder.isOpen()) {
        if (m_told.size() >= mostTold) // somebody makes devices up; being told twice does no harm
            m_told.clear();
        m_told.insert_or_assign(device, told);
    }
    QJsonObject body = tokenBody(m_context, 200, u"pending"_s, u"success"_s);
    body.insert(u"requests"_s, requests);
    poll.responder.answer(signedAnswer(jsonText(body), poll.nonce, poll.resultKey));
}

void PendingPolls::finish(PollMap::iterator poll, const std::vector<QByteArray> &tokens)
{
    const auto [first, last] = m_devices.equal_range(ringName(poll->second.user));
    const auto device =
        std::find_if(first, last, [&](const auto &entry) { return entry.second == poll->first; });
    if (device != last)
        m_devices.erase(device);
    answer(poll->first, poll->second, tokens);
    m_polls.erase(poll);
}

void PendingPolls::makeRoom(const QByteArray &ringName)
{
    if (m_devices.count(ringName) < mostDevices)
        return;
    const QByteArray oldest = m_devices.lower_bound(ringName)->second;
    finish(m_polls.find(oldest), {});
}

void PendingPolls::wake(const QByteArray &name)
{
    std::vector<QByteArray> devices;
    if (name.isEmpty()) {
        for (const auto &entry : m_polls)
            devices.push_back(entry.first);
    } else {
        const auto [first, last] = m_devices.equal_range(name);
        for (auto entry = first; entry != last; ++entry)
            devices.push_back(entry->second);
    }
    try {
        for (const QByteArray &device : devices) {
            const auto poll = m_polls.find(device);
            const UserKey &user = poll->second.user;
            const auto tokens = m_context.events.pushedTo(user.appId, user.uid);
            if (hasNews(device, tokens))
                finish(poll, tokens);
        }
    } catch (const StorageFailure &failure) { // they are looked at again when their time is over
        qWarning("The polls were not woken: %s", failure.what());
    }
}

void PendingPolls::tick()
{
    const std::chrono::milliseconds now = m_context.clock.sinceBoot();
    for (auto poll = m_polls.begin(); poll != m_polls.end();) {
        const auto next = std::next(poll);
        if (poll->second.deadline <= now || !poll->second.responder.isOpen()) {
            std::vector<QByteArray> tokens;
            try {
                if (poll->second.responder.isOpen())
                    tokens =
                        m_context.events.pushedTo(poll->second.user.appId, poll->second.user.uid);
            } catch (const StorageFailure &failure) { // an empty answer; the next poll may see more
                qWarning("A poll was not looked up: %s", failure.what());
            }
            finish(poll, tokens);
        }
        poll = next;
    }
    std::erase_if(m_told, [now](const auto &told) { return told.second.until <= now; });
    if (m_polls.empty() && m_told.empty())
        m_timer.stop();
}

} // namespace hufu::authserver
