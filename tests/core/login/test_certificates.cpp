#include "tests/core/login/test_certificates.h"

#include <QFile>
#include <QProcess>
#include <QSslKey>

namespace hufu::test {
namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

constexpr auto authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";

} // namespace

TestCertificates::TestCertificates()
{
    // GeneralNames of one dNSName, in DER: no text can say it.
    const QByteArray nullPrefixed("localhost\0.other.example", 24);
    const QByteArray nameDer = "8218" + nullPrefixed.toHex();
    const QByteArray hidden = "subjectAltName=DER:301a" + nameDer + "\nbasicConstraints=CA:FALSE\n";
    const QByteArray here = "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n";
    m_valid = makeKey(QStringLiteral("root"), QStringLiteral("/CN=Test root")) &&
              issue(QStringLiteral("root"), {}, authority, 2) &&
              makeKey(QStringLiteral("middle"), QStringLiteral("/CN=Test middle")) &&
              issue(QStringLiteral("middle"), QStringLiteral("root"), authority, 2) &&
              makeKey(QStringLiteral("good"), QStringLiteral("/CN=localhost")) &&
              issue(QStringLiteral("good"), QStringLiteral("root"), here, 2) &&
              makeKey(QStringLiteral("deep"), QStringLiteral("/CN=localhost")) &&
              issue(QStringLiteral("deep"), QStringLiteral("middle"), here, 2) &&
              makeKey(QStringLiteral("expired"), QStringLiteral("/CN=localhost")) &&
              issue(QStringLiteral("expired"), QStringLiteral("root"), here, -1) &&
              makeKey(QStringLiteral("elsewhere"), QStringLiteral("/CN=other.example")) &&
              issue(QStringLiteral("elsewhere"), QStringLiteral("root"),
                    "subjectAltName=DNS:other.example\n", 2) &&
              makeKey(QStringLiteral("null-prefix"), QStringLiteral("/CN=other.example")) &&
              issue(QStringLiteral("null-prefix"), QStringLiteral("root"), hidden, 2) &&
              makeKey(QStringLiteral("stranger"), QStringLiteral("/CN=localhost")) &&
              issue(QStringLiteral("stranger"), {}, here, 2);
}

QByteArray TestCertificates::authorityPem() const
{
    return contentOf(path(QStringLiteral("root.pem")));
}

QSslCertificate TestCertificates::certificate(const QString &name) const
{
    return QSslCertificate(contentOf(path(name + QStringLiteral(".pem"))));
}

QSslConfiguration TestCertificates::serverConfiguration(const QString &name,
                                                        const QStringList &appended) const
{
    QList<QSslCertificate> chain{certificate(name)};
    for (const QString &other : appended)
        chain.append(certificate(other));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(QSslKey(contentOf(path(name + QStringLiteral(".key"))), QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

bool TestCertificates::openssl(const QStringList &arguments)
{
    QProcess program;
    program.start(QStringLiteral("openssl"), arguments);
    return program.waitForFinished() && program.exitStatus() == QProcess::NormalExit &&
           program.exitCode() == 0;
}

bool TestCertificates::makeKey(const QString &name, const QString &subject)
{
    return openssl({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-nodes"),
                    QStringLiteral("-newkey"), QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                    QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-keyout"),
                    path(name + QStringLiteral(".key")), QStringLiteral("-out"),
                    path(name + QStringLiteral(".csr")), QStringLiteral("-subj"), subject});
}

bool TestCertificates::issue(const QString &name, const QString &issuer,
                             const QByteArray &extensions, int days)
{
    QFile file(path(name + QStringLiteral(".ext")));
    if (!file.open(QIODevice::WriteOnly) || file.write(extensions) < 0)
        return false;
    file.close();
    QStringList arguments{QStringLiteral("x509"),     QStringLiteral("-req"),
                          QStringLiteral("-in"),      path(name + QStringLiteral(".csr")),
                          QStringLiteral("-out"),     path(name + QStringLiteral(".pem")),
                          QStringLiteral("-days"),    QString::number(days),
                          QStringLiteral("-extfile"), file.fileName()};
    if (issuer.isEmpty())
        arguments << QStringLiteral("-signkey") << path(name + QStringLiteral(".key"));
    else
        arguments << QStringLiteral("-CA") << path(issuer + QStringLiteral(".pem"))
                  << QStringLiteral("-CAkey") << path(issuer + QStringLiteral(".key"))
                  << QStringLiteral("-CAcreateserial");
    return openssl(arguments);
}

} // namespace hufu::test
