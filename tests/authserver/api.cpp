#include "api.h"

#include "code_calls.h"
#include "event_calls.h"
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
    Call call;
    bool saysCodetype; ///< the code calls name their status `codetype`
};

constexpr std::array routes{
    Route{"/v1/qrcode_for_auth", &qrcodeForAuth, false},
    Route{"/v1/show/qrcode_url/", &showQrcode, false},
    Route{"/v1/event_result", &eventResult, false},
    Route{"/v1/traditional", &traditional, true},
    Route{"/v1/qrcode", &qrcode, true},
    Route{"/v1/verify/", &lookAtEvent, false},
};

HttpAnswer internalError(bool saysCodetype)
{
    const QString words = u"多因素内部错误!"_s;
    return saysCodetype ? jsonAnswer({{u"codetype"_s, 500}, {u"msg"_s, words}})
                        : jsonAnswer({{u"status"_s, 500}, {u"description"_s, words}});
}

} // namespace

HttpAnswer Api::handle(const HttpRequest &request)
{
    const auto route = std::ranges::find_if(
        routes, [&](const Route &candidate) { return request.path == candidate.path; });
    if (route == routes.end())
        return plainAnswer(404, "There is nothing at this address.");
    const bool isVerify = route->call == &lookAtEvent;
    const bool isPost = isVerify && request.method == "POST";
    if (request.method != "GET" && !isPost)
        return wrongMethod(isVerify ? "GET, POST" : "GET");
    try {
        return isPost ? actOnEvent(m_database, m_context, request)
                      : route->call(m_context, request);
    } catch (const StorageFailure &failure) {
        qWarning("The database failed: %s", failure.what());
        return internalError(route->saysCodetype);
    }
}

} // namespace hufu::authserver
