#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayList>

#include <utility>
#include <vector>

namespace hufu {

/// Reads one answer of HTTP/1.1 as it arrives, strictly and within bounds: whoever is at the other
/// end, at most `largestHead` and the body's limit of it are ever kept. Nothing is unpacked.
///
/// What has two meanings is refused: a length said twice, a length and pieces together, folded or
/// nameless header lines, bare line feeds. Source: RFC 9112. Pure, one thread.
class HttpAnswerReader
{
public:
    /// What was asked decides how an answer ends: one to CONNECT has no body if it is a success.
    enum class To { Request, Connect };

    /// Status line, header, interim answers and trailer together.
    static constexpr qsizetype largestHead = 16 * 1024;

    HttpAnswerReader(To to, qsizetype largestBody);

    /// Takes the next bytes. Errors, after which the reader is of no use any more: AnswerTooLarge,
    /// AnswerMalformed.
    [[nodiscard]] Result<void> take(QByteArrayView bytes);
    /// The connection is over. Errors: ServerUnreachable if the answer is not whole.
    [[nodiscard]] Result<void> end();

    /// Whether the header of the final answer is there.
    [[nodiscard]] bool hasHead() const { return m_at > At::Field; }
    [[nodiscard]] bool isWhole() const { return m_at == At::End; }

    [[nodiscard]] int status() const { return m_status; }
    /// The value of a header field by its name in lower case; empty if there is none. Of several,
    /// the first.
    [[nodiscard]] QByteArray field(QByteArrayView name) const;
    /// The values of all fields of that name, in their order.
    [[nodiscard]] QByteArrayList fields(QByteArrayView name) const;
    [[nodiscard]] const QByteArray &body() const { return m_body; }

private:
    enum class At { Status, Field, Body, ToTheEnd, PieceSize, Piece, PieceEnd, Trailer, End };

    [[nodiscard]] Result<void> takeLine(QByteArrayView line);
    [[nodiscard]] Result<void> takeStatus(QByteArrayView line);
    [[nodiscard]] Result<void> takeField(QByteArrayView line);
    [[nodiscard]] Result<void> takePieceSize(QByteArrayView line);
    [[nodiscard]] Result<void> beginBody();
    [[nodiscard]] Result<void> expect(qsizetype size);
    [[nodiscard]] bool isReadingLines() const;

    const To m_to;
    const qsizetype m_largestBody;
    At m_at = At::Status;
    int m_status = 0;
    qsizetype m_head = 0; ///< bytes of lines so far, without the sizes of pieces
    qsizetype m_left = 0; ///< bytes of the body or of the piece that are to come
    QByteArray m_line;
    std::vector<std::pair<QByteArray, QByteArray>> m_fields;
    QByteArray m_body;
};

} // namespace hufu
