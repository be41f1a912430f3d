#include "app/cli/password_input.h"

#include "app/cli/secret_lines.h"
#include "app/cli/terminal.h"

#if defined(Q_OS_WIN)
#include <io.h>
#else
#include <unistd.h>
#endif

namespace hufu {
namespace {

/// A stream of our own on the same open file, so that closing it closes nobody else's.
std::FILE *openAgain(int descriptor)
{
#if defined(Q_OS_WIN)
    const int own = _dup(descriptor);
    return own < 0 ? nullptr : _fdopen(own, "rb");
#else
    const int own = dup(descriptor);
    return own < 0 ? nullptr : fdopen(own, "rb");
#endif
}

} // namespace

PasswordInput::PasswordInput(std::optional<int> descriptor)
    : m_descriptor(descriptor)
    , m_file(nullptr, &std::fclose)
{
}

PasswordInput::~PasswordInput() = default;

Result<SecretBytes> PasswordInput::next(const QString &question)
{
    return m_descriptor ? nextLine() : askSecret(question);
}

Result<SecretBytes> PasswordInput::nextLine()
{
    if (!m_file)
        m_file.reset(openAgain(*m_descriptor));
    if (!m_file)
        return failure(Errc::FileUnreadable, QStringLiteral("--password-fd"));
    SecretLines lines(m_file.get()); // reads byte by byte, so the next line is still there
    const Result<std::optional<std::string_view>> line = lines.next();
    if (!line)
        return tl::unexpected(line.error());
    if (!*line)
        return failure(Errc::PasswordNeeded, QStringLiteral("--password-fd has no further line"));
    return SecretBytes::copyOf(**line);
}

Result<SecretBytes> askNewPassword(PasswordInput &input, const QString &question)
{
    constexpr int mostTries = 3;
    for (int i = 0; i < mostTries; ++i) {
        Result<SecretBytes> first = input.next(question);
        if (!first || !input.asksPerson())
            return first;
        const Result<SecretBytes> second = input.next(QStringLiteral("Once more:"));
        if (!second)
            return tl::unexpected(second.error());
        if (equalInConstantTime(first->view(), second->view()))
            return first;
        printNotice(QStringLiteral("These were two different passwords."));
    }
    return failure(Errc::PasswordNeeded);
}

} // namespace hufu
