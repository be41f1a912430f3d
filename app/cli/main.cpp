#include "app/cli/commands.h"
#include "app/cli/compute.h"
#include "core/base/hardening.h"
#include "core/base/logging.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

constexpr int usageStatus = 2;

void run(hufu::Session &session)
{
    const QString &command = session.arguments().command;
    if (command == QLatin1String("activity"))
        hufu::runActivity(session);
    else if (command == QLatin1String("add"))
        hufu::runAdd(session);
    else if (command == QLatin1String("list"))
        hufu::runList(session);
    else if (command == QLatin1String("code"))
        hufu::runCode(session);
    else if (command == QLatin1String("next"))
        hufu::runNext(session);
    else if (command == QLatin1String("bin"))
        hufu::runBin(session);
    else if (command == QLatin1String("delete"))
        hufu::runDelete(session);
    else if (command == QLatin1String("restore"))
        hufu::runRestore(session);
    else if (command == QLatin1String("scan"))
        hufu::runScan(session);
    else if (command == QLatin1String("login"))
        hufu::runLogin(session);
    else if (command == QLatin1String("doctor"))
        hufu::runDoctor(session);
    else if (command == QLatin1String("move"))
        hufu::runMove(session);
    else if (command == QLatin1String("password"))
        hufu::runPassword(session);
    else
        hufu::runProfileRemove(session);
}

/// `status`, or a failure if not all of the output could be written: a full disk must not pass for
/// an empty list.
int statusOf(int status)
{
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return status;
    std::fputs("hufu-cli: The output cannot be written.\n", stderr);
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    hufu::returnLargeBlocks();
    hufu::forbidMemoryAccess();
    hufu::silenceTellingCategories();
    const auto arguments =
        hufu::readArguments(std::vector<std::string_view>(argv + 1, argv + argc));
    if (!arguments) {
        // Without the page of help, above which nobody would see it.
        std::fprintf(stderr, "hufu-cli: %s\n\"hufu-cli --help\" says what there is.\n",
                     qPrintable(arguments.error()));
        return usageStatus;
    }
    if (arguments->has("help"))
        return statusOf(std::fputs(hufu::usageText(), stdout) < 0 ? 1 : 0);
    if (arguments->has("version"))
        return statusOf(std::puts("hufu-cli " HUFU_VERSION) < 0 ? 1 : 0);
    if (arguments->command == QLatin1String("compute"))
        return statusOf(hufu::compute(stdin, stdout, stderr));

    const QCoreApplication application(argc, argv);
    hufu::Session session(*arguments);
    if (const hufu::Result<void> prepared = session.prepare(); !prepared) {
        hufu::printFailure(prepared.error(), session.wantsJson());
        return 1;
    }
    run(session);
    return statusOf(QCoreApplication::exec());
}
