#include "parameters.h"

#include <QStringDecoder>

#include <algorithm>

namespace hufu::authserver {
namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::optional<QByteArray> decoded(QByteArrayView text)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            bytes.append(text[i] == '+' ? ' ' : text[i]);
            continue;
        }
        if (i + 2 >= text.size())
            return {};
        const int high = hexDigit(text[i + 1]);
        const int low = hexDigit(text[i + 2]);
        if (high < 0 || low < 0)
            return {};
        bytes.append(static_cast<char>(high * 16 + low));
        i += 2;
    }
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString checked = utf8(bytes);
    if (utf8.hasError())
        return {};
    return bytes;
}

} // namespace

void Parameters::add(QByteArray name, QByteArray value)
{
    m_values.emplace_back(std::move(name), std::move(value));
}

std::optional<QByteArray> Parameters::single(QByteArrayView name) const
{
    const auto named = [name](const auto &pair) { return pair.first == name; };
    const auto found = std::ranges::find_if(m_values, named);
    if (found == m_values.end() || std::any_of(found + 1, m_values.end(), named))
        return {};
    return found->second;
}

QByteArray Parameters::value(QByteArrayView name) const
{
    return single(name).value_or(QByteArray());
}

QByteArrayList Parameters::values(QByteArrayView name) const
{
    QByteArrayList values;
    for (const auto &pair : m_values) {
        if (pair.first == name)
            values.append(pair.second);
    }
    return values;
}

bool Parameters::contains(QByteArrayView name) const
{
    return std::ranges::any_of(m_values, [name](const auto &pair) { return pair.first == name; });
}

std::optional<Parameters> parseForm(QByteArrayView text)
{
    Parameters parameters;
    const QByteArray whole = text.toByteArray();
    if (whole.isEmpty())
        return parameters;
    for (const QByteArray &part : whole.split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        const auto name = decoded(equals < 0 ? part : part.first(equals));
        const auto value = decoded(equals < 0 ? QByteArray() : part.sliced(equals + 1));
        if (!name || !value)
            return {};
        parameters.add(*name, *value);
    }
    return parameters;
}

QByteArray percentEncoded(const QByteArray &bytes)
{
    return bytes.toPercentEncoding();
}

} // namespace hufu::authserver
