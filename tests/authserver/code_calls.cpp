#include "code_calls.h"

#include "binding_uri.h"
#include "pct1_keys.h"
#include "qr_image.h"
#include "seed_signature.h"

#include <QByteArrayList>

#include <algorithm>

namespace hufu::authserver {
namespace {

constexpr qsizetype codeDigits = 6;
constexpr qsizetype longestAccount = 128;

HttpAnswer refused(int code, const QString &message)
{
    return jsonAnswer({{QStringLiteral("codetype"), code}, {QStringLiteral("msg"), message}});
}

HttpAnswer malformed()
{
    return refused(400, QStringLiteral("参数错误!"));
}

HttpAnswer wrongSignature()
{
    return refused(601, QStringLiteral("签名错误!"));
}

HttpAnswer noSuchUser()
{
    return refused(604, QStringLiteral("用户不存在!"));
}

HttpAnswer wrongCode()
{
    return refused(600, QStringLiteral("动态验证码错误。"));
}

HttpAnswer tooManyTries(std::chrono::seconds wait)
{
    return jsonAnswer({{QStringLiteral("codetype"), 407},
                       {QStringLiteral("msg"), QStringLiteral("尝试次数过多,请稍后再试。")},
                       {QStringLiteral("retry_after"), static_cast<qint64>(wait.count())}});
}

/// The code is an Int in the document: leading zeros may be lost on the way (S8).
bool isCode(const QByteArray &text)
{
    return !text.isEmpty() && text.size() <= codeDigits &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// What both calls have in common. The signature is over the characters sent.
struct CodeCall
{
    UserKey user;
    QByteArray code; ///< as sent
    QByteArray signature;
    Application application;
};

std::optional<CodeCall> signedCall(const ApiContext &context, CodeCall call)
{
    const auto application = context.applications.find(call.user.appId);
    if (!application)
        return {};
    const QByteArray expected =
        seedSignature({call.user.appId, call.code, call.user.uid}, application->appKey);
    if (!equalSecretly(expected, call.signature))
        return {};
    call.application = *application;
    return call;
}

CodeCall readCall(const HttpRequest &request)
{
    return {.user = {request.query.value("appid"), request.query.value("uid")},
            .code = request.query.value("dynamic_code"),
            .signature = request.query.value("signature"),
            .application = {}};
}

bool isWellFormed(const CodeCall &call)
{
    return isAppId(call.user.appId) && isUid(call.user.uid) && isHex(call.signature, 32);
}

/// The label's account: the signed `account`, else the uid. Nothing for a bad one.
std::optional<QByteArray> accountOf(const CodeCall &call, const HttpRequest &request)
{
    if (!request.query.contains("account"))
        return call.user.uid;
    const QByteArray account = request.query.value("account");
    const QByteArray text =
        QByteArrayList{"account", call.user.appId, call.user.uid, account}.join('\n');
    if (account.isEmpty() || QString::fromUtf8(account).size() > longestAccount ||
        !isPlain(account) ||
        !equalSecretly(pct1Mac(call.application.appKey, text), request.query.value("account_mac")))
        return {};
    return account;
}

/// The binding as a QR code in PNG, in the form that the application wants; 604 if a one-time
/// address of it was used.
HttpAnswer bindingPicture(const ApiContext &context, const CodeCall &call,
                          const QByteArray &account, const QByteArray &secret)
{
    const BindAddress binding{.user = call.user, .secret = secret, .account = account};
    QByteArray png;
    if (call.application.bindByAddress) {
        const auto token = context.bindings.tokenFor(binding);
        if (!token)
            return noSuchUser();
        png = qrPng(context.api + "/bind/?token=" + *token);
    } else if (const auto uri = bindingUri(context.api, call.application, binding)) {
        const std::string_view text = uri->text();
        png = qrPng(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    }
    return png.isEmpty() ? refused(500, QStringLiteral("多因素内部错误!")) : pngAnswer(png);
}

using UseCode = CodeCheck (UserStore::*)(const UserKey &, const QByteArray &) const;

/// Checks a code with the brake on guessing. Nothing if it is right, else the refusal.
std::optional<HttpAnswer> refusalOf(ApiContext &context, const CodeCall &call, UseCode useCode)
{
    const QByteArray name = limitName({"code", call.user.appId, call.user.uid});
    // Counted before it is looked at: another process may be looking at another guess.
    if (const auto wait = context.wrongCodes.take(name); wait.count() > 0)
        return tooManyTries(wait);
    switch ((context.users.*useCode)(call.user, call.code.rightJustified(codeDigits, '0'))) {
    case CodeCheck::Right:
        context.wrongCodes.forget(name);
        return {};
    case CodeCheck::Wrong:
        return wrongCode();
    case CodeCheck::NoSuchUser:
        context.wrongCodes.forget(name);
        return noSuchUser();
    }
    Q_UNREACHABLE();
}

} // namespace

HttpAnswer traditional(ApiContext &context, const HttpRequest &request)
{
    const CodeCall sent = readCall(request);
    if (!isWellFormed(sent) || !isCode(sent.code))
        return malformed();
    const auto call = signedCall(context, sent);
    if (!call)
        return wrongSignature();
    if (auto refusal = refusalOf(context, *call, &UserStore::useCode))
        return *refusal;
    return jsonAnswer(
        {{QStringLiteral("codetype"), 200}, {QStringLiteral("msg"), QStringLiteral("授权成功.")}});
}

HttpAnswer qrcode(ApiContext &context, const HttpRequest &request)
{
    const CodeCall sent = readCall(request);
    const bool hasCode = request.query.contains("dynamic_code");
    if (!isWellFormed(sent) || (hasCode && !sent.code.isEmpty() && !isCode(sent.code)))
        return malformed();
    const auto call = signedCall(context, sent);
    if (!call)
        return wrongSignature();
    const auto account = accountOf(*call, request);
    if (!account)
        return wrongSignature();

    if (!call->code.isEmpty()) {
        // A browser may load the picture twice; its code is used up after the first time.
        if (!context.users.wasOpenedBy(call->user, call->signature)) {
            if (auto refusal = refusalOf(context, *call, &UserStore::useActiveCode))
                return *refusal;
        }
    } else if (!context.users.openBinding(call->user) && context.users.activeSecret(call->user)) {
        return noSuchUser(); // a replayed address must not hand out a secret again (S3)
    }
    const QByteArray secret = context.users.openOrMakeBinding(call->user, call->signature);
    return bindingPicture(context, *call, *account, secret);
}

} // namespace hufu::authserver
