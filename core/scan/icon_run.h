#pragma once

#include "core/base/answer.h"
#include "core/scan/helper_run.h"
#include "core/scan/scan_report.h"

namespace hufu {

/// One foreign icon, drawn by one helper. GUI thread.
class IconRun : public HelperRun
{
public:
    /// Starts the helper. The answer is that of ScannerClient::readIcon.
    /// @param edge  what the order's request asks for
    static void start(const Order &order, int edge, QObject *context, Answer<DrawnIcon> answer);

private:
    IconRun(int edge, QObject *context, Answer<DrawnIcon> answer);

    [[nodiscard]] Result<Progress> take(const Message &message) override;
    void answer(Result<void> outcome) override;

    int m_edge;
    DrawnIcon m_icon;
    Answer<DrawnIcon> m_answer;
};

} // namespace hufu
