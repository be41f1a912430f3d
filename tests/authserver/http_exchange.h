#pragma once

#include "parameters.h"

#include <QHostAddress>

#include <functional>
#include <utility>
#include <vector>

namespace hufu::authserver {

/// A complete request: its body has been read and is within the limit.
struct HttpRequest
{
    QByteArray method;
    QByteArray path; ///< as sent, without the query; our paths need no decoding
    Parameters query;
    Parameters headers; ///< names in lower case
    QByteArray body;
    QHostAddress peer; ///< the other end of the socket; IPv4-mapped addresses as IPv4
};

struct HttpAnswer
{
    int status = 200;
    QByteArray contentType;
    QByteArray body;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray requestId; ///< for the log: first 8 hex of the request's nonce (contracts.md 5)
};

/// The right to answer one request: at once, or later from the event loop, and once only.
/// A client that has gone meanwhile makes no difference. Dropped unanswered, it answers 500.
/// Main thread.
class HttpResponder
{
public:
    /// `isOpen` says whether there is anybody left to answer to.
    explicit HttpResponder(std::function<void(HttpAnswer)> deliver, std::function<bool()> isOpen);
    ~HttpResponder();
    HttpResponder(HttpResponder &&other) noexcept;
    HttpResponder &operator=(HttpResponder &&) = delete;
    HttpResponder(const HttpResponder &) = delete;
    HttpResponder &operator=(const HttpResponder &) = delete;

    /// Whether an answer can still reach the client, as far as is known.
    [[nodiscard]] bool isOpen() const { return m_deliver && m_isOpen(); }
    /// Further calls do nothing.
    void answer(HttpAnswer answer);

private:
    std::function<void(HttpAnswer)> m_deliver;
    std::function<bool()> m_isOpen;
};

using HttpHandler = std::function<void(const HttpRequest &, HttpResponder)>;

/// A short answer in plain words, for transport errors.
[[nodiscard]] HttpAnswer plainAnswer(int status, const QByteArray &words);
/// 405 with the one method that the path takes.
[[nodiscard]] HttpAnswer wrongMethod(const QByteArray &allowed);

} // namespace hufu::authserver
