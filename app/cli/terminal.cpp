#include "app/cli/terminal.h"

#include "core/payload/shown_text.h"

#include <array>
#include <cstdio>
#include <memory>

namespace hufu {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE *)>;

#if defined(Q_OS_WIN)
constexpr const char *terminalIn = "CONIN$";
constexpr const char *terminalOut = "CONOUT$";
#else
constexpr const char *terminalIn = "/dev/tty";
constexpr const char *terminalOut = "/dev/tty";
#endif

/// The controlling terminal, which is there also where the standard streams are pipes; on a machine
/// without one both names fail to open, and then standard input is no terminal either.
File openTerminal(const char *name, const char *mode)
{
    return {std::fopen(name, mode), &std::fclose};
}

} // namespace

QString printable(const QString &text)
{
    return shownText(text.toStdString()).value_or(QString());
}

void printLine(const QString &line)
{
    std::fprintf(stdout, "%s\n", line.toUtf8().constData());
}

void printNotice(const QString &line)
{
    std::fprintf(stderr, "%s\n", line.toUtf8().constData());
}

bool canAsk()
{
    return openTerminal(terminalIn, "r") != nullptr;
}

std::optional<QString> ask(const QString &question)
{
    const File in = openTerminal(terminalIn, "r");
    const File out = openTerminal(terminalOut, "w");
    if (!in || !out)
        return {};
    std::fprintf(out.get(), "%s ", question.toUtf8().constData());
    std::fflush(out.get());
    std::array<char, 256> line{};
    if (std::fgets(line.data(), line.size(), in.get()) == nullptr)
        return {};
    return QString::fromLocal8Bit(line.data()).trimmed();
}

bool agrees(const QString &question)
{
    const std::optional<QString> answer = ask(question + QStringLiteral(" [y/N]"));
    return answer && (answer->compare(QLatin1String("y"), Qt::CaseInsensitive) == 0 ||
                      answer->compare(QLatin1String("yes"), Qt::CaseInsensitive) == 0);
}

} // namespace hufu
