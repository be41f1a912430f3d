#pragma once

#include <QByteArrayList>

#include <optional>
#include <utility>
#include <vector>

namespace hufu::authserver {

/// Named values in the order they came: of a query, a form or a header.
class Parameters
{
public:
    void add(QByteArray name, QByteArray value);
    /// The value of `name`; nothing if it is missing or stands there more than once.
    [[nodiscard]] std::optional<QByteArray> single(QByteArrayView name) const;
    /// As single(), an empty text for nothing.
    [[nodiscard]] QByteArray value(QByteArrayView name) const;
    /// Every value of `name`, in order.
    [[nodiscard]] QByteArrayList values(QByteArrayView name) const;
    [[nodiscard]] bool contains(QByteArrayView name) const;

private:
    std::vector<std::pair<QByteArray, QByteArray>> m_values;
};

/// Reads `a=b&c=d` as browsers write it (application/x-www-form-urlencoded: `+` is a space).
/// Nothing for a damaged `%` or bytes that are not UTF-8 once decoded.
[[nodiscard]] std::optional<Parameters> parseForm(QByteArrayView text);

/// RFC 3986: every byte outside `A-Za-z0-9-._~` as `%XX`.
[[nodiscard]] QByteArray percentEncoded(const QByteArray &bytes);

} // namespace hufu::authserver
