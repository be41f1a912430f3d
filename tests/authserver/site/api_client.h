#pragma once

#include "api.h"

namespace hufu::authserver {

/// A login as the site's backend sees it.
struct LoginCode
{
    QByteArray eventId; ///< stays in the backend (protocol.md S10)
    QString pictureUrl; ///< for the browser
};

struct LoginStanding
{
    int status = 0; ///< of protocol.md B3.6; 0 if the answer was not authentic
    QByteArray uid;
    QString number; ///< to show beside the waiting page; empty for none
};

struct BindingPicture
{
    int status = 0; ///< 200 with a picture, else the codetype
    QByteArray png;
};

/// The authentication server as the site's backend uses it: the calls of token-api.txt, signed as
/// written there. It runs in the same program, but knows nothing of it that another site would not
/// know. Main thread.
class ApiClient
{
public:
    ApiClient(Api &api, Application application)
        : m_api(api)
        , m_application(std::move(application))
    {
    }

    [[nodiscard]] const QString &applicationName() const { return m_application.name; }
    /// The uid of a user name: opaque, the same each time, and not to be guessed without auth_id.
    [[nodiscard]] QByteArray uidOf(const QString &user) const;

    /// Nothing if the server refuses.
    [[nodiscard]] std::optional<LoginCode> newLogin();
    [[nodiscard]] LoginStanding standing(const QByteArray &eventId);
    /// The codetype of `/v1/traditional`.
    [[nodiscard]] int checkCode(const QByteArray &uid, const QByteArray &code);
    /// `code` is empty for a first binding.
    [[nodiscard]] BindingPicture binding(const QByteArray &uid, const QString &account,
                                         const QByteArray &code);

private:
    HttpAnswer call(const QByteArray &path, Parameters query);

    Api &m_api;
    Application m_application;
};

} // namespace hufu::authserver
