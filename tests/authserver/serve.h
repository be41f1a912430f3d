#pragma once

#include "database.h"
#include "forwarded.h"

#include <QHostAddress>
#include <QUrl>

namespace hufu::authserver {

struct ServeOptions
{
    QString certificateFile;
    QString keyFile;
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 0;
    QString publicUrl;    ///< origin as browsers and tokens see it; empty: `https://localhost:PORT`
    QByteArray siteAppId; ///< application of the sample site; empty: no site
    QString clockOffsetFile;
    Forwarded forwarded; ///< whose word on a client's address counts
    unsigned int connections = 1024;
    unsigned int connectionsPerAddress = 256;
};

/// Serves until SIGTERM or SIGINT. Prints `listening URL` once it accepts connections.
/// Returns the program's exit status; 1 with a sentence on standard error if it cannot serve.
[[nodiscard]] int serve(const Database &database, const ServeOptions &options);

} // namespace hufu::authserver
