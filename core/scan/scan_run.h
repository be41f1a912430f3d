#pragma once

#include "core/base/answer.h"
#include "core/scan/helper_process.h"
#include "core/scan/report_builder.h"

#include <QPointer>
#include <QTimer>

namespace hufu {

/// One scan by one helper process. It owns itself: gone once the process is, and with the
/// application at the latest. GUI thread.
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

private:
    ScanRun(QObject *context, Answer<ScanReport> answer);

    [[nodiscard]] Result<void> take(const Message &message);
    void finish(Result<ScanReport> outcome);

    HelperProcess m_helper;
    QTimer m_patience;
    ReportBuilder m_report;
    QPointer<QObject> m_context;
    Answer<ScanReport> m_answer;
};

} // namespace hufu
