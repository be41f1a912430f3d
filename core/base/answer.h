#pragma once

#include "core/base/result.h"

#include <QMetaObject>
#include <QObject>

#include <functional>
#include <memory>

namespace hufu {

/// What a call that needs time hands its outcome to: exactly once, never from inside the call, in
/// the context's thread, and not at all once the context is gone
/// (architecture.md, "Errors, answers, threads").
template <typename T>
using Answer = std::function<void(Result<T>)>;

/// Gives `result` to `answer` from the event loop of `context`, unless that is gone by then.
/// May be called from any thread. `T` may be move-only.
template <typename T>
void answerLater(QObject *context, Answer<T> answer, Result<T> result)
{
    auto shared = std::make_shared<Result<T>>(std::move(result));
    QMetaObject::invokeMethod(
        context, [answer = std::move(answer), shared] { answer(std::move(*shared)); },
        Qt::QueuedConnection);
}

} // namespace hufu
