#include "app/cli/terminal.h"

#include "core/payload/shown_text.h"

#include <array>
#include <cstdio>
#include <memory>

#if defined(Q_OS_WIN)
#include <io.h>
#include <windows.h>
#else
#include <termios.h>
#include <unistd.h>
#endif

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

/// Switches the terminal to handing over each key at once and showing none, as long as it lives.
/// Ctrl+C is a key like others then: were it a signal, it would leave the terminal as it is.
class SilentTerminal
{
public:
#if defined(Q_OS_WIN)
    explicit SilentTerminal(std::FILE *terminal)
        : m_handle(reinterpret_cast<HANDLE>(_get_osfhandle(_fileno(terminal))))
        , m_isSilent(GetConsoleMode(m_handle, &m_before) && SetConsoleMode(m_handle, 0))
    {
    }
    ~SilentTerminal()
    {
        if (m_isSilent)
            SetConsoleMode(m_handle, m_before);
    }
#else
    explicit SilentTerminal(std::FILE *terminal)
        : m_descriptor(fileno(terminal))
    {
        if (tcgetattr(m_descriptor, &m_before) != 0)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG);
        silent.c_cc[VMIN] = 1;
        silent.c_cc[VTIME] = 0;
        m_isSilent = tcsetattr(m_descriptor, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal()
    {
        if (m_isSilent)
            tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
    }
#endif
    SilentTerminal(const SilentTerminal &) = delete;
    SilentTerminal &operator=(const SilentTerminal &) = delete;

    [[nodiscard]] bool isSilent() const
    {
        return m_isSilent;
    }

private:
#if defined(Q_OS_WIN)
    HANDLE m_handle;
    DWORD m_before = 0;
#else
    int m_descriptor;
    termios m_before{};
#endif
    bool m_isSilent = false;
};

/// Takes the last character off, of however many bytes it is in UTF-8.
void dropLastCharacter(SecretBytes &text)
{
    const auto isContinuation = [&text] {
        return (std::to_integer<unsigned>(text.view().back()) & 0xc0U) == 0x80;
    };
    while (!text.empty() && isContinuation())
        text.truncate(text.size() - 1);
    if (!text.empty())
        text.truncate(text.size() - 1);
}

/// Keys up to the end of the line. Errors: PasswordNeeded for Ctrl+C, Ctrl+D and the end of the
/// input, SecretMemoryFull.
Result<SecretBytes> readKeys(std::FILE *terminal)
{
    SecretBytes text;
    for (;;) {
        const int key = std::fgetc(terminal);
        if (key == '\n' || key == '\r')
            return text;
        if (key == EOF || key == 0x03 || key == 0x04)
            return failure(Errc::PasswordNeeded);
        if (key == 0x7f || key == '\b') {
            dropLastCharacter(text);
        } else {
            const std::array<std::byte, 1> byte{static_cast<std::byte>(key)};
            if (const Result<void> appended = text.append(byte); !appended)
                return tl::unexpected(appended.error());
        }
    }
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

Result<SecretBytes> askSecret(const QString &question)
{
    const File in = openTerminal(terminalIn, "r");
    const File out = openTerminal(terminalOut, "w");
    if (!in || !out)
        return failure(Errc::PasswordNeeded);
    std::setvbuf(in.get(), nullptr, _IONBF, 0); // the buffer would keep what passed through it
    Result<SecretBytes> text = failure(Errc::PasswordNeeded);
    {
        const SilentTerminal silent(in.get());
        if (!silent.isSilent())
            return text;
        std::fprintf(out.get(), "%s ", question.toUtf8().constData());
        std::fflush(out.get());
        text = readKeys(in.get());
    }
    std::fputc('\n', out.get());
    return text;
}

bool agrees(const QString &question)
{
    const std::optional<QString> answer = ask(question + QStringLiteral(" [y/N]"));
    return answer && (answer->compare(QLatin1String("y"), Qt::CaseInsensitive) == 0 ||
                      answer->compare(QLatin1String("yes"), Qt::CaseInsensitive) == 0);
}

} // namespace hufu
