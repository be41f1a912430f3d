#include "core/vault/bus_call.h"

namespace hufu {

using namespace Qt::StringLiterals;

Error toKeychainError(const QDBusError &error)
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
    case QDBusError::AccessDenied:
        return {Errc::KeychainDenied, error.name()};
    default:
        if (error.name().startsWith("org.freedesktop.DBus.Error.Spawn."_L1))
            return {Errc::KeychainMissing, error.name()};
        return {Errc::KeychainFailed, error.name()};
    }
}

void askWhetherOnBus(const QString &name, QObject *context, Answer<bool> answer)
{
    if (!QDBusConnection::sessionBus().isConnected())
        return answerLater<bool>(context, std::move(answer), false);
    QDBusMessage message =
        QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                       u"org.freedesktop.DBus"_s, u"NameHasOwner"_s);
    message << name;
    callBus<bool, bool>(message, context, answer,
                        [answer](const QDBusPendingReply<bool> &reply) { answer(reply.value()); });
}

} // namespace hufu
