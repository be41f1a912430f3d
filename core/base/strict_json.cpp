#include "core/base/strict_json.h"

#include <QSet>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace hufu {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Reader
{
public:
    Reader(std::string_view text, QStringView secret)
        : m_text(text)
        , m_secret(secret)
    {
    }

    std::optional<JsonValue> document()
    {
        std::optional<JsonValue> value = readValue(0);
        if (!value)
            return {};
        skipSpace();
        if (m_at != m_text.size())
            return problem("something follows the document");
        return value;
    }

    [[nodiscard]] JsonProblem problem() const
    {
        const auto upTo = m_text.substr(0, std::min(m_at, m_text.size()));
        return {.line = 1 + static_cast<int>(std::count(upTo.begin(), upTo.end(), '\n')),
                .reason = m_reason};
    }

private:
    std::nullopt_t problem(const char *reason)
    {
        if (m_reason.isEmpty())
            m_reason = QString::fromLatin1(reason);
        return std::nullopt;
    }

    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    bool take(char expected)
    {
        if (m_at >= m_text.size() || m_text[m_at] != expected)
            return false;
        ++m_at;
        return true;
    }

    bool takeWord(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        m_at += word.size();
        return true;
    }

    void skipSpace()
    {
        while (m_at < m_text.size() &&
               std::string_view(" \t\r\n").find(m_text[m_at]) != m_text.npos)
            ++m_at;
    }

    std::optional<JsonValue> readValue(int depth)
    {
        skipSpace();
        const std::size_t begin = m_at;
        std::optional<JsonValue::Content> content = readContent(depth);
        if (!content)
            return {};
        return JsonValue{.content = std::move(*content),
                         .begin = static_cast<qsizetype>(begin),
                         .end = static_cast<qsizetype>(m_at)};
    }

    std::optional<JsonValue::Content> readContent(int depth)
    {
        if (peek() == '{' || peek() == '[') {
            if (depth == deepestJson)
                return problem("nested too deeply");
            return take('{') ? readObject(depth + 1) : (++m_at, readArray(depth + 1));
        }
        if (take('"')) {
            std::optional<QString> text = readText();
            if (!text)
                return {};
            return JsonValue::Content(std::move(*text));
        }
        if (takeWord("true"))
            return JsonValue::Content(true);
        if (takeWord("false"))
            return JsonValue::Content(false);
        if (takeWord("null"))
            return JsonValue::Content(nullptr);
        return readNumber();
    }

    std::optional<JsonValue::Content> readObject(int depth)
    {
        JsonValue::Object members;
        QSet<QString> names; // of thousands, each would be compared with each
        skipSpace();
        if (take('}'))
            return members;
        do {
            skipSpace();
            if (!take('"'))
                return problem("a member's name is missing");
            std::optional<QString> name = readText();
            if (!name)
                return {};
            if (names.contains(*name))
                return problem("a member stands twice");
            names.insert(*name);
            skipSpace();
            if (!take(':'))
                return problem("a colon is missing");
            const bool isSecret = depth == 1 && !m_secret.isEmpty() && *name == m_secret;
            std::optional<JsonValue> value = isSecret ? skipSecret() : readValue(depth);
            if (!value)
                return {};
            members.push_back({std::move(*name), std::move(*value)});
            skipSpace();
        } while (take(','));
        if (!take('}'))
            return problem("an object does not end");
        return members;
    }

    std::optional<JsonValue::Content> readArray(int depth)
    {
        JsonValue::Array values;
        skipSpace();
        if (take(']'))
            return values;
        do {
            std::optional<JsonValue> value = readValue(depth);
            if (!value)
                return {};
            values.push_back(std::move(*value));
            skipSpace();
        } while (take(','));
        if (!take(']'))
            return problem("an array does not end");
        return values;
    }

    std::optional<JsonValue::Content> readNumber()
    {
        const std::size_t begin = m_at;
        take('-');
        if (!take('0') && !takeDigits())
            return problem("no value");
        bool isInteger = true;
        if (take('.')) {
            isInteger = false;
            if (!takeDigits())
                return problem("a number is cut off");
        }
        if (take('e') || take('E')) {
            isInteger = false;
            if (!take('+'))
                take('-');
            if (!takeDigits())
                return problem("a number is cut off");
        }
        if (!isInteger)
            return JsonValue::Fraction{};
        std::int64_t number = 0;
        const char *end = m_text.data() + m_at;
        const auto [read, error] = std::from_chars(m_text.data() + begin, end, number);
        if (error != std::errc() || read != end)
            return problem("a number is out of range");
        return number;
    }

    bool takeDigits()
    {
        const std::size_t begin = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at != begin;
    }

    /// After the opening quote; takes the closing one too.
    std::optional<QString> readText()
    {
        QString text;
        while (true) {
            const std::size_t begin = m_at;
            while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\\' &&
                   static_cast<unsigned char>(m_text[m_at]) >= 0x20)
                ++m_at;
            text += QString::fromUtf8(m_text.data() + begin, static_cast<qsizetype>(m_at - begin));
            if (take('"'))
                break;
            if (!take('\\'))
                return problem("a text does not end on its line");
            if (!readEscape(text))
                return problem("an unknown escape in a text");
        }
        if (!text.isValidUtf16())
            return problem("half a surrogate pair");
        return text;
    }

    /// A text that is looked at only for its end.
    std::optional<JsonValue> skipSecret()
    {
        skipSpace();
        const std::size_t begin = m_at;
        if (!take('"'))
            return problem("a secret is no text");
        while (m_at < m_text.size() && m_text[m_at] != '"' &&
               static_cast<unsigned char>(m_text[m_at]) >= 0x20)
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        if (!take('"'))
            return problem("a text does not end on its line");
        return JsonValue{.content = JsonValue::Secret{},
                         .begin = static_cast<qsizetype>(begin),
                         .end = static_cast<qsizetype>(m_at)};
    }

    bool readEscape(QString &text)
    {
        static constexpr std::string_view names = "\"\\/bfnrt";
        static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (const auto which = names.find(peek()); m_at < m_text.size() && which != names.npos) {
            text += QLatin1Char(meanings[which]);
            ++m_at;
            return true;
        }
        if (!take('u') || m_text.size() - m_at < 4)
            return false;
        std::uint16_t unit = 0;
        const char *begin = m_text.data() + m_at;
        const auto [read, error] = std::from_chars(begin, begin + 4, unit, 16);
        if (error != std::errc() || read != begin + 4)
            return false;
        text += QChar(unit);
        m_at += 4;
        return true;
    }

    std::string_view m_text;
    QStringView m_secret; ///< name of the member that is not decoded
    std::size_t m_at = 0;
    QString m_reason;
};

} // namespace

const JsonValue *JsonValue::member(QStringView name) const
{
    const Object *members = object();
    if (members == nullptr)
        return nullptr;
    const auto found = std::find_if(members->begin(), members->end(),
                                    [&](const JsonMember &member) { return member.name == name; });
    return found == members->end() ? nullptr : &found->value;
}

tl::expected<JsonValue, JsonProblem> readStrictJson(QByteArrayView text, QStringView secret)
{
    if (text.size() > largestJson)
        return tl::unexpected(JsonProblem{.reason = QStringLiteral("larger than 64 KiB")});
    if (!text.isValidUtf8())
        return tl::unexpected(JsonProblem{.reason = QStringLiteral("not UTF-8")});
    Reader reader(std::string_view(text.data(), static_cast<std::size_t>(text.size())), secret);
    std::optional<JsonValue> value = reader.document();
    if (!value)
        return tl::unexpected(reader.problem());
    return std::move(*value);
}

Result<SecretBytes> secretText(QByteArrayView text, const JsonValue &secret)
{
    static constexpr std::string_view names = "\"\\/";
    const auto unexpected = failure(Errc::AnswerMalformed, QStringLiteral("a secret is no ASCII"));
    if (!std::holds_alternative<JsonValue::Secret>(secret.content))
        return unexpected;
    const char *at = text.data() + secret.begin + 1; // between the quotes
    const char *end = text.data() + secret.end - 1;
    Result<SecretBytes> plain = SecretBytes::ofSize(static_cast<std::size_t>(end - at));
    if (!plain)
        return plain;
    std::size_t size = 0;
    while (at != end) {
        char c = *at++;
        if (c == '\\' && at != end && *at == 'u' && end - at > 4) {
            std::uint8_t unit = 0;
            const auto [read, error] = std::from_chars(at + 1, at + 5, unit, 16);
            if (error != std::errc() || read != at + 5)
                return unexpected;
            c = static_cast<char>(unit);
            at += 5;
        } else if (c == '\\') {
            if (at == end || names.find(*at) == names.npos)
                return unexpected;
            c = *at++;
        }
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e)
            return unexpected;
        plain->mutableView()[size++] = static_cast<std::byte>(c);
    }
    plain->truncate(size);
    return plain;
}

} // namespace hufu
