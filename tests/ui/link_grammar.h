#pragma once

#include <QByteArrayList>
#include <QRandomGenerator>

namespace hufu::test {

/// Links as strangers write them: otpauth addresses put together from right, wrong and hostile
/// parts (security.md 7). The same seed gives the same links.
class LinkGrammar
{
public:
    explicit LinkGrammar(quint32 seed)
        : m_random(seed)
    {
    }

    [[nodiscard]] QByteArray next();

private:
    [[nodiscard]] const QByteArray &pick(const QByteArrayList &list);
    [[nodiscard]] QByteArray parameter();

    QRandomGenerator m_random;
};

} // namespace hufu::test
