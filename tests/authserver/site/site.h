#pragma once

#include "api.h"
#include "duoyinsu.h"
#include "site/page.h"
#include "site/session_store.h"
#include "site/site_user_store.h"

namespace hufu::authserver {

struct Visit;

struct SiteSettings
{
    QByteArray appId;  ///< of an application that exists
    QByteArray origin; ///< `https://HOST[:PORT]`, where its pages and the API are
};

/// The sample business site: a login page with the login QR code, a page that binds a token, and
/// one for user name, static password and dynamic code. Pages work without scripts except for the
/// waiting on the login page. Main thread.
class Site
{
public:
    Site(const Database &database, const Clock &clock, Api &api, const SiteSettings &settings);

    [[nodiscard]] HttpAnswer handle(const HttpRequest &request);

private:
    Site(const Database &database, const Clock &clock, Api &api, const Application &application,
         const QByteArray &origin);

    struct Route;
    static const std::vector<Route> &routes();

    void loginPage(Visit &visit);
    void loginState(Visit &visit);
    void signOut(Visit &visit);
    void bindPage(Visit &visit);
    void startBinding(Visit &visit);
    void replaceToken(Visit &visit);
    void bindPicture(Visit &visit);
    void confirmBinding(Visit &visit);
    void passwordPage(Visit &visit);
    void passwordLogin(Visit &visit);

    void fetchBinding(Visit &visit, const QByteArray &currentCode);
    void showBinding(Visit &visit, const QString &state, const QString &problem) const;
    void signIn(Visit &visit, const QString &user);
    [[nodiscard]] QString passwordProblem(const QString &user, const QByteArray &password);
    [[nodiscard]] QString userOf(const QByteArray &uid) const;
    void show(Visit &visit, const QString &content, PageValues values) const;

    SiteUserStore m_users;
    SessionStore m_sessions;
    QString m_name;
    duoyinsu::Client m_api; ///< all that it knows of the authentication server
    QByteArray m_origin;
    AttemptLimit m_wrongPasswords;
};

} // namespace hufu::authserver
