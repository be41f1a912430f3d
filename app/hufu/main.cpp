#include "app/hufu/platform_colour_scheme.h"
#include "app/hufu/platform_session.h"
#include "core/base/hardening.h"
#include "core/base/logging.h"
#include "core/login/pct1_provider.h"
#include "core/login/proxy_route.h"
#include "core/policy/policy.h"
#include "core/scan/scanner_client.h"
#include "core/session/desktop_notices.h"
#include "core/vault/keychain_store.h"
#include "core/vault/vault.h"
#include "core/vault/vault_usage.h"
#include "ui/appearance.h"
#include "ui/desk.h"
#include "ui/error_text.h"
#include "ui/icons.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int failed = 1;
constexpr int wrongUsage = 2;

int refuse(const hufu::Error &error, int status)
{
    const QString detail = error.detail.isEmpty() ? QString() : u" (%1)"_s.arg(error.detail);
    std::fprintf(stderr, "hufu: %s%s\n", qPrintable(hufu::ErrorText::of(error.code).whole()),
                 qPrintable(detail));
    return status;
}

struct Options
{
    QString profile;
    QString policyFile;
    QString portableFolder; ///< empty: none
};

/// Ends the program for --help, --version and for what it does not know.
Options readOptions(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Rolling codes and confirmed logins."));
    const QCommandLineOption profile(
        u"profile"_s, QCoreApplication::translate("main", "Accounts and settings to use."),
        u"NAME"_s, u"default"_s);
    const QCommandLineOption policy(
        u"policy"_s, QCoreApplication::translate("main", "Settings of an organisation."),
        u"FILE"_s);
    const QCommandLineOption portable(
        u"portable"_s,
        QCoreApplication::translate("main", "Keep accounts and settings in this folder."),
        u"DIR"_s);
    parser.addOptions({profile, policy, portable});
    parser.addHelpOption();
    parser.addVersionOption();
    if (!parser.parse(app.arguments()) || !parser.positionalArguments().isEmpty()) {
        const QString words = parser.errorText().isEmpty() ? parser.helpText() : parser.errorText();
        std::fprintf(stderr, "hufu: %s\n", qPrintable(words));
        std::exit(wrongUsage);
    }
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    return {parser.value(profile), parser.value(policy), parser.value(portable)};
}

/// The sizes that task bars ask for. An icon of the SVG file itself would load a plugin to draw the
/// same pictures.
QIcon programIcon()
{
    QIcon icon;
    for (const int edge : {16, 32, 64, 128})
        icon.addPixmap(hufu::drawing(u"hufu"_s, QSize(edge, edge), Qt::black, 1));
    return icon;
}

} // namespace

int main(int argc, char *argv[])
{
    hufu::returnLargeBlocks();
    // Qt waits for the X server before it paints again into memory that they share: two wakeups
    // more each second. The few pixels of the rings go through the socket instead.
    qputenv("QT_XCB_NO_MITSHM", "1");
    hufu::silenceTellingCategories();
    QCoreApplication::setApplicationName(u"hufu"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(HUFU_VERSION));
    if (!hufu::hasDisplay(argc, argv)) {
        const QCoreApplication windowless(argc, argv);
        readOptions(windowless); // --help and --version need no display
        std::fputs("hufu: There is no display to open a window on. hufu-cli needs none.\n", stderr);
        return failed;
    }
    QApplication app(argc, argv);
    QGuiApplication::setDesktopFileName(u"hufu"_s);
    QApplication::setQuitOnLastWindowClosed(false); // windows hide for a scan
    hufu::installTranslations();

    const Options options = readOptions(app);
    const hufu::Result<hufu::VaultPlace> place =
        options.portableFolder.isEmpty()
            ? hufu::VaultPlace::ofProfile(options.profile)
            : hufu::VaultPlace::portable(options.portableFolder, options.profile);
    if (!place)
        return refuse(place.error(), wrongUsage);
    const hufu::Result<hufu::Policy> policy =
        options.policyFile.isEmpty() ? hufu::loadSystemPolicy()
                                     : hufu::loadPolicyFile(options.policyFile, options.profile);
    if (!policy)
        return refuse(policy.error(), failed);

    hufu::Appearance appearance;
    hufu::ColourScheme scheme;
    if (appearance.usesReferencePalette()) {
        const auto follow = [&appearance](bool prefersDark) {
            appearance.setShade(prefersDark ? hufu::Shade::Dark : hufu::Shade::Light);
        };
        QObject::connect(&scheme, &hufu::ColourScheme::changed, &app, follow);
        follow(scheme.prefersDark()); // the one portal call, before the portal refuses us
    }
    hufu::forbidMemoryAccess();

    const hufu::SystemClock clock;
    const hufu::ScannerClient scanner(hufu::ScannerClient::besideThisProgram());
    const QString settingsFile = place->configPath + u"/settings.ini"_s;
    hufu::ProxyRoute proxy;
    proxy.setSettings(hufu::ProxySettings::read(settingsFile));
    hufu::Vault vault(hufu::makeSystemKeychain(), *place, clock);
    const auto serverClocks = std::make_shared<hufu::ServerClocks>(clock);
    hufu::VaultUsage usage(vault, *place, *serverClocks, clock);
    hufu::Activity activity(vault, *place, clock);
    hufu::Desk desk({.vault = vault,
                     .scanner = scanner,
                     .makeLoginProvider =
                         [&policy, &clock, &serverClocks, &proxy] {
                             return std::make_unique<hufu::Pct1Provider>(*policy, clock,
                                                                         serverClocks, &proxy);
                         },
                     .policy = *policy,
                     .clock = clock,
                     .settingsFile = settingsFile,
                     .makeSessionEvents = [] { return hufu::SessionEvents::ofThisSystem(); },
                     .openCameras = [&scanner] { return scanner.openCameras(); },
                     .serverClocks = serverClocks,
                     .usage = &usage,
                     .activity = &activity,
                     .proxy = &proxy,
                     .makeNotices = [] { return hufu::DesktopNotices::ofThisSystem(); }});
    QObject::connect(
        &desk, &hufu::Desk::settled, &app, [] { QApplication::setWindowIcon(programIcon()); },
        Qt::SingleShotConnection);
    desk.showWindow();
    return QApplication::exec();
}
