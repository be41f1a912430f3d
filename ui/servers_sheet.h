#pragma once

#include "core/account/account_set.h"
#include "core/base/secret_bytes.h"
#include "core/login/proxy_settings.h"
#include "ui/sheet.h"

namespace hufu {

class NameField;
class SecretField;
class Text;

/// Which servers accounts are bound to, and how they are reached (experience.md, "Settings").
/// What is chosen takes effect at once; what is typed, when its field is left.
class ServersSheet : public Sheet
{
    Q_OBJECT

public:
    /// @param proxy        null where the way is not a person's choice: nothing of it is shown
    /// @param hasPassword  whether the proxy's password is known at this time
    ServersSheet(const AccountSet &accounts, const ProxySettings *proxy, bool hasPassword,
                 QWidget *parent = nullptr);

    /// The proxy's password that was typed; the field is empty afterwards.
    [[nodiscard]] SecretBytes takePassword();

signals:
    void changed(const hufu::ProxySettings &settings);
    void passwordTyped();

private:
    [[nodiscard]] static QWidget *makeServers(const AccountSet &accounts);
    [[nodiscard]] QWidget *makeProxy();
    [[nodiscard]] QWidget *makeManual(bool hasPassword);
    [[nodiscard]] NameField *makeField(const QString &name, const QString &value);
    void takeFields();
    void takeKind(int kind);
    void followKind();
    void submitPassword();

    ProxySettings m_proxy;
    QWidget *m_manual = nullptr;
    Text *m_missing = nullptr;
    NameField *m_host = nullptr;
    NameField *m_port = nullptr;
    NameField *m_user = nullptr;
    SecretField *m_password = nullptr;
};

} // namespace hufu
