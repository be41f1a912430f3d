#pragma once

#include "core/base/answer.h"
#include "core/scan/messages.h"

#include <QPointer>
#include <QProcess>
#include <QTimer>

namespace hufu {

/// One helper process, from its start to its end. It owns itself: gone once the process is, and
/// with the application at the latest. GUI thread.
class ScanRun : public QObject
{
public:
    struct Order
    {
        QString helper;
        QByteArray request; ///< a whole message
        std::chrono::milliseconds patience;
    };

    /// Starts the helper. The answer is that of ScannerClient. A context that dies ends the helper.
    static void start(const Order &order, QObject *context, Answer<ScanReport> answer);

    ~ScanRun() override;

private:
    enum class State {
        Opening,  // the helper has not said hello
        Scanning, // hello was said
        Answered, // the outcome is handed over, the process may still be there
    };
    enum class Ending { Graceful, AtOnce };

    ScanRun(QObject *context, Answer<ScanReport> answer);

    void begin(const Order &order);
    void readMessages();
    [[nodiscard]] Result<void> take(const Message &message);
    [[nodiscard]] Result<void> takeFound(const Message &message);
    [[nodiscard]] Result<void> takeFrame(const Message &message);
    [[nodiscard]] Result<void> takeDone(const Message &message);
    void finish(Result<ScanReport> outcome, Ending ending);
    void endHelper(Ending ending);

    QProcess m_process;
    QTimer m_patience;
    MessageReader m_reader{MessageReader::From::Helper};
    ScanReport m_report;
    QPointer<QObject> m_context;
    Answer<ScanReport> m_answer;
    State m_state = State::Opening;
};

} // namespace hufu
