// How a key URI is parsed where nobody thinks of memory: what a scan for its secret must find. It
// reads a URI from standard input, makes a code of it, clears everything, prints "ready" and waits
// to be looked at until its input ends. Built twice: as it is, and with the programs' wiping `free`
// (naive_program_wiping).

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QUrl>
#include <QUrlQuery>

#include <cstdio>

#include <unistd.h>

namespace {

QByteArray fromBase32(const QString &text)
{
    QByteArray bytes;
    unsigned buffer = 0;
    int bits = 0;
    for (const QChar c : text) {
        const char latin = c.toLatin1();
        const unsigned value = static_cast<unsigned>(latin >= 'A' ? latin - 'A' : latin - '2' + 26);
        buffer = buffer << 5 | value;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.append(static_cast<char>(buffer >> bits & 0xff));
        }
    }
    return bytes;
}

int codeOf(QByteArray line)
{
    QUrl url(QString::fromUtf8(line).trimmed());
    QUrlQuery query(url);
    QString text = query.queryItemValue(QStringLiteral("secret")).toUpper();
    QByteArray secret = fromBase32(text);

    QMessageAuthenticationCode mac(QCryptographicHash::Sha1, secret);
    mac.addData(QByteArray(8, '\1'));
    const int code = static_cast<unsigned char>(mac.result().back());

    QJsonObject stored{{QStringLiteral("secret"), text},
                       {QStringLiteral("uri"), url.toString(QUrl::FullyEncoded)}};
    QByteArray json = QJsonDocument(stored).toJson();
    const QJsonObject again = QJsonDocument::fromJson(json).object();
    QByteArray copy = again.value(QLatin1String("secret")).toString().toUtf8();

    line.clear();
    url.clear();
    query.clear();
    text.clear();
    secret.clear();
    json.clear();
    copy.clear();
    return code;
}

} // namespace

int main()
{
    QByteArray line;
    for (char c = 0; read(STDIN_FILENO, &c, 1) == 1 && c != '\n';)
        line.append(c);
    const int code = codeOf(std::exchange(line, {}));
    std::printf("ready %d\n", code);
    std::fflush(stdout);
    char end = 0;
    while (read(STDIN_FILENO, &end, 1) == 1) {
    }
    return 0;
}
