#pragma once

#include "core/base/secret_bytes.h"
#include "core/login/proxy_settings.h"
#include "ui/sheet.h"

namespace hufu {

class SecretField;

/// Asks for the password of a proxy's user, once after each start: it is kept in memory only, since
/// it is no account, and the keychain's entries are the vault's alone.
class ProxyPasswordSheet : public Sheet
{
    Q_OBJECT

public:
    explicit ProxyPasswordSheet(const ProxySettings &proxy, QWidget *parent = nullptr);

    /// What was typed; the field is empty afterwards.
    [[nodiscard]] SecretBytes takePassword();

signals:
    void submitted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    SecretField *m_password;
};

} // namespace hufu
