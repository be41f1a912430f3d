#include "core/vault/secret_service.h"

#include "core/vault/bus_call.h"

#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QTimer>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

constexpr auto promptLimit = 120s;

const QString service = u"org.freedesktop.secrets"_s;
const QString servicePath = u"/org/freedesktop/secrets"_s;
const QString serviceInterface = u"org.freedesktop.Secret.Service"_s;
const QString collectionInterface = u"org.freedesktop.Secret.Collection"_s;
const QString itemInterface = u"org.freedesktop.Secret.Item"_s;
const QString promptInterface = u"org.freedesktop.Secret.Prompt"_s;
const QString noPath = u"/"_s;

QDBusMessage serviceCall(const QString &method)
{
    return QDBusMessage::createMethodCall(service, servicePath, serviceInterface, method);
}

QDBusMessage searchItems(const Attributes &attributes)
{
    qDBusRegisterMetaType<Attributes>();
    QDBusMessage message = serviceCall(u"SearchItems"_s);
    message << QVariant::fromValue(attributes);
    return message;
}

QDBusMessage propertyCall(const QString &path, const QString &interface, const QString &name)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        service, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message << interface << name;
    return message;
}

/// Waits for the one signal that a prompt ends with. QtDBus connects to named slots only.
class PromptCourse : public QObject
{
    Q_OBJECT

public:
    PromptCourse(QString path, QObject *context, Answer<void> answer)
        : QObject(context)
        , m_path(std::move(path))
        , m_answer(std::move(answer))
    {
        QDBusConnection::sessionBus().connect(service, m_path, promptInterface, u"Completed"_s,
                                              this, SLOT(completed(bool)));
        QTimer::singleShot(promptLimit, this, [this] { finish(failure(Errc::KeychainStalled)); });
        QDBusMessage message =
            QDBusMessage::createMethodCall(service, m_path, promptInterface, u"Prompt"_s);
        message << QString();
        const Answer<void> refused = [this](Result<void> result) { finish(std::move(result)); };
        callBus<void>(message, this, refused, [](const QDBusPendingReply<> &) {});
    }

private slots:
    void completed(bool dismissed)
    {
        finish(dismissed ? Result<void>(failure(Errc::KeychainLocked)) : Result<void>());
    }

private:
    void finish(Result<void> result)
    {
        if (const Answer<void> answer = std::exchange(m_answer, nullptr))
            answer(std::move(result));
        deleteLater();
    }

    QString m_path;
    Answer<void> m_answer;
};

/// Of `/org/freedesktop/secrets/collection/login/12`: `login`.
QString collectionOf(const QString &itemPath)
{
    return itemPath.section(u'/', 5, 5);
}

/// Reads the keys of items, one after the other.
void readKeys(const QStringList &paths, const QString &prefix,
              const std::vector<SecretService::Item> &found, QObject *context,
              const Answer<std::vector<SecretService::Item>> &answer)
{
    if (paths.isEmpty())
        return answer(found);
    const QString &path = paths.first();
    callBus<std::vector<SecretService::Item>, QDBusVariant>(
        propertyCall(path, itemInterface, u"Attributes"_s), context, answer,
        [=](const QDBusPendingReply<QDBusVariant> &reply) {
            const auto attributes = qdbus_cast<Attributes>(reply.value().variant());
            const QString key = attributes.value(u"user"_s);
            std::vector<SecretService::Item> more = found;
            if (key.startsWith(prefix))
                more.push_back({key, collectionOf(path)});
            readKeys(paths.mid(1), prefix, more, context, answer);
        });
}

} // namespace

QString SecretService::busName()
{
    return service;
}

SecretService::SecretService(QObject *parent)
    : QObject(parent)
{
}

void SecretService::find(const QString &key, QObject *context, Answer<Presence> answer)
{
    const QDBusMessage message = searchItems({{u"server"_s, u"Hufu"_s}, {u"user"_s, key}});
    callBus<Presence, Paths, Paths>(
        message, context, answer, [answer](const QDBusPendingReply<Paths, Paths> &reply) {
            answer(!reply.argumentAt<0>().isEmpty()   ? Presence::Unlocked
                   : !reply.argumentAt<1>().isEmpty() ? Presence::Locked
                                                      : Presence::Absent);
        });
}

void SecretService::locate(const QString &key, QObject *context, Answer<QString> answer)
{
    // The attributes of QtKeychain's text; under one key it keeps binary data as another item.
    const QDBusMessage message =
        searchItems({{u"server"_s, u"Hufu"_s}, {u"user"_s, key}, {u"type"_s, u"plaintext"_s}});
    callBus<QString, Paths, Paths>(
        message, context, answer, [answer](const QDBusPendingReply<Paths, Paths> &reply) {
            const Paths unlocked = reply.argumentAt<0>();
            answer(unlocked.isEmpty() ? QString() : unlocked.first().path());
        });
}

void SecretService::list(const QString &prefix, QObject *context, Answer<std::vector<Item>> answer)
{
    callBus<std::vector<Item>, Paths, Paths>(
        searchItems({{u"server"_s, u"Hufu"_s}}), context, answer,
        [prefix, context, answer](const QDBusPendingReply<Paths, Paths> &reply) {
            QStringList items;
            for (const QDBusObjectPath &path : reply.argumentAt<0>() + reply.argumentAt<1>())
                items.append(path.path());
            readKeys(items, prefix, {}, context, answer);
        });
}

void SecretService::isDefaultLocked(QObject *context, Answer<bool> answer)
{
    const Answer<QString> next = [context, answer](const Result<QString> &collection) {
        if (!collection)
            return answer(tl::unexpected(collection.error()));
        callBus<bool, QDBusVariant>(propertyCall(*collection, collectionInterface, u"Locked"_s),
                                    context, answer,
                                    [answer](const QDBusPendingReply<QDBusVariant> &reply) {
                                        answer(reply.value().variant().toBool());
                                    });
    };
    defaultCollection(context, next);
}

void SecretService::unlock(QObject *context, Answer<void> answer)
{
    const Answer<QString> next = [context, answer](const Result<QString> &collection) {
        if (!collection)
            return answer(tl::unexpected(collection.error()));
        QDBusMessage message = serviceCall(u"Unlock"_s);
        message << QVariant::fromValue(Paths{QDBusObjectPath(*collection)});
        callBus<void, Paths, QDBusObjectPath>(
            message, context, answer,
            [context, answer](const QDBusPendingReply<Paths, QDBusObjectPath> &reply) {
                const QString prompt = reply.argumentAt<1>().path();
                if (prompt == noPath)
                    return answer({});
                new PromptCourse(prompt, context, answer); // ends itself
            });
    };
    defaultCollection(context, next);
}

void SecretService::defaultCollection(QObject *context, Answer<QString> answer)
{
    QDBusMessage message = serviceCall(u"ReadAlias"_s);
    message << u"default"_s;
    callBus<QString, QDBusObjectPath>(
        message, context, answer, [answer](const QDBusPendingReply<QDBusObjectPath> &reply) {
            const QString path = reply.value().path();
            answer(path == noPath
                       ? Result<QString>(failure(Errc::KeychainFailed, u"no default collection"_s))
                       : Result<QString>(path));
        });
}

} // namespace hufu

#include "secret_service.moc"
