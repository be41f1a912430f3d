#pragma once

#include "core/base/secret_bytes.h"

#include <QByteArrayView>
#include <QString>

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace hufu {

struct JsonMember;

/// A JSON value that was read strictly. A value, no parent, no secret in it.
class JsonValue
{
public:
    using Array = std::vector<JsonValue>;
    using Object = std::vector<JsonMember>;
    /// A number that is not an integer; nothing of ours uses one, unknown members may.
    struct Fraction
    {
    };
    /// A text that was not decoded, since it is a secret: see readStrictJson.
    struct Secret
    {
    };
    using Content =
        std::variant<std::nullptr_t, bool, std::int64_t, Fraction, Secret, QString, Array, Object>;

    Content content;
    /// Where it stands in the text that was read: [begin, end) in bytes.
    qsizetype begin = 0;
    qsizetype end = 0;

    /// Null unless the value is of that kind.
    [[nodiscard]] const std::int64_t *integer() const
    {
        return std::get_if<std::int64_t>(&content);
    }
    [[nodiscard]] const bool *boolean() const { return std::get_if<bool>(&content); }
    [[nodiscard]] const QString *text() const { return std::get_if<QString>(&content); }
    [[nodiscard]] const Array *array() const { return std::get_if<Array>(&content); }
    [[nodiscard]] const Object *object() const { return std::get_if<Object>(&content); }
    /// The member of that name; null if there is none or this is no object.
    [[nodiscard]] const JsonValue *member(QStringView name) const;
};

struct JsonMember
{
    QString name;
    JsonValue value;
};

/// Why a text is not the JSON that we take.
struct JsonProblem
{
    int line = 1; ///< counted from 1
    QString reason;
};

constexpr qsizetype largestJson = 64 * 1024;
constexpr int deepestJson = 8;

/// Reads one JSON document from outside (RFC 8259, security.md 11): UTF-8 without a byte order
/// mark, at most 64 KiB and 8 levels, no member twice in one object, integers within 64 bits. Qt's
/// own reader takes the last of two members of one name, which a signature over the text may not
/// mean. Pure, any thread.
///
/// @param secret  the member of the document whose text is not decoded, so that there is no copy of
///                it; secretText() does that
[[nodiscard]] tl::expected<JsonValue, JsonProblem> readStrictJson(QByteArrayView text,
                                                                  QStringView secret = {});

/// The text of a Secret of the document in `text`; only ASCII is expected of it.
/// Errors: AnswerMalformed for anything else, SecretMemoryFull. Pure, any thread.
[[nodiscard]] Result<SecretBytes> secretText(QByteArrayView text, const JsonValue &secret);

} // namespace hufu
