#pragma once

#include "core/scan/messages.h"

#include <QProcess>

#include <functional>
#include <memory>

namespace hufu {

/// The process of one helper and the conversation with it. GUI thread.
class HelperProcess : public QObject
{
public:
    enum class Ending { Graceful, AtOnce };

    struct Listener
    {
        /// Each message after the helper's hello. An error of its own ends the helper.
        std::function<Result<void>(const Message &)> take;
        /// Once at most, and nothing is taken from then on: the helper broke the rules, ended by
        /// itself or does not start. It is being ended.
        std::function<void(const Error &)> failed;
        /// Once, the last: there is no process any more. Not if the object is destroyed.
        std::function<void()> gone;
    };

    explicit HelperProcess(Listener listener);
    /// A process that is still there is killed.
    ~HelperProcess() override;

    /// Starts `program`, says hello and hands over `request`, a whole message.
    void start(const QString &program, const QByteArray &request);

    void send(const QByteArray &message);

    /// Ends the process: at once, or at the end of its input and after 200 ms at the latest.
    /// Nobody listens any more but to gone().
    void end(Ending ending);

    /// Ends it gracefully and takes care of the object until then. Nobody listens any more.
    static void letEnd(std::unique_ptr<HelperProcess> helper);

private:
    enum class State {
        Opening, // the helper has not said hello
        Talking,
        Ended, // nobody listens any more, the process may still be there
    };

    void readMessages();
    [[nodiscard]] Result<void> take(const Message &message);
    void fail(const Error &error);

    QProcess m_process;
    MessageReader m_reader{MessageReader::From::Helper};
    Listener m_listener;
    State m_state = State::Opening;
};

} // namespace hufu
