#include "core/vault/secret_session.h"

#include "core/base/key_agreement.h"
#include "core/vault/bus_call.h"
#include "core/vault/secret_service.h"

#include <QDBusArgument>
#include <QDBusObjectPath>
#include <QDBusVariant>

#include <memory>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto answerLimit = 120s;

/// What an item says when it is asked for its secret; everything but `type` is sealed or public.
struct Sealed
{
    QDBusObjectPath session;
    QByteArray start;
    QByteArray value;
    QString type;
};

std::optional<Sealed> sealedOf(const QDBusMessage &reply)
{
    if (reply.signature() != "(oayays)"_L1)
        return {};
    const auto argument = reply.arguments().constFirst().value<QDBusArgument>();
    Sealed sealed;
    argument.beginStructure();
    argument >> sealed.session >> sealed.start >> sealed.value >> sealed.type;
    argument.endStructure();
    return sealed;
}

} // namespace

SecretSession::SecretSession(QObject *parent)
    : QObject(parent)
{
}

void SecretSession::read(const QString &path, QObject *context, Answer<QByteArray> answer)
{
    const auto openFirst = [this, path, context, answer] {
        open(context, [this, path, context, answer](const Result<void> &opened) {
            if (opened)
                ask(path, context, answer);
            else
                answer(tl::unexpected(opened.error()));
        });
    };
    if (!m_open)
        return openFirst();
    ask(path, context, [this, openFirst, answer](Result<QByteArray> value) {
        if (value)
            return answer(std::move(value));
        m_open.reset();
        openFirst();
    });
}

void SecretSession::open(QObject *context, const Answer<void> &answer)
{
    Result<KeyAgreement> side = KeyAgreement::begin();
    if (!side)
        return answerLater<void>(context, answer, tl::unexpected(side.error()));
    QDBusMessage message =
        QDBusMessage::createMethodCall(SecretService::busName(), u"/org/freedesktop/secrets"_s,
                                       u"org.freedesktop.Secret.Service"_s, u"OpenSession"_s);
    message << u"dh-ietf1024-sha256-aes128-cbc-pkcs7"_s
            << QVariant::fromValue(QDBusVariant(side->publicKey()));
    const auto ours = std::make_shared<const KeyAgreement>(std::move(*side));
    callBus<void, QDBusVariant, QDBusObjectPath>(
        message, context, answer,
        [this, ours, answer](const QDBusPendingReply<QDBusVariant, QDBusObjectPath> &reply) {
            const QByteArray theirs = reply.argumentAt<0>().variant().toByteArray();
            Result<SecretBytes> key = ours->agree(theirs);
            if (!key)
                return answer(failure(Errc::KeychainFailed, u"no common key"_s));
            m_open.emplace(Open{.path = reply.argumentAt<1>().path(), .key = std::move(*key)});
            answer({});
        },
        answerLimit);
}

void SecretSession::ask(const QString &path, QObject *context, const Answer<QByteArray> &answer)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        SecretService::busName(), path, u"org.freedesktop.Secret.Item"_s, u"GetSecret"_s);
    message << QVariant::fromValue(QDBusObjectPath(m_open->path));
    callBus<QByteArray>(
        message, context, answer,
        [this, answer](const QDBusPendingReply<> &reply) {
            const std::optional<Sealed> sealed = sealedOf(reply.reply());
            const Result<SecretBytes> plain =
                sealed && m_open ? openAes128Cbc(m_open->key, sealed->start, sealed->value)
                                 : failure(Errc::KeychainFailed, u"no secret"_s);
            if (!plain)
                return answer(failure(Errc::KeychainFailed, u"no secret"_s));
            const std::string_view text = plain->text();
            answer(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
        },
        answerLimit);
}

} // namespace hufu
