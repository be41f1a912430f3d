#pragma once

#include "core/scan/helper_process.h"

#include <QPointer>
#include <QTimer>

#include <chrono>

namespace hufu {

/// One helper that is asked one thing. It owns itself: gone once the process is, and with the
/// application at the latest. Whatever the process does, it is answered once, within the patience.
/// GUI thread.
class HelperRun : public QObject
{
public:
    struct Order
    {
        QString helper;
        QByteArray request; ///< a whole message
        std::chrono::milliseconds patience;
    };

protected:
    enum class Progress { More, Complete };

    /// A context that dies ends the helper, and nobody is answered.
    explicit HelperRun(QObject *context);

    void begin(const Order &order);
    [[nodiscard]] QObject *context() const { return m_context.data(); }

    /// A message that is no error. A failure ends the helper; so does completion, in its own time.
    [[nodiscard]] virtual Result<Progress> take(const Message &message) = 0;
    /// Called once while there is a context: complete, or why not.
    virtual void answer(Result<void> outcome) = 0;

private:
    [[nodiscard]] Result<void> takeAny(const Message &message);
    void finish(Result<void> outcome);

    HelperProcess m_helper;
    QTimer m_patience;
    QPointer<QObject> m_context;
    bool m_isAnswered = false;
};

} // namespace hufu
