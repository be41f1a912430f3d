#include "http_exchange.h"

namespace hufu::authserver {

HttpResponder::HttpResponder(std::function<void(HttpAnswer)> deliver, std::function<bool()> isOpen)
    : m_deliver(std::move(deliver))
    , m_isOpen(std::move(isOpen))
{
}

HttpResponder::HttpResponder(HttpResponder &&other) noexcept
    : m_deliver(std::exchange(other.m_deliver, nullptr))
    , m_isOpen(std::move(other.m_isOpen))
{
}

HttpResponder::~HttpResponder()
{
    answer(plainAnswer(500, "No answer."));
}

void HttpResponder::answer(HttpAnswer answer)
{
    if (const auto deliver = std::exchange(m_deliver, nullptr))
        deliver(std::move(answer));
}

HttpAnswer plainAnswer(int status, const QByteArray &words)
{
    return {.status = status, .contentType = "text/plain; charset=utf-8", .body = words + '\n'};
}

HttpAnswer wrongMethod(const QByteArray &allowed)
{
    HttpAnswer answer = plainAnswer(405, "This address takes " + allowed + " only.");
    answer.headers.emplace_back("Allow", allowed);
    return answer;
}

} // namespace hufu::authserver
