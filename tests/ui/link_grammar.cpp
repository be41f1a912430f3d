#include "tests/ui/link_grammar.h"

namespace hufu::test {

const QByteArray &LinkGrammar::pick(const QByteArrayList &list)
{
    return list.at(m_random.bounded(static_cast<int>(list.size())));
}

QByteArray LinkGrammar::parameter()
{
    static const QByteArray key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    static const QByteArrayList parameters{
        "secret=" + key,
        "secret=" + key.toLower(),
        "secret=" + key + "====",
        "secret=",
        "secret=A",
        "secret=%2",
        "secret=0189",
        "secret=" + QByteArray(4'096, 'A'),
        "secret=GEZD%00NBVGY3TQOJQ",
        "issuer=Example",
        "issuer=Google",
        "issuer=<img src=file:///etc/passwd>",
        "issuer=%E2%80%AEelgooG",
        "issuer=%0A%0D",
        "issuer=%FF%FE",
        "issuer=" + QByteArray(2'000, 'x'),
        "digits=6",
        "digits=8",
        "digits=99",
        "digits=-1",
        "digits=06",
        "digits=six",
        "period=30",
        "period=0",
        "period=99999999999999999999",
        "algorithm=SHA256",
        "algorithm=MD5",
        "counter=0",
        "counter=-1",
        "counter=18446744073709551616",
        "image=https://example.com/x.png",
        "v=1",
        "v=2",
        "appid=northgate",
        "appid=" + QByteArray(65, 'a'),
        "uid=alice",
        "uid=%00",
        "api=https%3A%2F%2Fauth.example.com%2Fv1",
        "api=http%3A%2F%2Fauth.example.com%2Fv1",
        "api=https%3A%2F%2Fuser%40auth.example.com%2Fv1",
        "api=https%3A%2F%2F127.0.0.1%2Fv1",
        "api=file%3A%2F%2F%2Fetc%2Fpasswd",
        "spki=" + QByteArray(64, 'a'),
        "spki=x",
        "=",
        "secret",
        "",
        "%",
        "a=b=c",
    };
    return pick(parameters);
}

QByteArray LinkGrammar::next()
{
    static const QByteArrayList schemes{"otpauth://",  "otpauth://", "otpauth://",
                                        "OTPAUTH://",  "otpauth:",   "otpauth:/",
                                        "otpauths://", "motp://",    "otpauth-migration://"};
    static const QByteArrayList types{"totp/",    "totp/", "hotp/", "TOTP/", "steam/",
                                      "offline?", "x/",    "totp",  "/",     "totp/totp/"};
    static const QByteArrayList labels{"Example:alice",
                                       "alice",
                                       "",
                                       ":",
                                       "Example:",
                                       "Example%3Aalice",
                                       "%E2%80%AEelpmaxE:alice",
                                       "a%0Ab",
                                       "<b>bold</b>",
                                       "%F0%9F%94%91",
                                       "%00",
                                       "%2",
                                       "%ff",
                                       "a#b",
                                       "a/b",
                                       QByteArray(3'000, 'x')};
    static const QByteArrayList separators{"&", "&", "&", "&", "&&", ";", "?", "#", " "};
    QByteArray link = pick(schemes) + pick(types) + pick(labels) + '?';
    if (m_random.bounded(3) > 0) // else nearly none would have a key
        link += "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&";
    const int count = m_random.bounded(7);
    for (int i = 0; i < count; ++i)
        link += parameter() + pick(separators);
    if (m_random.bounded(8) == 0)
        link[m_random.bounded(static_cast<int>(link.size()))] =
            static_cast<char>(m_random.bounded(1, 256));
    return link;
}

} // namespace hufu::test
