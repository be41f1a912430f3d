#include "core/base/clock.h"

#if defined(_WIN32)
#include <windows.h>

#include <realtimeapiset.h>
#elif defined(__APPLE__)
#include <mach/mach_time.h>
#else
#include <ctime>
#endif

namespace hufu {

UtcTime SystemClock::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::milliseconds SystemClock::sinceBoot() const
{
    using namespace std::chrono;
#if defined(_WIN32)
    ULONGLONG hundredNanoseconds = 0;
    QueryInterruptTime(&hundredNanoseconds);
    return milliseconds(hundredNanoseconds / 10'000);
#elif defined(__APPLE__)
    mach_timebase_info_data_t base{};
    mach_timebase_info(&base);
    return duration_cast<milliseconds>(
        nanoseconds(mach_continuous_time() * base.numer / base.denom));
#else
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return duration_cast<milliseconds>(seconds(time.tv_sec) + nanoseconds(time.tv_nsec));
#endif
}

} // namespace hufu
