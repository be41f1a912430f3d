#include "seed_signature.h"

#include <QByteArrayList>
#include <QCryptographicHash>
#include <QString>

#include <algorithm>

namespace hufu::authserver {
namespace {

constexpr qsizetype appIdLength = 32;
constexpr qsizetype longestUid = 64;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

QByteArray seedSignature(const QByteArrayList &parts, const QByteArray &appKey)
{
    return QCryptographicHash::hash(parts.join() + appKey, QCryptographicHash::Md5).toHex();
}

bool isUid(const QByteArray &text)
{
    return !text.isEmpty() && text.size() <= longestUid && isPlain(text);
}

bool isAppId(const QByteArray &text)
{
    return text.size() == appIdLength && std::ranges::all_of(text, [](char c) {
               return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

bool isHex(const QByteArray &text, qsizetype length)
{
    return text.size() == length &&
           std::ranges::all_of(text, [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); });
}

bool isPlain(const QByteArray &text)
{
    const QString characters = QString::fromUtf8(text);
    return std::ranges::none_of(characters, [](QChar c) {
        return c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
               c == QChar::ParagraphSeparator;
    });
}

} // namespace hufu::authserver
