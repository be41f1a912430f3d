#include "core/vault/kept_export.h"

#include <algorithm>

namespace hufu {
namespace {

constexpr std::string_view base64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Room for the base64 of one piece, wiped when it goes: a record may hold a key.
struct Piece
{
    static constexpr std::size_t bytes = 3 * 512;

    Piece() = default;
    Piece(const Piece &) = delete;
    Piece &operator=(const Piece &) = delete;
    ~Piece()
    {
        volatile char *out = text.data();
        std::fill_n(out, text.size(), '\0');
    }

    std::array<char, bytes / 3 * 4> text;

    [[nodiscard]] std::string_view encode(std::span<const std::byte> piece)
    {
        char *out = text.data();
        for (std::size_t i = 0; i < piece.size(); i += 3) {
            std::uint32_t group = 0;
            for (std::size_t k = 0; k < 3; ++k)
                group = (group << 8) |
                        (i + k < piece.size() ? std::to_integer<std::uint32_t>(piece[i + k]) : 0U);
            for (std::size_t k = 0; k < 4; ++k)
                *out++ = i + k > piece.size() ? '=' : base64Digits[(group >> (6 * (3 - k))) & 63];
        }
        return {text.data(), static_cast<std::size_t>(out - text.data())};
    }
};

} // namespace

KeptFile::KeptFile(const QString &path)
    : m_file(path)
{
}

KeptFile::~KeptFile()
{
    if (m_isMade)
        m_file.remove();
}

Result<void> KeptFile::create(const QString &profile, const std::optional<VaultId> &vault)
{
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered,
                     QFile::ReadOwner | QFile::WriteOwner))
        return failure(Errc::FileUnwritable, m_file.errorString());
    m_isMade = true;
    write("hufu-kept 1\n"
          "# What Hufu kept because it could not use it. It may hold secrets: show it to nobody.\n"
          "profile ");
    write(profile.toStdString());
    write("\n");
    if (vault)
        write("vault " + toHex(*vault).toStdString() + "\n");
    return {};
}

void KeptFile::addRecord(const OtherRecord &record)
{
    line("record " + QByteArray::number(record.tag), record.value.view());
}

void KeptFile::addEntry(const QString &name, const QByteArray &value)
{
    // Of a name of somebody else's; it stands on a line of ours.
    QString shown = name;
    for (QChar &letter : shown) {
        if (!letter.isPrint() || letter.isSpace())
            letter = u'?';
    }
    line("entry " + shown.toUtf8(), std::as_bytes(std::span(value)));
}

Result<void> KeptFile::finish()
{
    if (m_failed || !m_file.flush())
        return failure(Errc::FileUnwritable, m_file.errorString());
    m_file.close();
    m_isMade = false; // it stays
    return {};
}

void KeptFile::line(const QByteArray &head, std::span<const std::byte> bytes)
{
    write({head.constData(), static_cast<std::size_t>(head.size())});
    write(" ");
    while (!bytes.empty()) {
        Piece piece;
        const std::size_t size = std::min(bytes.size(), Piece::bytes);
        write(piece.encode(bytes.first(size)));
        bytes = bytes.subspan(size);
    }
    write("\n");
}

void KeptFile::write(std::string_view text)
{
    const auto size = static_cast<qint64>(text.size());
    m_failed = m_failed || m_file.write(text.data(), size) != size;
}

} // namespace hufu
