#include "core/scan/scan_run.h"

namespace hufu {

void ScanRun::start(const Order &order, QObject *context, Answer<ScanReport> answer)
{
    (new ScanRun(context, std::move(answer)))->begin(order);
}

ScanRun::ScanRun(QObject *context, Answer<ScanReport> answer)
    : HelperRun(context)
    , m_answer(std::move(answer))
{
}

Result<HelperRun::Progress> ScanRun::take(const Message &message)
{
    const auto goOn = [] { return Progress::More; };
    switch (message.kind) {
    case MessageKind::Found:
        return m_builder.takeFound(message).map(goOn);
    case MessageKind::Frame:
        return m_builder.takeFrame(message).map(goOn);
    case MessageKind::Done:
        return m_builder.takeDone(message).map([this](ScanReport report) {
            m_report = std::move(report);
            return Progress::Complete;
        });
    default:
        return outOfTurn("message");
    }
}

void ScanRun::answer(Result<void> outcome)
{
    Result<ScanReport> report = std::move(m_report);
    if (!outcome)
        report = tl::unexpected(outcome.error());
    answerLater(context(), std::move(m_answer), std::move(report));
}

} // namespace hufu
