#include "core/vault/secret_service.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPointer>
#include <QTimer>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

constexpr auto timeLimit = 5s;
constexpr auto promptLimit = 120s;

const QString service = u"org.freedesktop.secrets"_s;
const QString servicePath = u"/org/freedesktop/secrets"_s;
const QString serviceInterface = u"org.freedesktop.Secret.Service"_s;
const QString collectionInterface = u"org.freedesktop.Secret.Collection"_s;
const QString itemInterface = u"org.freedesktop.Secret.Item"_s;
const QString promptInterface = u"org.freedesktop.Secret.Prompt"_s;
const QString noPath = u"/"_s;

Error toError(const QDBusError &error)
{
    switch (error.type()) {
    case QDBusError::ServiceUnknown:
    case QDBusError::Disconnected:
    case QDBusError::NoServer:
        return {Errc::KeychainMissing, error.name()};
    case QDBusError::NoReply:
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return {Errc::KeychainStalled, error.name()};
    default:
        if (error.name().startsWith("org.freedesktop.DBus.Error.Spawn."_L1))
            return {Errc::KeychainMissing, error.name()};
        return {Errc::KeychainFailed, error.name()};
    }
}

/// Calls and hands the reply to `take`, in the context's thread and while it lives.
template <typename T, typename... Reply, typename Take>
void call(const QDBusMessage &message, QObject *context, const Answer<T> &answer, Take take)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return answerLater<T>(context, answer, failure(Errc::KeychainMissing, u"no bus"_s));
    const QDBusPendingCall pending =
        bus.asyncCall(message, static_cast<int>(std::chrono::milliseconds(timeLimit).count()));
    auto *watcher = new QDBusPendingCallWatcher(pending, context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [answer, take](QDBusPendingCallWatcher *finished) {
                         finished->deleteLater();
                         const QDBusPendingReply<Reply...> reply = *finished;
                         if (reply.isError())
                             answer(tl::unexpected(toError(reply.error())));
                         else
                             take(reply);
                     });
}

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
        call<void>(message, this, refused, [](const QDBusPendingReply<> &) {});
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

/// Reads the keys of items, one after the other.
void readKeys(const QStringList &items, const QString &prefix, const QStringList &found,
              QObject *context, const Answer<QStringList> &answer)
{
    if (items.isEmpty())
        return answer(found);
    call<QStringList, QDBusVariant>(
        propertyCall(items.first(), itemInterface, u"Attributes"_s), context, answer,
        [=](const QDBusPendingReply<QDBusVariant> &reply) {
            const auto attributes = qdbus_cast<Attributes>(reply.value().variant());
            const QString key = attributes.value(u"user"_s);
            QStringList more = found;
            if (key.startsWith(prefix) && !more.contains(key))
                more.append(key);
            readKeys(items.mid(1), prefix, more, context, answer);
        });
}

} // namespace

SecretService::SecretService(QObject *parent)
    : QObject(parent)
{
}

void SecretService::find(const QString &key, QObject *context, Answer<Presence> answer)
{
    const QDBusMessage message = searchItems({{u"server"_s, u"Hufu"_s}, {u"user"_s, key}});
    call<Presence, Paths, Paths>(message, context, answer,
                                 [answer](const QDBusPendingReply<Paths, Paths> &reply) {
                                     answer(!reply.argumentAt<0>().isEmpty()   ? Presence::Unlocked
                                            : !reply.argumentAt<1>().isEmpty() ? Presence::Locked
                                                                               : Presence::Absent);
                                 });
}

void SecretService::list(const QString &prefix, QObject *context, Answer<QStringList> answer)
{
    call<QStringList, Paths, Paths>(
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
        call<bool, QDBusVariant>(propertyCall(*collection, collectionInterface, u"Locked"_s),
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
        call<void, Paths, QDBusObjectPath>(
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
    call<QString, QDBusObjectPath>(
        message, context, answer, [answer](const QDBusPendingReply<QDBusObjectPath> &reply) {
            const QString path = reply.value().path();
            answer(path == noPath
                       ? Result<QString>(failure(Errc::KeychainFailed, u"no default collection"_s))
                       : Result<QString>(path));
        });
}

} // namespace hufu

#include "secret_service.moc"
