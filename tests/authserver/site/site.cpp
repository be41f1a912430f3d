#include "site/site.h"

#include "site/own_server.h"
#include "site/visit.h"
#include "strict_json.h"

#include <algorithm>

namespace hufu::authserver {

using namespace Qt::StringLiterals;

namespace {

constexpr int loginsRemembered = 4; // tabs of one browser that wait at the same time

/// What the login page's script gets: state, words, and the number if there is one.
QJsonObject loginReport(const QString &state, const QString &words, const QString &number = {})
{
    QJsonObject report{{u"state"_s, state}, {u"text"_s, words}};
    if (!number.isEmpty())
        report.insert(u"number"_s, number);
    return report;
}

} // namespace

struct Site::Route
{
    QByteArray method;
    QByteArray path;
    void (Site::*show)(Visit &);
};

const std::vector<Site::Route> &Site::routes()
{
    static const std::vector<Route> all{
        {"GET", "/", &Site::loginPage},
        {"GET", "/login/state", &Site::loginState},
        {"POST", "/signout", &Site::signOut},
        {"GET", "/bind", &Site::bindPage},
        {"POST", "/bind", &Site::startBinding},
        {"POST", "/bind/replace", &Site::replaceToken},
        {"GET", "/bind/qr.png", &Site::bindPicture},
        {"POST", "/bind/confirm", &Site::confirmBinding},
        {"GET", "/password", &Site::passwordPage},
        {"POST", "/password", &Site::passwordLogin},
    };
    return all;
}

Site::Site(const Database &database, const Clock &clock, Api &api, const SiteSettings &settings)
    : Site(database, clock, api, *api.context().applications.find(settings.appId), settings.origin)
{
}

Site::Site(const Database &database, const Clock &clock, Api &api, const Application &application,
           const QByteArray &origin)
    : m_users(database)
    , m_sessions(clock)
    , m_name(application.name)
    , m_api(application.appId, application.appKey, application.authId,
            {.api = QString::fromUtf8(origin) + u"/v1"_s, .fetch = ownServer(api)})
    , m_origin(origin)
    , m_wrongPasswords(clock, 10, std::chrono::minutes(5))
{
}

HttpAnswer Site::handle(const HttpRequest &request)
{
    if (auto file = fixedFile(request))
        return *file;
    const auto samePath = [&](const Route &route) { return route.path == request.path; };
    const auto fits = [&](const Route &route) {
        return samePath(route) && route.method == request.method;
    };
    const auto route = std::ranges::find_if(routes(), fits);
    if (route == routes().end()) {
        const auto other = std::ranges::find_if(routes(), samePath);
        return other == routes().end() ? plainAnswer(404, "There is nothing at this address.")
                                       : wrongMethod(other->method);
    }
    Visit visit{.request = request, .form = {}, .sessionId = {}, .answer = {}};
    if (request.method == "POST") {
        if (auto refusal = readForm(visit, m_origin))
            return *refusal;
    }
    try {
        visit.sessionId = sessionCookie(request);
        visit.session = m_sessions.find(visit.sessionId);
        if (visit.session == nullptr) {
            visit.sessionId = m_sessions.create();
            visit.session = m_sessions.find(visit.sessionId);
            visit.cookieChanged = true;
        }
        (this->*route->show)(visit);
    } catch (const StorageFailure &failure) {
        qWarning("The database failed: %s", failure.what());
        return plainAnswer(500, "The site has a problem. Try again later.");
    } catch (const duoyinsu::Failure &failure) {
        qWarning("A call to the API failed: %s", failure.what());
        return plainAnswer(500, "The site has a problem. Try again later.");
    }
    return finished(std::move(visit));
}

void Site::show(Visit &visit, const QString &content, PageValues values) const
{
    values.insert(u"site"_s, m_name);
    visit.answer.contentType = "text/html; charset=utf-8";
    visit.answer.body = page(content, values);
}

void Site::loginPage(Visit &visit)
{
    Session &session = *visit.session;
    if (!session.user.isEmpty())
        return show(visit, u"login"_s,
                    {{u"state"_s, u"signed-in"_s},
                     {u"text"_s, u"Signed in as "_s + session.user},
                     {u"user"_s, session.user}});
    const duoyinsu::Login login = m_api.qrcodeForAuth();
    if (login.status != 200)
        return show(visit, u"login"_s,
                    {{u"state"_s, u"failed"_s},
                     {u"text"_s, u"There is no login code right now. Try again."_s}});
    const int number = ++session.lastLogin;
    session.logins.emplace(number, login.eventId);
    if (session.logins.size() > loginsRemembered)
        session.logins.erase(session.logins.begin());
    show(visit, u"login"_s,
         {{u"state"_s, u"waiting"_s},
          {u"text"_s, u"Waiting for the scan."_s},
          {u"qr"_s, login.qrcodeUrl},
          {u"login"_s, QString::number(number)}});
}

void Site::loginState(Visit &visit)
{
    Session &session = *visit.session;
    visit.answer.contentType = "application/json";
    const auto login = session.logins.find(visit.request.query.value("login").toInt());
    QJsonObject report = loginReport(u"failed"_s, u"This login did not work. Try again."_s);
    if (!session.user.isEmpty()) {
        report = loginReport(u"signed-in"_s, u"Signed in as "_s + session.user);
    } else if (login != session.logins.end()) {
        const duoyinsu::EventResult standing = m_api.eventResult(login->second);
        if (standing.status == 602) {
            report = loginReport(u"waiting"_s, u"Waiting for the scan."_s);
        } else if (standing.status == 201) {
            report = loginReport(u"scanned"_s, u"Scanned. Now confirm the login on your PC."_s,
                                 standing.number);
        } else if (standing.status == 606) {
            report = loginReport(u"denied"_s, u"You denied this login on your PC."_s);
        } else if (standing.status == 603 || standing.status == 604) {
            report = loginReport(u"expired"_s, u"This code has expired."_s);
        } else if (standing.status == 200) {
            if (const QString user = userOf(standing.uid); !user.isEmpty()) {
                signIn(visit, user);
                report = loginReport(u"signed-in"_s, u"Signed in as "_s + user);
            }
        }
    }
    visit.answer.body = jsonText(report);
}

void Site::signIn(Visit &visit, const QString &user)
{
    visit.sessionId = m_sessions.rename(visit.sessionId);
    visit.session = m_sessions.find(visit.sessionId);
    visit.cookieChanged = true;
    *visit.session = Session{.user = user, .used = visit.session->used};
}

void Site::signOut(Visit &visit)
{
    m_sessions.remove(visit.sessionId);
    visit.sessionId = m_sessions.create();
    visit.cookieChanged = true;
    redirect(visit, "/");
}

QString Site::userOf(const QByteArray &uid) const
{
    const std::vector<QString> names = m_users.names();
    const auto found =
        std::ranges::find_if(names, [&](const QString &name) { return m_api.getUid(name) == uid; });
    return found == names.end() ? QString() : *found;
}

QString Site::passwordProblem(const QString &user, const QByteArray &password)
{
    const QByteArray name = user.toUtf8();
    if (m_wrongPasswords.wait(name).count() > 0)
        return u"Too many tries. Wait five minutes, then try again."_s;
    if (m_users.isPasswordOf(user, password)) {
        m_wrongPasswords.forget(name);
        return {};
    }
    m_wrongPasswords.count(name);
    return u"User name or password is wrong."_s;
}

void Site::passwordPage(Visit &visit)
{
    const QString user = visit.session->user;
    if (!user.isEmpty())
        return show(visit, u"password"_s,
                    {{u"state"_s, u"signed-in"_s},
                     {u"text"_s, u"Signed in as "_s + user},
                     {u"user"_s, user}});
    show(visit, u"password"_s, {{u"state"_s, u"form"_s}});
}

void Site::passwordLogin(Visit &visit)
{
    const QString user = QString::fromUtf8(visit.form.value("user")).trimmed();
    const auto refuse = [&](const QString &problem) {
        show(visit, u"password"_s,
             {{u"state"_s, u"form"_s}, {u"problem"_s, problem}, {u"typed"_s, user}});
    };
    QString problem = passwordProblem(user, visit.form.value("password"));
    int status = 0;
    if (problem.isEmpty())
        status = m_api.traditional(m_api.getUid(user), codeOf(visit.form)).codetype;
    if (status == 200) {
        signIn(visit, user);
        return passwordPage(visit);
    }
    if (status == 604)
        return refuse(u"This user has no token yet. Bind one first."_s);
    if (status == 407)
        return refuse(u"Too many wrong codes. Wait five minutes, then try again."_s);
    if (status != 0 || !problem.startsWith(u"Too many"))
        problem = u"User name, password or code is wrong. A code works once: if in doubt, wait for "
                  "the next one."_s;
    refuse(problem);
}

} // namespace hufu::authserver
