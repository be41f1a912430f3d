#include "site/own_server.h"

namespace hufu::authserver {

duoyinsu::Fetch ownServer(Api &api)
{
    return [&api](const QByteArray &url) {
        const qsizetype path = url.indexOf('/', QByteArrayView("https://").size());
        const qsizetype query = url.indexOf('?', path);
        const auto parameters = parseForm(QByteArrayView(url).sliced(query + 1));
        if (!parameters)
            throw duoyinsu::Failure("the address is damaged");
        const HttpAnswer answer = api.handle({.method = "GET",
                                              .path = url.sliced(path, query - path),
                                              .query = *parameters,
                                              .headers = {},
                                              .body = {},
                                              .peer = {}});
        if (answer.status != 200)
            throw duoyinsu::Failure("the server answered with HTTP status " +
                                    std::to_string(answer.status));
        return answer.body;
    };
}

} // namespace hufu::authserver
