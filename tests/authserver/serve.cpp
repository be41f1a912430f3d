#include "serve.h"

#include "api.h"
#include "housekeeping.h"
#include "http_server.h"
#include "offset_clock.h"
#include "site/site.h"
#include "termination.h"

#include "core/payload/api_base.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

#include <cstdio>
#include <sys/resource.h>

namespace hufu::authserver {
namespace {

int complain(const QString &sentence)
{
    std::fprintf(stderr, "hufu-authserver: %s\n", qPrintable(sentence));
    return 1;
}

QByteArray readFile(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Each connection needs a descriptor; the usual soft limit is lower than our own.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// `https://HOST[:PORT]` as a base URL is written: lower case, no default port, no trailing slash
/// (protocol.md B0). Empty if it is anything else, or no token would bind to it.
QString normalOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool bare = url.path().isEmpty() || url.path() == u"/";
    if (!url.isValid() || url.scheme() != u"https" || url.host().isEmpty() || !bare ||
        url.hasQuery() || url.hasFragment() || !url.userInfo().isEmpty())
        return {};
    const int port = url.port(443);
    const QString origin = QStringLiteral("https://") + url.host(QUrl::FullyEncoded) +
                           (port == 443 ? QString() : QStringLiteral(":%1").arg(port));
    return isApiBase(origin.toStdString() + "/v1", Loopback::Allowed) ? origin : QString();
}

} // namespace

int serve(const Database &database, const ServeOptions &options)
{
    const QByteArray certificate = readFile(options.certificateFile);
    const QByteArray key = readFile(options.keyFile);
    if (certificate.isEmpty() || key.isEmpty())
        return complain(QStringLiteral("The certificate or its key cannot be read."));
    if (!options.siteAppId.isEmpty() && !ApplicationStore(database).find(options.siteAppId))
        return complain(QStringLiteral("There is no application with the id given for --site."));
    if (!options.publicUrl.isEmpty() && normalOrigin(options.publicUrl).isEmpty())
        return complain(QStringLiteral("--public-url must be https://HOST[:PORT], and HOST a name: "
                                       "tokens bind to no address."));
    raiseDescriptorLimit();

    const OffsetClock clock(options.clockOffsetFile);
    std::optional<Api> api;
    std::optional<Site> site;
    HttpSettings settings{.address = options.address,
                          .port = options.port,
                          .certificate = certificate,
                          .key = key,
                          .limits = {.connections = options.connections,
                                     .connectionsPerAddress = options.connectionsPerAddress}};
    HttpServer server(std::move(settings),
                      [&](const HttpRequest &received, HttpResponder responder) {
                          HttpRequest request = received;
                          request.peer = options.forwarded.clientOf(received);
                          if (site && !request.path.startsWith("/v1/"))
                              responder.answer(site->handle(request));
                          else
                              api->handle(request, std::move(responder));
                      });
    QTimer housekeeping;
    QObject::connect(&housekeeping, &QTimer::timeout, &housekeeping,
                     [&] { forgetOld(database, clock); });
    housekeeping.start(std::chrono::seconds(10));
    Termination termination;
    QObject::connect(&termination, &Termination::asked, &termination, &QCoreApplication::quit);

    const Result<quint16> port = server.start();
    if (!port)
        return complain(port.error().detail);
    const QString origin = options.publicUrl.isEmpty()
                               ? QStringLiteral("https://localhost:%1").arg(*port)
                               : normalOrigin(options.publicUrl);
    // Nothing is answered before the event loop runs, so these are there in time.
    api.emplace(database, clock, origin.toUtf8() + "/v1");
    if (!options.siteAppId.isEmpty())
        site.emplace(database, clock, *api, SiteSettings{options.siteAppId, origin.toUtf8()});
    std::printf("listening %s\n", qPrintable(origin));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace hufu::authserver
