#pragma once

#include "core/base/answer.h"
#include "core/base/crypto.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <optional>

namespace hufu {

/// Runs `work` in a thread of the pool and gives its outcome to `answer`, as Answer promises: in
/// the context's thread, and not at all once the context is gone. What the work holds and brings
/// ends with it then. `work` is called once; it must not touch the context.
template <typename T>
void answerFromWorker(QObject *context, std::function<Result<T>()> work, Answer<T> answer)
{
    struct Job
    {
        std::function<Result<T>()> work;
        std::optional<Result<T>> result;
        QPromise<void> done;
    };
    const auto job = std::make_shared<Job>();
    job->work = std::move(work);
    auto *watcher = new QFutureWatcher<void>(context);
    QObject::connect(watcher, &QFutureWatcher<void>::finished, context,
                     [watcher, job, answer = std::move(answer)] {
                         watcher->deleteLater();
                         // Nothing of it stays with the watcher, which lives a little longer.
                         std::optional<Result<T>> result = std::exchange(job->result, std::nullopt);
                         answer(std::move(*result));
                     });
    job->done.start();
    watcher->setFuture(job->done.future());
    QThreadPool::globalInstance()->start([job] {
        job->result.emplace(job->work());
        job->work = nullptr;
        leaveCrypto();
        job->done.finish();
    });
}

} // namespace hufu
