#include "core/scan/platform_helper_process.h"

#include <QProcess>

#if defined(Q_OS_LINUX)
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>
#endif

namespace hufu {

void tieToThisProcess(QProcess &process)
{
#if defined(Q_OS_LINUX)
    const pid_t parent = getpid();
    process.setChildProcessModifier([parent] {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1); // the parent died before the line above
    });
#else
    Q_UNUSED(process); // the helper ends at end of input
#endif
}

} // namespace hufu
