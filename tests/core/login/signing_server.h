#pragma once

#include "core/login/pct1_messages.h"
#include "tests/core/login/scripted_server.h"

namespace hufu::test {

/// 200 with this body, signed for `request`.
[[nodiscard]] ScriptedAnswer signedAnswer(const SecretBytes &key, const SeenRequest &request,
                                          const QByteArray &body);

/// A server's side of protocol.md B3 and B4 for one account: what it answers is the test's, the
/// signature is right.
class SigningServer : public ScriptedServer
{
public:
    explicit SigningServer(const QSslConfiguration &tls);

    void knows(const Account &account);
    [[nodiscard]] ScriptedAnswer sign(const SeenRequest &request, const QByteArray &body) const;

    [[nodiscard]] static QString member(const SeenRequest &request, const char *name);
    [[nodiscard]] QList<SeenRequest> posts() const;

    QByteArray inquiry = R"({"status":200,"state":"new","app_id":"app","expires_in":231})";
    /// Answers a POST of that action. Without it scans, confirmations and denials succeed.
    std::function<ScriptedAnswer(const SeenRequest &, const QString &action)> post;
    /// Answers a long poll. Without it polls are held for good.
    std::function<ScriptedAnswer(const SeenRequest &)> pending;
    SecretBytes key; ///< that answers are signed with

    static constexpr auto scanned =
        R"({"status":201,"state":"scanned","expires_in":232,"server_time":1700000000000,)"
        R"("context":{"app_name":"Northgate","ip":"203.0.113.7","ip_match":"different",)"
        R"("browser":"Firefox 128","os":"Windows 11","location":"Berlin","created":1699999990}})";

private:
    [[nodiscard]] ScriptedAnswer answerTo(const SeenRequest &request) const;
};

} // namespace hufu::test
