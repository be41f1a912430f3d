#include "commands.h"

#include "application_store.h"
#include "core/base/clock.h"
#include "event_store.h"
#include "seed_signature.h"
#include "site/site_user_store.h"
#include "user_store.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

constexpr int numberDigits = 2;
constexpr qsizetype longestName = 64;
constexpr qsizetype longestPassword = 128; // as the site's forms have it

int print(const QJsonValue &value)
{
    const QJsonDocument document =
        value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    std::puts(document.toJson(QJsonDocument::Compact).constData());
    return 0;
}

int complain(const char *sentence)
{
    std::fprintf(stderr, "hufu-authserver: %s\n", sentence);
    return 1;
}

bool isName(const QString &name)
{
    return !name.trimmed().isEmpty() && name.size() <= longestName && isPlain(name.toUtf8());
}

int createApplication(const Database &database, const QString &name, ApplicationOptions options)
{
    if (!isName(name))
        return complain("The name must have 1 to 64 characters and no control characters.");
    const Application made = ApplicationStore(database).create(
        name, options.number ? numberDigits : 0, options.bindByAddress);
    return print(QJsonObject{{u"app_id"_s, QString::fromLatin1(made.appId)},
                             {u"app_key"_s, QString::fromLatin1(made.appKey)},
                             {u"auth_id"_s, QString::fromLatin1(made.authId)},
                             {u"name"_s, made.name}});
}

int listApplications(const Database &database)
{
    QJsonArray applications;
    for (const Application &application : ApplicationStore(database).all()) {
        applications.append(QJsonObject{{u"app_id"_s, QString::fromLatin1(application.appId)},
                                        {u"name"_s, application.name},
                                        {u"number_digits"_s, application.numberDigits}});
    }
    return print(applications);
}

int listUsers(const Database &database, const QByteArray &appId)
{
    if (!ApplicationStore(database).find(appId))
        return complain("There is no application with this id.");
    const SystemClock clock;
    QJsonArray users;
    for (const User &user : UserStore(database, clock).all(appId)) {
        const auto created = std::chrono::floor<std::chrono::seconds>(user.created);
        users.append(
            QJsonObject{{u"uid"_s, QString::fromUtf8(user.uid)},
                        {u"bound"_s, user.bound},
                        {u"created"_s, static_cast<qint64>(created.time_since_epoch().count())}});
    }
    return print(users);
}

int listReports(const Database &database, const QByteArray &appId)
{
    if (!ApplicationStore(database).find(appId))
        return complain("There is no application with this id.");
    const SystemClock clock;
    QJsonArray reports;
    for (const Report &report : EventStore(database, clock).reports(appId)) {
        const auto made = std::chrono::floor<std::chrono::seconds>(report.made);
        reports.append(
            QJsonObject{{u"uid"_s, QString::fromUtf8(report.uid)},
                        {u"made"_s, static_cast<qint64>(made.time_since_epoch().count())},
                        {u"browser_address"_s, report.browserAddress},
                        {u"token_address"_s, report.tokenAddress}});
    }
    return print(reports);
}

int addSiteUser(const Database &database, const QString &typed)
{
    const QString name = typed.trimmed(); // as the site takes it
    if (!isName(name))
        return complain("The name must have 1 to 64 characters and no control characters.");
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return complain("Standard input cannot be read.");
    QByteArray password = input.readLine(1024);
    while (password.endsWith('\n') || password.endsWith('\r'))
        password.chop(1);
    if (QString::fromUtf8(password).size() > longestPassword)
        return complain("The password must have at most 128 characters.");
    if (password.isEmpty())
        return complain("Give the password on standard input.");
    SiteUserStore(database).put(name, password);
    return print(QJsonObject{{u"user"_s, name}});
}

} // namespace

std::optional<int> runCommand(const Database &database, const QStringList &words,
                              ApplicationOptions options)
{
    const QString command = words.mid(0, 2).join(u' ');
    if (command == u"app create" && words.size() == 3)
        return createApplication(database, words.at(2), options);
    if (command == u"app list" && words.size() == 2)
        return listApplications(database);
    if (command == u"user list" && words.size() == 3)
        return listUsers(database, words.at(2).toUtf8());
    if (command == u"report list" && words.size() == 3)
        return listReports(database, words.at(2).toUtf8());
    if (command == u"site user" && words.size() == 3)
        return addSiteUser(database, words.at(2));
    return {};
}

} // namespace hufu::authserver
