#include "core/scan/scan_run.h"

#include <QCoreApplication>

namespace hufu {

void ScanRun::start(const Order &order, QObject *context, Answer<ScanReport> answer)
{
    auto *run = new ScanRun(context, std::move(answer));
    run->m_patience.start(order.patience);
    run->m_helper.start(order.helper, order.request);
}

ScanRun::ScanRun(QObject *context, Answer<ScanReport> answer)
    : QObject(QCoreApplication::instance())
    , m_helper({[this](const Message &message) { return take(message); },
                [this](const Error &error) { finish(tl::unexpected(error)); },
                [this] { deleteLater(); }})
    , m_context(context)
    , m_answer(std::move(answer))
{
    connect(context, &QObject::destroyed, this, [this] {
        m_answer = {}; // nobody is left to be answered
        m_helper.end(HelperProcess::Ending::AtOnce);
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_helper.end(HelperProcess::Ending::AtOnce);
        finish(failure(Errc::HelperTimedOut));
    });
}

Result<void> ScanRun::take(const Message &message)
{
    switch (message.kind) {
    case MessageKind::Found:
        return m_report.takeFound(message);
    case MessageKind::Frame:
        return m_report.takeFrame(message);
    case MessageKind::Done: {
        Result<ScanReport> report = m_report.takeDone(message);
        if (!report)
            return tl::unexpected(report.error());
        m_helper.end(HelperProcess::Ending::Graceful);
        finish(std::move(*report));
        return {};
    }
    case MessageKind::Error: {
        const Result<Error> error = readError(message);
        return tl::unexpected(error ? *error : error.error());
    }
    default:
        return outOfTurn("message");
    }
}

void ScanRun::finish(Result<ScanReport> outcome)
{
    m_patience.stop();
    if (m_context && m_answer)
        answerLater(m_context.data(), std::exchange(m_answer, {}), std::move(outcome));
}

} // namespace hufu
