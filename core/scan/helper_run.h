#pragma once

#include "core/scan/framing.h"

#include <QPointer>
#include <QProcess>
#include <QTimer>

#include <chrono>

namespace hufu {

/// One helper process, from its start to its end: says hello, hands over a request, passes on what
/// comes back. It owns itself: gone once the process is, and with the application at the latest.
/// Whatever the process does, it is answered once, within the patience. GUI thread.
class HelperRun : public QObject
{
public:
    struct Order
    {
        QString helper;
        QByteArray request; ///< a whole message
        std::chrono::milliseconds patience;
    };

    ~HelperRun() override;

protected:
    enum class Progress { More, Complete };

    /// A context that dies ends the helper, and nobody is answered.
    explicit HelperRun(QObject *context);

    void begin(const Order &order);
    [[nodiscard]] QObject *context() const { return m_context.data(); }

    /// A message after the hello. A failure ends the helper; so does completion, in its own time.
    [[nodiscard]] virtual Result<Progress> take(const Message &message) = 0;
    /// Called once while there is a context: complete, or why not.
    virtual void answer(Result<void> outcome) = 0;

    [[nodiscard]] static tl::unexpected<Error> outOfTurn(const char *what);

private:
    enum class State {
        Opening,  // the helper has not said hello
        Scanning, // hello was said
        Answered, // the outcome is handed over, the process may still be there
    };
    enum class Ending { Graceful, AtOnce };

    void readMessages();
    [[nodiscard]] Result<Progress> takeAny(const Message &message);
    void finish(Result<void> outcome, Ending ending);
    void endHelper(Ending ending);

    QProcess m_process;
    QTimer m_patience;
    MessageReader m_reader{MessageReader::From::Helper};
    QPointer<QObject> m_context;
    State m_state = State::Opening;
};

} // namespace hufu
