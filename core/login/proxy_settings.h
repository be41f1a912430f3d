#pragma once

#include <QString>

namespace hufu {

/// The group `[servers]` of a profile's settings.ini: how servers are reached. The password of a
/// proxy is not among it: that stays in memory (ProxyRoute).
struct ProxySettings
{
    enum class Kind { System, None, Manual };

    Kind kind = Kind::System;
    QString host;     ///< of the manual proxy, as typed; kept while another kind is chosen
    quint16 port = 0; ///< 0: none was given
    QString user;     ///< empty: the proxy asks for no login

    /// What the file does not hold, or holds wrongly, keeps its default; a manual proxy stays one,
    /// also without a host: nothing goes another way than the one that was chosen.
    [[nodiscard]] static ProxySettings read(const QString &settingsFile);
    void write(const QString &settingsFile) const;

    /// Whether a manual proxy has all that it takes to be asked.
    [[nodiscard]] bool isComplete() const;
    /// Whether a password belongs to it.
    [[nodiscard]] bool wantsPassword() const { return kind == Kind::Manual && !user.isEmpty(); }

    friend bool operator==(const ProxySettings &, const ProxySettings &) = default;
};

/// Whether `host` can be a proxy's: a name, or an address without brackets.
[[nodiscard]] bool isProxyHost(const QString &host);

} // namespace hufu
