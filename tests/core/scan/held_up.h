#pragma once

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace hufu::test {

/// How long the application's thread was held up: the longest time between the beginning and the
/// end of handling one event in which it neither computed nor waited for a processor. So a wait for
/// another process shows, however busy the machine is.
class HeldUp
{
public:
    /// What runs while it lives is one piece of work; one inside another counts as part of that.
    class Work
    {
    public:
        explicit Work(HeldUp &heldUp)
            : m_heldUp(heldUp)
        {
            if (m_heldUp.m_depth++ == 0)
                m_heldUp.m_began = Moment::now();
        }
        ~Work()
        {
            if (--m_heldUp.m_depth == 0)
                m_heldUp.m_longest =
                    std::max(m_heldUp.m_longest, Moment::now().idleSince(m_heldUp.m_began));
        }
        Q_DISABLE_COPY_MOVE(Work)

    private:
        HeldUp &m_heldUp;
    };

    [[nodiscard]] double longestMilliseconds() const
    {
        return std::chrono::duration<double, std::milli>(m_longest).count();
    }

private:
    using Duration = std::chrono::nanoseconds;

    struct Moment
    {
        Duration time{};
        Duration computed{}; ///< by this thread
        Duration queued{};   ///< for a processor

        static Moment now()
        {
            Moment moment;
            // First the queue, last the time: what these calls take is not held against the work.
            if (std::FILE *file = std::fopen("/proc/thread-self/schedstat", "r")) {
                long long ran = 0;
                long long queued = 0;
                if (std::fscanf(file, "%lld %lld", &ran, &queued) == 2)
                    moment.queued = Duration(queued);
                std::fclose(file);
            }
            timespec used{};
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
            moment.computed = std::chrono::seconds(used.tv_sec) + Duration(used.tv_nsec);
            moment.time = std::chrono::steady_clock::now().time_since_epoch();
            return moment;
        }

        [[nodiscard]] Duration idleSince(const Moment &begin) const
        {
            return (time - begin.time) - (computed - begin.computed) - (queued - begin.queued);
        }
    };

    Moment m_began;
    Duration m_longest{};
    int m_depth = 0;
};

/// An application that measures how its events hold it up.
class MeasuredApplication : public QCoreApplication
{
public:
    using QCoreApplication::QCoreApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        const HeldUp::Work work(heldUp);
        return QCoreApplication::notify(receiver, event);
    }

    [[nodiscard]] static MeasuredApplication &instance()
    {
        return *static_cast<MeasuredApplication *>(QCoreApplication::instance());
    }

    HeldUp heldUp;
};

} // namespace hufu::test
