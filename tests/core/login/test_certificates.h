#pragma once

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTemporaryDir>

namespace hufu::test {

/// A throw-away certificate authority and what it issued, made by the openssl program in a folder
/// that goes with this object.
class TestCertificates
{
public:
    /// Makes everything; takes about a second. isValid() tells whether it worked.
    TestCertificates();

    [[nodiscard]] bool isValid() const { return m_valid; }
    [[nodiscard]] QByteArray authorityPem() const;
    /// The first certificate of that name: `root`, `middle`, or one of the names below.
    [[nodiscard]] QSslCertificate certificate(const QString &name) const;

    /// What a server needs to show itself with `name`:
    /// `good` (localhost, issued by the authority), `expired`, `elsewhere` (for another host),
    /// `stranger` (signed by itself), `deep` (localhost, issued by `middle`), `null-prefix` (for
    /// another host, whose name begins with `localhost` and a zero byte).
    /// @param appended  further certificates that the server sends along
    [[nodiscard]] QSslConfiguration serverConfiguration(const QString &name,
                                                        const QStringList &appended = {}) const;

private:
    bool openssl(const QStringList &arguments);
    bool makeKey(const QString &name, const QString &subject);
    bool issue(const QString &name, const QString &issuer, const QByteArray &extensions, int days);
    [[nodiscard]] QString path(const QString &file) const { return m_folder.filePath(file); }

    QTemporaryDir m_folder;
    bool m_valid = false;
};

} // namespace hufu::test
