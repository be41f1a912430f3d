// Bindings whose code holds an address instead of the key (protocol.md B1, "Alternative").

#include "core/login/provider.h"
#include "ui/binding_fetch_sheet.h"
#include "ui/desk.h"
#include "ui/error_text.h"

namespace hufu {

/// The server gives the key once: so it is asked only when the key can be stored.
void Desk::fetch(const ReadingPtr &reading)
{
    if (m_tools.vault.state() == Vault::State::OlderState)
        return say(ErrorText::of(Errc::VaultOlderState));
    if (wantsFirstPassword())
        return askFirstPassword();
    const auto &address = std::get<BindingAddress>(reading->payload);
    auto *sheet = new BindingFetchSheet(provider().fetch(address), reading->origin, address.host);
    connect(sheet, &BindingFetchSheet::fetched, this,
            [this, sheet, channel = reading->channel, host = address.host] {
                auto offer = std::make_shared<Reading>();
                offer->payload = sheet->fetch().takeUri();
                offer->origin = tr("Sent by %1").arg(host);
                offer->channel = channel;
                review(offer); // takes the sheet's place
            });
    connect(sheet, &BindingFetchSheet::scanRequested, this,
            [this, channel = reading->channel] { scanAgain(channel); });
    open(sheet);
}

} // namespace hufu
