#include "core/scan/helper_run.h"

#include "core/scan/messages.h"

#include <QCoreApplication>

namespace hufu {

HelperRun::HelperRun(QObject *context)
    : QObject(QCoreApplication::instance())
    , m_helper({[this](const Message &message) { return takeAny(message); },
                [this](const Error &error) { finish(tl::unexpected(error)); },
                [this] { deleteLater(); }})
    , m_context(context)
{
    connect(context, &QObject::destroyed, this, [this] {
        m_isAnswered = true; // nobody is left to be answered
        m_helper.end(HelperProcess::Ending::AtOnce);
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_helper.end(HelperProcess::Ending::AtOnce);
        finish(failure(Errc::HelperTimedOut));
    });
}

void HelperRun::begin(const Order &order)
{
    m_patience.start(order.patience);
    m_helper.start(order.helper, order.request);
}

Result<void> HelperRun::takeAny(const Message &message)
{
    if (message.kind == MessageKind::Error) {
        const Result<Error> error = readError(message);
        return tl::unexpected(error ? *error : error.error());
    }
    const Result<Progress> taken = take(message);
    if (!taken)
        return tl::unexpected(taken.error());
    if (*taken == Progress::Complete) {
        m_helper.end(HelperProcess::Ending::Graceful);
        finish({});
    }
    return {};
}

void HelperRun::finish(Result<void> outcome)
{
    m_patience.stop();
    if (!std::exchange(m_isAnswered, true) && m_context)
        answer(std::move(outcome));
}

} // namespace hufu
