#pragma once

#include "core/base/answer.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingReply>

#include <chrono>

namespace hufu {

/// How long a key store may take to answer over D-Bus, unless it asks the person first.
constexpr std::chrono::milliseconds busTimeLimit = std::chrono::seconds(5);

/// KeychainMissing where nobody offers the service, KeychainStalled where it does not answer in
/// time, KeychainDenied, KeychainFailed; the detail is the bus' own name of the error.
[[nodiscard]] Error toKeychainError(const QDBusError &error);

/// Whether somebody offers `name` on the session bus now; starts nobody. No bus: nobody.
void askWhetherOnBus(const QString &name, QObject *context, Answer<bool> answer);

/// Calls and hands the reply to `take`, in the context's thread and while it lives; a failure goes
/// to `answer`. GUI thread.
template <typename T, typename... Reply, typename Take>
void callBus(const QDBusMessage &message, QObject *context, const Answer<T> &answer, Take take,
             std::chrono::milliseconds limit = busTimeLimit)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return answerLater<T>(context, answer,
                              failure(Errc::KeychainMissing, QStringLiteral("no bus")));
    const QDBusPendingCall pending = bus.asyncCall(message, static_cast<int>(limit.count()));
    auto *watcher = new QDBusPendingCallWatcher(pending, context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [answer, take](QDBusPendingCallWatcher *finished) {
                         finished->deleteLater();
                         const QDBusPendingReply<Reply...> reply = *finished;
                         if (reply.isError())
                             answer(tl::unexpected(toKeychainError(reply.error())));
                         else
                             take(reply);
                     });
}

} // namespace hufu
