#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QJsonObject>
#include <QString>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

/// The authentication server's calls for a site's backend, as C++20 with Qt 6 (Core, Network).
/// Names and arguments are those of the API document's samples.
namespace duoyinsu {

/// No authentic answer came: network, TLS, time-out, or an answer that is none of this API. The
/// user is not logged in. Its words hold neither keys nor signatures.
class Failure : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

struct CodeAnswer
{
    int codetype = 0; ///< 200: the code is right
    QString msg;
};

/// A login that has begun; the members are there if `status` is 200.
struct Login
{
    int status = 0;
    QByteArray eventId; ///< stays in the backend
    QString qrcodeUrl;  ///< the picture, for the browser; empty for a push
    QString qrcodeData; ///< what the picture says
};

struct EventResult
{
    int status = 0; ///< 200: confirmed by `uid`; 602 and 201: ask again in a second
    QByteArray uid; ///< empty unless the status is 200, and then the server has signed it
    QString number; ///< to show beside the waiting page; empty for none
};

struct Picture
{
    int codetype = 0; ///< 200 with a picture
    QByteArray png;
};

/// The body of a GET of this address, if its HTTP status was 200. Throws Failure.
using Fetch = std::function<QByteArray(const QByteArray &url)>;

struct Options
{
    QString api;    ///< base URL; empty: the environment's DUOYINSU_API, else the vendor's
    QString caFile; ///< PEM, authorities to trust beside the system's; empty: DUOYINSU_CA_FILE
    std::chrono::milliseconds timeout{15000}; ///< for a whole call
    Fetch fetch; ///< empty: HTTPS, always verified, without redirects, at most 64 KiB
};

/// One application's view of the server. The calls block, print nothing and throw Failure; any
/// thread, one at a time. A status that is not 200 is an answer and no Failure.
class Client
{
public:
    /// Throws Failure for an address that is not https and for a file that has no certificates.
    Client(QByteArray appId, QByteArray appKey, QByteArray authId, const Options &options = {});

    /// The uid of a user name: 64 hexadecimal digits, always the same, not to be guessed without
    /// authId.
    [[nodiscard]] QByteArray getUid(const QString &seed) const;
    /// The signed address of the picture that binds a token; show it to that user only. Asks
    /// nobody. A user who has a token needs its `code`; `account` stands on the label instead of
    /// the uid.
    [[nodiscard]] QByteArray getQrcode(const QByteArray &uid, const QByteArray &code = {},
                                       const QString &account = {}) const;
    /// That picture.
    [[nodiscard]] Picture qrcode(const QByteArray &uid, const QByteArray &code = {},
                                 const QString &account = {}) const;
    [[nodiscard]] CodeAnswer traditional(const QByteArray &uid, const QByteArray &code) const;
    [[nodiscard]] Login qrcodeForAuth() const;
    /// Asks the user's token directly.
    [[nodiscard]] Login pushForAuth(const QByteArray &uid) const;
    [[nodiscard]] EventResult eventResult(const QByteArray &eventId) const;

private:
    using Query = std::vector<std::pair<QByteArray, QByteArray>>;

    [[nodiscard]] QByteArray sign(const QByteArrayList &parts) const;
    [[nodiscard]] QByteArray address(const QByteArray &path, const Query &query) const;
    [[nodiscard]] Login begin(const QByteArray &path, const Query &query) const;

    QByteArray m_appId;
    QByteArray m_appKey;
    QByteArray m_authId;
    QByteArray m_api;
    Fetch m_fetch;
};

} // namespace duoyinsu
