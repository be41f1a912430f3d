// A program that opens a profile's vault, unlocks and locks it, and is looked at meanwhile: what
// `hufu` does with its vault, without a window. Linked and hardened as the programs are.
//
//   vault_holder PROFILE
//
// Lines of its standard input: `unlock PASSWORD`, `codes` (makes the code of every account),
// `lock`. Each is answered by a line: `done NUMBER-OF-ACCOUNTS`, or the name of an Errc. The first
// answer is that of opening. It ends with its input.

#include "app/cli/secret_lines.h"
#include "core/base/hardening.h"
#include "core/vault/keychain_store.h"
#include "core/vault/vault.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <algorithm>
#include <cstdio>

using namespace hufu;

namespace {

class Holder : public QObject
{
public:
    explicit Holder(VaultPlace place)
        : m_vault(std::make_unique<KeychainStore>(), std::move(place), m_clock)
        , m_input(fileno(stdin), QSocketNotifier::Read)
    {
        m_input.setEnabled(false);
        connect(&m_input, &QSocketNotifier::activated, this, &Holder::obey);
        m_vault.open(this, [this](const Result<void> &opened) { say(opened); });
    }

private:
    void obey()
    {
        m_input.setEnabled(false);
        SecretLines lines(stdin); // and its room is wiped when we are done
        const Result<std::optional<std::string_view>> line = lines.next();
        if (!line || !*line)
            return QCoreApplication::quit();
        const std::string_view command = (*line)->substr(0, (*line)->find(' '));
        const std::string_view rest =
            (*line)->substr(std::min(command.size() + 1, (*line)->size()));
        const auto tell = [this](const Result<void> &result) { say(result); };
        if (command == "unlock")
            m_vault.unlock(password(rest), this, tell);
        else if (command == "password")
            m_vault.changePassword(password(rest.substr(0, rest.find('\t'))),
                                   password(rest.substr(rest.find('\t') + 1)), this, tell);
        else if (command == "lock")
            m_vault.lock(this, tell);
        else
            say(makeCodes());
    }

    static SecretBytes password(std::string_view text)
    {
        Result<SecretBytes> copy = SecretBytes::copyOf(text);
        return copy ? std::move(*copy) : SecretBytes();
    }

    Result<void> makeCodes() const
    {
        const auto now = m_clock.second();
        for (const AccountPtr &account : m_vault.accounts().all()) {
            if (const Result<OneTimeCode> code = account->codeAt(now); !code)
                return tl::unexpected(code.error());
        }
        return {};
    }

    void say(const Result<void> &result)
    {
        if (result)
            std::printf("done %zu\n", m_vault.accounts().size());
        else
            std::printf("%s\n", qPrintable(errcName(result.error().code)));
        std::fflush(stdout);
        m_input.setEnabled(true);
    }

    SystemClock m_clock;
    Vault m_vault;
    QSocketNotifier m_input;
};

} // namespace

int main(int argc, char **argv)
{
    forbidMemoryAccess();
    const QCoreApplication application(argc, argv);
    const Result<VaultPlace> place = VaultPlace::ofProfile(QString::fromUtf8(argv[argc - 1]));
    if (argc != 2 || !place)
        return 2;
    const Holder holder(*place);
    return QCoreApplication::exec();
}
