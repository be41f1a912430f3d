// What a click on "Use the server's time" leaves in a profile, without the window:
//
//   agree_to_server_time PROFILE API SECONDS     the server's clock is ahead by that

#include "core/vault/keychain_store.h"
#include "core/vault/vault.h"
#include "core/vault/vault_usage.h"

#include <QCoreApplication>

#include <cstdio>

using namespace hufu;

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    const SystemClock clock;
    const Result<VaultPlace> place = VaultPlace::ofProfile(words.value(1));
    if (words.size() != 4 || !place)
        return 2;
    Vault vault(makeSystemKeychain(), *place, clock);
    ServerClocks clocks(clock);
    VaultUsage usage(vault, *place, clocks, clock);
    vault.open(&vault, [&](const Result<void> &opened) {
        const std::string api = words.at(2).toStdString();
        const std::chrono::seconds ahead(words.at(3).toLongLong());
        for (int i = 0; i < ServerClocks::leastAnswers; ++i)
            clocks.take(api, clock.now() + ahead, clock.sinceBoot());
        clocks.setUsed(api, true);
        usage.flush();
        if (!opened)
            std::fprintf(stderr, "%s\n", qPrintable(errcName(opened.error().code)));
        QCoreApplication::exit(opened ? 0 : 1);
    });
    return QCoreApplication::exec();
}
