#pragma once

#include "core/base/answer.h"
#include "core/base/secret_bytes.h"
#include "core/login/proxy_settings.h"

#include <QUrl>

#include <optional>

namespace hufu {

/// A proxy that HTTPS goes through by CONNECT.
struct HttpProxy
{
    QString host;
    quint16 port = 0;
    /// `user:password` in Base64, as Proxy-Authorization takes it; null where no login is known.
    std::shared_ptr<const SecretBytes> login;
};

/// Whether `host` is the loopback, which no proxy and no network leads to.
[[nodiscard]] bool isOnThisMachine(const QString &host);

/// Which way leads to a server: the system's, none, or a proxy that the person named. GUI thread.
class ProxyRoute
{
public:
    using Way = std::optional<HttpProxy>; ///< nothing: straight ahead

    [[nodiscard]] const ProxySettings &settings() const { return m_settings; }
    /// From the next exchange on. Forgets the password unless it is for the same proxy and user.
    void setSettings(const ProxySettings &settings);
    /// Of the manual proxy's user; lives here, in memory, and nowhere else.
    void setPassword(SecretBytes password);
    void forgetPassword() { m_password.reset(); }
    [[nodiscard]] bool hasPassword() const { return m_password.has_value(); }

    /// The way to the host of `url`. The system may take its time, since it may fetch a script that
    /// decides; so it is asked on a worker, and told no more than the host.
    ///
    /// Errors: ProxyUnreachable where the manual proxy has no host or port, and where the system
    /// names only proxies of kinds that know no CONNECT; SecretMemoryFull.
    void find(const QUrl &url, QObject *context, Answer<Way> answer) const;

private:
    [[nodiscard]] Result<Way> manualWay() const;

    ProxySettings m_settings;
    std::optional<SecretBytes> m_password;
};

} // namespace hufu
