// A program with an open vault, told by lines on its standard input: one of those that
// two_processes_test lets work side by side.
//
//   neighbour PROFILE
//
// Told "add PREFIX COUNT" it adds so many accounts, each in a commit of its own, and says "added
// NAME" or "failed CODE" for each. Whenever it sees other accounts it says "sees COUNT".

#include "core/vault/keychain_store.h"
#include "core/vault/vault.h"

#include <QCoreApplication>
#include <QFile>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

void say(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

class Neighbour : public QObject
{
public:
    explicit Neighbour(const QString &profile)
        : m_vault(std::make_unique<KeychainStore>(), *VaultPlace::ofProfile(profile), m_clock)
    {
        connect(&m_vault, &Vault::accountsChanged, this,
                [this] { say(u"sees %1"_s.arg(m_vault.accounts().size())); });
        connect(&m_input, &QSocketNotifier::activated, this, &Neighbour::listen);
        m_vault.open(this, [](const Result<void> &opened) {
            say(opened ? u"open"_s : u"failed "_s + errcName(opened.error().code));
        });
    }

private:
    void listen()
    {
        char bytes[256];
        const ssize_t size = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (size <= 0)
            return QCoreApplication::quit();
        m_told.append(bytes, size);
        for (qsizetype end = m_told.indexOf('\n'); end >= 0; end = m_told.indexOf('\n')) {
            const QList<QByteArray> words = m_told.first(end).split(' ');
            m_told.remove(0, end + 1);
            add(QString::fromUtf8(words.value(1)), 0, words.value(2).toInt());
        }
    }

    void add(const QString &prefix, int number, int count)
    {
        if (number == count)
            return;
        const QString name = prefix + QString::number(number);
        m_vault.commit(
            [name](AccountSet &accounts) {
                Account account;
                account.id = randomId<16>();
                account.account = name;
                account.secret = std::move(*SecretBytes::copyOf("12345678901234567890"));
                return accounts.add(std::move(account));
            },
            this,
            [this, name, prefix, number, count](const Result<void> &added) {
                say(added ? u"added "_s + name : u"failed "_s + errcName(added.error().code));
                add(prefix, number + 1, count);
            });
    }

    SystemClock m_clock;
    Vault m_vault;
    QSocketNotifier m_input{STDIN_FILENO, QSocketNotifier::Read};
    QByteArray m_told;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const Neighbour neighbour(QCoreApplication::arguments().value(1));
    return QCoreApplication::exec();
}
