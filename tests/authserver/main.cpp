#include "commands.h"
#include "serve.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <optional>
#include <sys/stat.h>

namespace {

using namespace Qt::StringLiterals;
using namespace hufu::authserver;

constexpr int usageError = 2;

int usage(const QString &sentence)
{
    std::fprintf(stderr, "hufu-authserver: %s See --help.\n", qPrintable(sentence));
    return usageError;
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"data"_s, u"Folder of the server's state."_s, u"DIR"_s},
        {u"database"_s, u"postgres://USER@HOST[:PORT]/NAME instead of a folder."_s, u"URL"_s},
        {u"number"_s, u"app create: logins ask for a number of two digits."_s},
        {u"bind-by-address"_s, u"app create: binding codes hold a one-time address."_s},
        {u"cert"_s, u"serve: certificate chain, PEM."_s, u"FILE"_s},
        {u"key"_s, u"serve: its private key, PEM."_s, u"FILE"_s},
        {u"port"_s, u"serve: port; 0 (the default) takes a free one."_s, u"N"_s, u"0"_s},
        {u"host"_s, u"serve: address to listen on."_s, u"ADDRESS"_s, u"127.0.0.1"_s},
        {u"public-url"_s, u"serve: the server as others see it, https://HOST[:PORT]."_s, u"URL"_s},
        {u"site"_s, u"serve: show the sample site, as this application."_s, u"APP_ID"_s},
        {u"proxy"_s, u"serve: believe this proxy on where clients are; may be repeated."_s,
         u"ADDRESS[/BITS]"_s},
        {u"forwarded-header"_s, u"serve: what proxies write, X-Forwarded-For or Forwarded."_s,
         u"NAME"_s, u"X-Forwarded-For"_s},
        {u"connections"_s, u"serve: at most so many connections."_s, u"N"_s, u"1024"_s},
        {u"connections-per-address"_s, u"serve: at most so many from one address."_s, u"N"_s,
         u"256"_s},
        {u"clock-offset-file"_s, u"serve, for tests: seconds to add to the clock."_s, u"FILE"_s},
    });
    parser.addPositionalArgument(u"command"_s,
                                 u"serve | app create NAME | app list | user list APP_ID | "
                                 "report list APP_ID | "
                                 "site user NAME (reads the password from standard input)"_s);
    parser.addHelpOption();
    parser.addVersionOption();
}

std::optional<ServeOptions> serveOptions(const QCommandLineParser &parser)
{
    ServeOptions options;
    bool isPort = false;
    bool isNumber = false;
    bool isNumberEach = false;
    options.certificateFile = parser.value(u"cert"_s);
    options.keyFile = parser.value(u"key"_s);
    options.port = parser.value(u"port"_s).toUShort(&isPort);
    options.address = QHostAddress(parser.value(u"host"_s));
    options.publicUrl = parser.value(u"public-url"_s);
    options.siteAppId = parser.value(u"site"_s).toUtf8();
    options.clockOffsetFile = parser.value(u"clock-offset-file"_s);
    options.connections = parser.value(u"connections"_s).toUInt(&isNumber);
    options.connectionsPerAddress =
        parser.value(u"connections-per-address"_s).toUInt(&isNumberEach);
    const QString header = parser.value(u"forwarded-header"_s).toLower();
    const auto forwarded = Forwarded::from(
        parser.values(u"proxy"_s),
        header == u"forwarded" ? Forwarded::Header::Forwarded : Forwarded::Header::XForwardedFor);
    if (!forwarded || (header != u"forwarded" && header != u"x-forwarded-for"))
        return {};
    options.forwarded = *forwarded;
    if (!isPort || !isNumber || !isNumberEach || options.connections == 0 ||
        options.connectionsPerAddress == 0 || options.address.isNull() ||
        options.certificateFile.isEmpty() || options.keyFile.isEmpty())
        return {};
    return options;
}

} // namespace

int main(int argc, char *argv[])
{
    ::umask(077); // the database holds every token's secret
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"hufu-authserver"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(HUFU_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Reference authentication server and sample site."_s);
    addOptions(parser);
    parser.process(application);
    if (parser.isSet(u"data"_s) == parser.isSet(u"database"_s))
        return usage(u"Name the server's state with --data DIR or --database URL."_s);
    const QString place = parser.value(parser.isSet(u"data"_s) ? u"data"_s : u"database"_s);
    if (parser.isSet(u"database"_s) && !Database::isServer(place))
        return usage(u"--database must be postgres://USER@HOST[:PORT]/NAME."_s);

    const QStringList words = parser.positionalArguments();
    try {
        if (words == QStringList{u"serve"_s}) {
            const auto options = serveOptions(parser);
            if (!options)
                return usage(
                    u"serve needs --cert and --key, and numbers and addresses where it asks for them."_s);
            const Database database(place);
            return serve(database, *options);
        }
        if (words.size() < 2)
            return usage(u"There is no such command."_s);
        const Database database(place);
        const auto status = runCommand(database, words,
                                       {.number = parser.isSet(u"number"_s),
                                        .bindByAddress = parser.isSet(u"bind-by-address"_s)});
        return status ? *status : usage(u"There is no such command."_s);
    } catch (const StorageFailure &failure) {
        std::fprintf(stderr, "hufu-authserver: the database failed: %s\n", failure.what());
        return 1;
    }
}
