#include "core/vault/kwallet_service.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingReply>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

constexpr int timeLimit = 5000; // ms

QDBusMessage walletCall(const QString &method)
{
    return QDBusMessage::createMethodCall(u"org.kde.kwalletd5"_s, u"/modules/kwalletd5"_s,
                                          u"org.kde.KWallet"_s, method);
}

template <typename Reply, typename Take>
void call(const QDBusMessage &message, QObject *context, const Answer<bool> &answer, Take take)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return answerLater<bool>(context, answer, failure(Errc::KeychainMissing, u"no bus"_s));
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message, timeLimit), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [answer, take](QDBusPendingCallWatcher *finished) {
                         finished->deleteLater();
                         const QDBusPendingReply<Reply> reply = *finished;
                         if (reply.isError())
                             answer(failure(Errc::KeychainFailed, reply.error().name()));
                         else
                             take(reply.value());
                     });
}

} // namespace

void askWhetherKWalletIsOpen(QObject *context, Answer<bool> answer)
{
    call<QString>(walletCall(u"networkWallet"_s), context, answer,
                  [context, answer](const QString &wallet) {
                      QDBusMessage message = walletCall(u"isOpen"_s);
                      message << wallet;
                      call<bool>(message, context, answer, [answer](bool open) { answer(open); });
                  });
}

} // namespace hufu
