#pragma once

#include "core/base/answer.h"
#include "core/scan/helper_run.h"
#include "core/scan/report_builder.h"

namespace hufu {

/// One search by one helper. GUI thread.
class ScanRun : public HelperRun
{
public:
    /// Starts the helper. The answer is that of ScannerClient.
    static void start(const Order &order, QObject *context, Answer<ScanReport> answer);

private:
    ScanRun(QObject *context, Answer<ScanReport> answer);

    [[nodiscard]] Result<Progress> take(const Message &message) override;
    void answer(Result<void> outcome) override;

    ReportBuilder m_builder;
    ScanReport m_report;
    Answer<ScanReport> m_answer;
};

} // namespace hufu
