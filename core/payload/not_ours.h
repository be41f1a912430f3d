#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace hufu {

/// What a code that is not for us is, so that people can be told.
enum class NotOursKind {
    WebAddress,
    Wifi,
    Passkey,
    OtherAuthenticator,
    Contact,
    Payment,
    ChatLogin,
    Event,
    Mail,
    Phone,
    Place,
    BindingAddress,
    Text,
};

struct NotOurs
{
    NotOursKind kind;
    QString host;  ///< of a web address, in A-label form; else empty
    QString app{}; ///< whose code it is, such as "Duo Mobile"; empty if that is not known
};

/// What `text` is by its form, without a host; nothing for what no table knows, such as most web
/// addresses. Source: formats.md 1, last paragraph; the tables name each vendor's. Pure.
[[nodiscard]] std::optional<NotOurs> recognise(std::string_view text);

} // namespace hufu
