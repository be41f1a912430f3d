#include "core/payload/api_base.h"

#include "core/payload/uri_parts.h"

#include <algorithm>

namespace hufu {
namespace {

constexpr std::string_view https = "https://";
constexpr std::size_t longestApi = 200;
constexpr std::size_t longestHost = 253;
constexpr std::size_t longestLabel = 63;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHostCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-';
}

/// Calls `check` for each piece of `text` between `mark`s; true if all are.
template <typename Check>
bool allPieces(std::string_view text, char mark, Check check)
{
    while (true) {
        const std::size_t place = text.find(mark);
        if (!check(text.substr(0, place)))
            return false;
        if (place == std::string_view::npos)
            return true;
        text.remove_prefix(place + 1);
    }
}

bool isLabel(std::string_view label)
{
    return !label.empty() && label.size() <= longestLabel && label.front() != '-' &&
           label.back() != '-' && std::ranges::all_of(label, isHostCharacter);
}

/// Browsers read a host whose last label is a number as an IPv4 address, in any base.
bool endsInNumber(std::string_view host)
{
    const std::string_view last = host.substr(host.rfind('.') + 1);
    return std::ranges::all_of(last, isDigit) || last.starts_with("0x");
}

bool isLoopback(std::string_view host)
{
    if (host == "localhost" || host == "[::1]")
        return true;
    if (!host.starts_with("127."))
        return false;
    int pieces = 0;
    return allPieces(host, '.',
                     [&](std::string_view piece) {
                         ++pieces;
                         const auto number = toNumber(piece);
                         return number && *number <= 255 && (piece == "0" || piece.front() != '0');
                     }) &&
           pieces == 4;
}

bool isHost(std::string_view host, Loopback loopback)
{
    if (isLoopback(host))
        return loopback == Loopback::Allowed;
    return host.size() <= longestHost && !host.ends_with(".localhost") && !endsInNumber(host) &&
           allPieces(host, '.', isLabel);
}

bool isPort(std::string_view port)
{
    const auto number = toNumber(port);
    return number && port.front() != '0' && *number <= 65'535 && *number != 443;
}

bool isPathPiece(std::string_view piece)
{
    return !piece.empty() && piece != "." && piece != ".." &&
           std::ranges::all_of(piece, [](char c) {
               return isHostCharacter(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
                      c == '~';
           });
}

} // namespace

bool isApiBase(std::string_view api, Loopback loopback)
{
    if (api.size() > longestApi || !api.starts_with(https))
        return false;
    api.remove_prefix(https.size());
    const std::size_t slash = api.find('/');
    std::string_view host = api.substr(0, slash);
    if (slash != std::string_view::npos && !allPieces(api.substr(slash + 1), '/', isPathPiece))
        return false;
    const std::size_t colon = host.find(':', host.starts_with('[') ? host.find(']') : 0);
    if (colon != std::string_view::npos) {
        if (!isPort(host.substr(colon + 1)))
            return false;
        host = host.substr(0, colon);
    }
    return isHost(host, loopback);
}

std::string_view hostOfApiBase(std::string_view api)
{
    if (api.starts_with(https))
        api.remove_prefix(https.size());
    return api.substr(0, api.find('/'));
}

} // namespace hufu
