#include "core/login/http_answer_reader.h"

#include <algorithm>

namespace hufu {
namespace {

constexpr qsizetype longestPieceLine = 64;
constexpr qsizetype longestLength = 18; // decimal digits that fit into 64 bits

tl::unexpected<Error> malformedHttp(const char *what)
{
    return failure(Errc::AnswerMalformed, QString::fromLatin1(what));
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// What a name consists of: RFC 9110 section 5.6.2.
bool isTokenCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isControlCharacter(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}

} // namespace

HttpAnswerReader::HttpAnswerReader(To to, qsizetype largestBody)
    : m_to(to)
    , m_largestBody(largestBody)
{
}

QByteArray HttpAnswerReader::field(QByteArrayView name) const
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(),
                                    [&](const auto &field) { return field.first == name; });
    return found == m_fields.end() ? QByteArray() : found->second;
}

QByteArrayList HttpAnswerReader::fields(QByteArrayView name) const
{
    QByteArrayList values;
    for (const auto &[known, value] : m_fields) {
        if (known == name)
            values.append(value);
    }
    return values;
}

bool HttpAnswerReader::isReadingLines() const
{
    return m_at != At::Body && m_at != At::ToTheEnd && m_at != At::Piece && m_at != At::End;
}

Result<void> HttpAnswerReader::take(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (isWhole())
            return malformedHttp("something follows the answer");
        if (isReadingLines()) {
            const qsizetype end = bytes.indexOf('\n');
            const QByteArrayView part = end < 0 ? bytes : bytes.first(end + 1);
            const bool isPieceLine = m_at == At::PieceSize || m_at == At::PieceEnd;
            if (isPieceLine ? m_line.size() + part.size() > longestPieceLine
                            : m_head + part.size() > largestHead)
                return failure(Errc::AnswerTooLarge, QStringLiteral("the head"));
            if (!isPieceLine)
                m_head += part.size();
            m_line.append(part);
            bytes = bytes.sliced(part.size());
            if (end < 0)
                return {};
            const QByteArray line = std::exchange(m_line, {});
            if (!line.endsWith("\r\n"))
                return malformedHttp("a line ends without a carriage return");
            if (const Result<void> taken = takeLine(QByteArrayView(line).chopped(2)); !taken)
                return taken;
            continue;
        }
        const bool hasLength = m_at != At::ToTheEnd;
        const qsizetype size = hasLength ? std::min(m_left, bytes.size()) : bytes.size();
        if (m_body.size() + size > m_largestBody)
            return failure(Errc::AnswerTooLarge, QStringLiteral("the body"));
        m_body.append(bytes.first(size));
        bytes = bytes.sliced(size);
        if (hasLength && (m_left -= size) == 0)
            m_at = m_at == At::Piece ? At::PieceEnd : At::End;
    }
    return {};
}

Result<void> HttpAnswerReader::end()
{
    if (m_at == At::ToTheEnd)
        m_at = At::End;
    if (!isWhole())
        return failure(Errc::ServerUnreachable, QStringLiteral("the answer broke off"));
    return {};
}

Result<void> HttpAnswerReader::takeLine(QByteArrayView line)
{
    switch (m_at) {
    case At::Status:
        return takeStatus(line);
    case At::Field:
        return line.isEmpty() ? beginBody() : takeField(line);
    case At::PieceSize:
        return takePieceSize(line);
    case At::PieceEnd:
        if (!line.isEmpty())
            return malformedHttp("a piece is longer than its size");
        m_at = At::PieceSize;
        return {};
    case At::Trailer:
        if (line.isEmpty())
            m_at = At::End; // what a trailer says is nobody's business here
        return {};
    case At::Body:
    case At::ToTheEnd:
    case At::Piece:
    case At::End:
        break;
    }
    Q_UNREACHABLE();
}

Result<void> HttpAnswerReader::takeStatus(QByteArrayView line)
{
    const bool isHttp = line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ");
    if (!isHttp || line.size() < 12 || !isDigit(line[9]) || !isDigit(line[10]) ||
        !isDigit(line[11]) || (line.size() > 12 && line[12] != ' ') ||
        std::any_of(line.begin(), line.end(), isControlCharacter))
        return malformedHttp("no status line");
    m_status = line.sliced(9, 3).toInt();
    if (m_status < 100 || m_status == 101)
        return malformedHttp("a status that nobody asked for");
    m_at = At::Field;
    return {};
}

Result<void> HttpAnswerReader::takeField(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView name = line.first(std::max<qsizetype>(colon, 0));
    const QByteArrayView value = line.sliced(name.size()).sliced(colon < 0 ? 0 : 1).trimmed();
    if (name.isEmpty() || !std::all_of(name.begin(), name.end(), isTokenCharacter) ||
        std::any_of(value.begin(), value.end(), isControlCharacter))
        return malformedHttp("a damaged header line");
    const QByteArray lower = name.toByteArray().toLower();
    const bool saysWhereItEnds = lower == "content-length" || lower == "transfer-encoding";
    if (saysWhereItEnds && !field(lower).isNull())
        return malformedHttp("the length is said twice");
    m_fields.emplace_back(lower, value.isEmpty() ? QByteArray("") : value.toByteArray());
    return {};
}

/// The header is over: an interim answer leads to the next one, else the body begins.
Result<void> HttpAnswerReader::beginBody()
{
    if (m_status < 200) {
        m_fields.clear();
        m_at = At::Status;
        return {};
    }
    if ((m_to == To::Connect && m_status < 300) || m_status == 204 || m_status == 304) {
        m_at = At::End;
        return {};
    }
    const QByteArray length = field("content-length");
    const QByteArray encoding = field("transfer-encoding");
    if (!encoding.isNull()) {
        if (!length.isNull() || encoding.toLower() != "chunked")
            return malformedHttp("an unknown way to send a body");
        m_at = At::PieceSize;
        return {};
    }
    if (length.isNull()) {
        m_at = At::ToTheEnd;
        return {};
    }
    if (length.isEmpty() || length.size() > longestLength ||
        !std::all_of(length.begin(), length.end(), isDigit))
        return malformedHttp("a length that is none");
    m_at = At::Body;
    if (const Result<void> expected = expect(length.toLongLong()); !expected)
        return expected;
    if (m_left == 0)
        m_at = At::End;
    return {};
}

Result<void> HttpAnswerReader::takePieceSize(QByteArrayView line)
{
    const qsizetype semicolon = line.indexOf(';'); // an extension, which nobody needs
    const QByteArrayView digits = (semicolon < 0 ? line : line.first(semicolon)).trimmed();
    const auto isHexDigit = [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if (digits.isEmpty() || digits.size() > 15 ||
        !std::all_of(digits.begin(), digits.end(), isHexDigit))
        return malformedHttp("a piece without a size");
    m_at = At::Piece;
    if (const Result<void> expected = expect(digits.toByteArray().toLongLong(nullptr, 16));
        !expected)
        return expected;
    if (m_left == 0)
        m_at = At::Trailer;
    return {};
}

Result<void> HttpAnswerReader::expect(qsizetype size)
{
    if (size > m_largestBody - m_body.size())
        return failure(Errc::AnswerTooLarge, QStringLiteral("the body"));
    m_left = size;
    return {};
}

} // namespace hufu
