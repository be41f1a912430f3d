#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/terminal.h"
#include "core/vault/keychain_store.h"
#include "core/vault/profile_removal.h"

namespace hufu {

void runProfileRemove(Session &session)
{
    const Result<VaultPlace> place = placeOf(session.arguments(), session.arguments().operand(1));
    if (!place)
        return session.fail(place.error());
    if (place->profile == QLatin1String("default"))
        return session.fail({Errc::ProfileProtected, {}});
    const Result<bool> agreed =
        session.asks(QStringLiteral("Remove the profile %1 with all its accounts, for ever?")
                         .arg(place->profile));
    if (!agreed || !*agreed)
        return session.fail(agreed ? Error{Errc::ConsentNeeded, {}} : agreed.error());

    const std::shared_ptr<SecretStore> store = makeSystemKeychain();
    removeProfile(*store, *place, &session, [&session, store](const Result<int> &removed) {
        if (!removed)
            return session.fail(removed.error());
        if (session.wantsJson()) {
            JsonOut out(stdout);
            out.beginObject();
            out.name("version").number(1);
            out.name("removed").number(*removed);
            out.endObject();
        } else {
            printLine(QStringLiteral("Removed %1 entries.").arg(*removed));
        }
        session.end(0);
    });
}

} // namespace hufu
