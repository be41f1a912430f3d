// Bound servers, and the way to them.

#include "core/login/proxy_route.h"
#include "ui/desk.h"
#include "ui/proxy_password_sheet.h"
#include "ui/servers_sheet.h"

namespace hufu {

void Desk::openServersSheet()
{
    ProxyRoute *proxy = m_tools.proxy;
    auto *sheet =
        new ServersSheet(m_tools.vault.accounts(), proxy != nullptr ? &proxy->settings() : nullptr,
                         proxy != nullptr && proxy->hasPassword());
    connect(sheet, &ServersSheet::changed, this, [this, proxy](const ProxySettings &settings) {
        proxy->setSettings(settings);
        settings.write(m_tools.settingsFile);
    });
    connect(sheet, &ServersSheet::passwordTyped, this,
            [proxy, sheet] { proxy->setPassword(sheet->takePassword()); });
    open(sheet);
}

void Desk::askProxyPassword(const ReadingPtr &reading)
{
    auto *sheet = new ProxyPasswordSheet(m_tools.proxy->settings());
    connect(sheet, &ProxyPasswordSheet::submitted, this, [this, sheet, reading] {
        m_tools.proxy->setPassword(sheet->takePassword());
        sheet->accept();
        login(reading);
    });
    open(sheet);
}

} // namespace hufu
