#include "api.h"

#include "bind_call.h"
#include "code_calls.h"
#include "event_calls.h"
#include "push_call.h"
#include "verify_call.h"

#include <QLoggingCategory>

#include <algorithm>
#include <array>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

using Call = HttpAnswer (*)(ApiContext &, const HttpRequest &);

struct Route
{
    const char *path;
    Call get;
    Call post;         ///< null if the address takes GET only
    bool saysCodetype; ///< the code calls name their status `codetype`
};

constexpr std::array routes{
    Route{"/v1/qrcode_for_auth", &qrcodeForAuth, nullptr, false},
    Route{"/v1/push_for_auth", &pushForAuth, nullptr, false},
    Route{"/v1/show/qrcode_url/", &showQrcode, nullptr, false},
    Route{"/v1/event_result", &eventResult, nullptr, false},
    Route{"/v1/traditional", &traditional, nullptr, true},
    Route{"/v1/qrcode", &qrcode, nullptr, true},
    Route{"/v1/verify/", &lookAtEvent, &actOnEvent, false},
    Route{"/v1/bind/", &lookAtBinding, &takeBinding, false},
};

const QByteArray pollPath = "/v1/pending";

HttpAnswer internalError(bool saysCodetype)
{
    const QString words = u"多因素内部错误!"_s;
    return saysCodetype ? jsonAnswer({{u"codetype"_s, 500}, {u"msg"_s, words}})
                        : jsonAnswer({{u"status"_s, 500}, {u"description"_s, words}});
}

} // namespace

void Api::handle(const HttpRequest &request, HttpResponder responder)
{
    if (request.path != pollPath || request.method != "POST")
        return responder.answer(handle(request));
    try {
        m_polls.handle(request, std::move(responder));
    } catch (const StorageFailure &failure) { // the responder answers 500 as it goes
        qWarning("The database failed: %s", failure.what());
    }
}

HttpAnswer Api::handle(const HttpRequest &request)
{
    if (request.path == pollPath)
        return wrongMethod("POST");
    const auto route = std::ranges::find_if(
        routes, [&](const Route &candidate) { return request.path == candidate.path; });
    if (route == routes.end())
        return plainAnswer(404, "There is nothing at this address.");
    const bool isPost = route->post != nullptr && request.method == "POST";
    if (request.method != "GET" && !isPost)
        return wrongMethod(route->post != nullptr ? "GET, POST" : "GET");
    try {
        return (isPost ? route->post : route->get)(m_context, request);
    } catch (const StorageFailure &failure) {
        qWarning("The database failed: %s", failure.what());
        return internalError(route->saysCodetype);
    }
}

} // namespace hufu::authserver
