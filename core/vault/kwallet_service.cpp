#include "core/vault/kwallet_service.h"

#include "core/vault/bus_call.h"

namespace hufu::kwallet {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto promptLimit = 120s;

const QString service = u"org.kde.kwalletd5"_s;
const QString folder = u"Hufu"_s; // of the wallet, and our name: as QtKeychain calls both

QDBusMessage walletCall(const QString &method)
{
    return QDBusMessage::createMethodCall(service, u"/modules/kwalletd5"_s, u"org.kde.KWallet"_s,
                                          method);
}

/// The handle of the wallet. A closed one makes KWallet ask the person, so that has its own limit.
void openWallet(std::chrono::milliseconds limit, QObject *context, const Answer<int> &answer)
{
    callBus<int, QString>(
        walletCall(u"networkWallet"_s), context, answer,
        [limit, context, answer](const QDBusPendingReply<QString> &wallet) {
            QDBusMessage message = walletCall(u"open"_s);
            message << wallet.value() << qlonglong(0) << folder;
            callBus<int, int>(
                message, context, answer,
                [answer](const QDBusPendingReply<int> &handle) {
                    if (handle.value() < 0)
                        answer(failure(Errc::KeychainLocked, u"the wallet stays closed"_s));
                    else
                        answer(handle.value());
                },
                limit);
        });
}

/// The handle of a wallet that is open already; asks the person nothing.
void useOpenWallet(QObject *context, const Answer<int> &answer)
{
    askWhetherOpen(context, [context, answer](const Result<bool> &open) {
        if (!open)
            return answer(tl::unexpected(open.error()));
        if (!*open)
            return answer(failure(Errc::KeychainLocked));
        openWallet(busTimeLimit, context, answer);
    });
}

} // namespace

QString busName()
{
    return service;
}

void askWhetherOpen(QObject *context, Answer<bool> answer)
{
    callBus<bool, QString>(walletCall(u"networkWallet"_s), context, answer,
                           [context, answer](const QDBusPendingReply<QString> &wallet) {
                               QDBusMessage message = walletCall(u"isOpen"_s);
                               message << wallet.value();
                               callBus<bool, bool>(message, context, answer,
                                                   [answer](const QDBusPendingReply<bool> &open) {
                                                       answer(open.value());
                                                   });
                           });
}

void find(const QString &key, QObject *context, Answer<bool> answer)
{
    useOpenWallet(context, [key, context, answer](const Result<int> &handle) {
        if (!handle)
            return answer(tl::unexpected(handle.error()));
        QDBusMessage message = walletCall(u"hasEntry"_s);
        message << *handle << folder << key << folder;
        callBus<bool, bool>(message, context, answer,
                            [answer](const QDBusPendingReply<bool> &has) { answer(has.value()); });
    });
}

void list(const QString &prefix, QObject *context, Answer<QStringList> answer)
{
    useOpenWallet(context, [prefix, context, answer](const Result<int> &handle) {
        if (!handle)
            return answer(tl::unexpected(handle.error()));
        QDBusMessage message = walletCall(u"entryList"_s);
        message << *handle << folder << folder;
        callBus<QStringList, QStringList>(
            message, context, answer, [prefix, answer](const QDBusPendingReply<QStringList> &all) {
                QStringList ours;
                for (const QString &key : all.value()) {
                    if (key.startsWith(prefix))
                        ours.append(key);
                }
                answer(ours);
            });
    });
}

void unlock(QObject *context, Answer<void> answer)
{
    openWallet(promptLimit, context, [answer](const Result<int> &handle) {
        answer(handle ? Result<void>() : tl::unexpected(handle.error()));
    });
}

} // namespace hufu::kwallet
