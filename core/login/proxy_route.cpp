#include "core/login/proxy_route.h"

#include "core/base/worker.h"

#include <QHostAddress>
#include <QNetworkProxy>

#include <algorithm>

namespace hufu {
namespace {

/// RFC 4648 section 4, from secret bytes to secret bytes.
Result<SecretBytes> toBase64(std::string_view text)
{
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Result<SecretBytes> result = SecretBytes::ofSize((text.size() + 2) / 3 * 4);
    if (!result)
        return result;
    const std::span<std::byte> out = result->mutableView();
    const auto byteAt = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    for (std::size_t in = 0, at = 0; in < text.size(); in += 3, at += 4) {
        const unsigned bits = byteAt(in) << 16U | byteAt(in + 1) << 8U | byteAt(in + 2);
        for (std::size_t i = 0; i < 4; ++i) {
            const bool isPadding = in + i > text.size();
            const char sign = isPadding ? '=' : alphabet[bits >> (18U - 6U * i) & 63U];
            out[at + i] = static_cast<std::byte>(sign);
        }
    }
    return result;
}

/// Errors: SecretMemoryFull.
Result<std::shared_ptr<const SecretBytes>> loginOf(const QString &user, std::string_view password)
{
    const QByteArray name = user.toUtf8();
    Result<SecretBytes> both =
        SecretBytes::ofSize(static_cast<std::size_t>(name.size()) + 1 + password.size());
    if (!both)
        return tl::unexpected(both.error());
    auto at = both->mutableView().begin();
    const auto put = [&at](std::string_view text) {
        at = std::transform(text.begin(), text.end(), at,
                            [](char c) { return static_cast<std::byte>(c); });
    };
    put({name.constData(), static_cast<std::size_t>(name.size())});
    put(":");
    put(password);
    Result<SecretBytes> encoded = toBase64(both->text());
    if (!encoded)
        return tl::unexpected(encoded.error());
    return std::make_shared<const SecretBytes>(std::move(*encoded));
}

/// The first of the system's proxies that we can use; they stand in the order to try. Straight
/// ahead goes only what shall go there first: the system appends that way to each list, and who
/// wants everything to go through a SOCKS proxy must not be betrayed.
Result<ProxyRoute::Way> wayOf(const QList<QNetworkProxy> &proxies)
{
    if (proxies.isEmpty() || proxies.first().type() == QNetworkProxy::NoProxy)
        return ProxyRoute::Way();
    for (const QNetworkProxy &proxy : proxies) {
        if (proxy.type() != QNetworkProxy::HttpProxy)
            continue;
        HttpProxy found{.host = proxy.hostName(), .port = proxy.port(), .login = {}};
        if (!proxy.user().isEmpty()) {
            auto login = loginOf(proxy.user(), proxy.password().toStdString());
            if (!login)
                return tl::unexpected(login.error());
            found.login = std::move(*login);
        }
        return ProxyRoute::Way(std::move(found));
    }
    return failure(Errc::ProxyUnreachable, QStringLiteral("the system names no HTTP proxy"));
}

} // namespace

bool isOnThisMachine(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

void ProxyRoute::setSettings(const ProxySettings &settings)
{
    const bool isForTheSame = settings.wantsPassword() && settings.host == m_settings.host &&
                              settings.port == m_settings.port && settings.user == m_settings.user;
    if (!isForTheSame)
        m_password.reset();
    m_settings = settings;
}

void ProxyRoute::setPassword(SecretBytes password)
{
    m_password = std::move(password);
}

Result<ProxyRoute::Way> ProxyRoute::manualWay() const
{
    if (!m_settings.isComplete())
        return failure(Errc::ProxyUnreachable, QStringLiteral("its host or port is missing"));
    HttpProxy proxy{.host = m_settings.host, .port = m_settings.port, .login = {}};
    if (m_settings.wantsPassword() && m_password) {
        auto login = loginOf(m_settings.user, m_password->text());
        if (!login)
            return tl::unexpected(login.error());
        proxy.login = std::move(*login);
    }
    return Way(std::move(proxy));
}

void ProxyRoute::find(const QUrl &url, QObject *context, Answer<Way> answer) const
{
    using Kind = ProxySettings::Kind;
    if (m_settings.kind == Kind::Manual)
        return answerLater<Way>(context, std::move(answer), manualWay());
    if (m_settings.kind == Kind::None || isOnThisMachine(url.host()))
        return answerLater<Way>(context, std::move(answer), Way());
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port(443));
    answerFromWorker<Way>(
        context,
        [origin] {
            return wayOf(QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(origin)));
        },
        std::move(answer));
}

} // namespace hufu
