// Changes a vault until it is killed, and says on standard output what it is about to change and
// what was confirmed: the program that vault_kill_test kills.
//
//   kill_worker PROFILE SEED CALL MICROSECONDS PASSWORD [FOLDER]
//
// CALL: it kills itself so many microseconds after it has made this call to the store; 0: never.
// PASSWORD: opens the vault; "-" where there is none. FOLDER: of a portable profile, whose vault
// lies in a file; CALL then counts the changes.
//
// Lines: "ready", then for each change "begin add NAME", "begin edit NAME NEW", "begin delete NAME"
// or "begin password NEW", and "done" or "failed CODE".

#include "core/vault/keychain_store.h"
#include "core/vault/vault.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <random>
#include <thread>
#include <unistd.h>

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

void say(const QString &line)
{
    const QByteArray text = line.toUtf8() + '\n';
    if (::write(STDOUT_FILENO, text.constData(), std::size_t(text.size())) != text.size())
        std::_Exit(3); // nobody listens any more
}

void dieAfter(std::chrono::microseconds delay)
{
    std::thread([delay] {
        std::this_thread::sleep_for(delay);
        ::kill(::getpid(), SIGKILL);
    }).detach();
}

/// The keychain, until the call at which the process ends.
class DeadlyStore final : public SecretStore
{
public:
    DeadlyStore(int lastCall, std::chrono::microseconds delay)
        : m_callsLeft(lastCall)
        , m_delay(delay)
    {
        connect(&m_store, &SecretStore::settled, this, &SecretStore::settled);
    }

    void read(const QString &key, QObject *context, Answer<QByteArray> answer) override
    {
        count();
        m_store.read(key, context, std::move(answer));
    }
    void write(const QString &key, const QByteArray &value, QObject *context,
               Answer<void> answer) override
    {
        count();
        m_store.write(key, value, context, std::move(answer));
    }
    void remove(const QString &key, QObject *context, Answer<void> answer) override
    {
        count();
        m_store.remove(key, context, std::move(answer));
    }
    void list(const QString &prefix, QObject *context, Answer<QStringList> answer) override
    {
        m_store.list(prefix, context, std::move(answer));
    }
    void unlock(QObject *context, Answer<void> answer) override
    {
        m_store.unlock(context, std::move(answer));
    }
    [[nodiscard]] bool isStalled() const override { return m_store.isStalled(); }
    [[nodiscard]] QString backend() const override { return m_store.backend(); }

private:
    void count()
    {
        if (--m_callsLeft == 0)
            dieAfter(m_delay);
    }

    KeychainStore m_store;
    int m_callsLeft;
    std::chrono::microseconds m_delay;
};

/// Real keys, but at once: what is tried here is the order of the writes.
Argon2Costs cheapest()
{
    return {.memoryKiB = 8, .passes = 1, .lanes = 1};
}

/// One random change after the other.
class Worker : public QObject
{
public:
    Worker(const QStringList &arguments)
        : m_random(arguments.value(2).toUInt())
        , m_prefix(arguments.value(2))
        , m_password(arguments.value(5))
        , m_delay(arguments.value(4).toInt())
        , m_isPortable(arguments.size() > 6)
        , m_changesLeft(m_isPortable ? arguments.value(3).toInt() : 0)
        , m_vault(std::make_unique<DeadlyStore>(arguments.value(3).toInt(), m_delay),
                  m_isPortable ? *VaultPlace::portable(arguments[6], arguments[1])
                               : *VaultPlace::ofProfile(arguments.value(1)),
                  m_clock, nullptr, cheapest)
    {
    }

    void start()
    {
        m_vault.open(this, [this](const Result<void> &opened) {
            if (!opened)
                return end(opened.error());
            if (m_vault.state() != Vault::State::Locked)
                return begin();
            m_vault.unlock(bytes(m_password), this, [this](const Result<void> &unlocked) {
                if (!unlocked)
                    return end(unlocked.error());
                begin();
            });
        });
    }

private:
    /// Of a password here; "-" is none.
    static SecretBytes bytes(const QString &password)
    {
        const std::string text = password == u'-' ? std::string() : password.toStdString();
        return std::move(*SecretBytes::copyOf(text));
    }

    void begin()
    {
        say(u"ready"_s);
        change();
    }

    int below(std::size_t end)
    {
        return std::uniform_int_distribution<int>(0, int(end) - 1)(m_random);
    }

    void change()
    {
        const std::vector<AccountPtr> &all = m_vault.accounts().all();
        const int kind = all.size() < 3 ? 0 : below(5);
        const QString name = m_prefix + u'-' + QString::number(++m_made);
        if (m_isPortable && m_vault.state() == Vault::State::Empty)
            return changePassword(name); // no file without a password
        if (kind < 2)
            return add(name);
        if (kind == 4)
            return changePassword(m_isPortable || below(2) == 0 ? name : u"-"_s);
        const AccountPtr one = all[std::size_t(below(all.size()))];
        if (kind == 2)
            return edit(*one, name);
        announce(u"begin delete %1"_s.arg(one->account));
        commit([id = one->id](AccountSet &accounts) { return accounts.remove(id); });
    }

    void announce(const QString &change)
    {
        say(change);
        if (--m_changesLeft == 0)
            dieAfter(m_delay);
    }

    void add(const QString &name)
    {
        announce(u"begin add %1"_s.arg(name));
        // Now and then a long note, so that small pages fill up and are merged.
        const int noteSize = below(3) == 0 ? 3000 : 0;
        commit([name, noteSize](AccountSet &accounts) {
            Account account;
            account.id = randomId<16>();
            account.account = name;
            account.note = QString(noteSize, u'n');
            account.secret = std::move(*SecretBytes::copyOf("12345678901234567890"));
            return accounts.add(std::move(account));
        });
    }

    void edit(const Account &account, const QString &name)
    {
        announce(u"begin edit %1 %2"_s.arg(account.account, name));
        commit([id = account.id, name](AccountSet &accounts) -> Result<void> {
            const AccountPtr before = accounts.find(id);
            if (!before)
                return failure(Errc::NoSuchAccount);
            Account after = *before->copy();
            after.account = name;
            return accounts.replace(std::move(after));
        });
    }

    void changePassword(const QString &next)
    {
        if (next == m_password) // none, as before
            return change();
        announce(u"begin password "_s + next);
        m_vault.changePassword(bytes(m_password), bytes(next), this,
                               [this, next](const Result<void> &changed) {
                                   m_password = next;
                                   answered(changed);
                               });
    }

    void commit(const Vault::Change &wanted)
    {
        m_vault.commit(wanted, this,
                       [this](const Result<void> &committed) { answered(committed); });
    }

    void answered(const Result<void> &result)
    {
        if (!result)
            return end(result.error());
        say(u"done"_s);
        change();
    }

    static void end(const Error &error)
    {
        say(u"failed "_s + errcName(error.code));
        QCoreApplication::exit(1);
    }

    std::mt19937 m_random;
    QString m_prefix;
    QString m_password;
    std::chrono::microseconds m_delay;
    bool m_isPortable;
    int m_changesLeft; ///< of a portable profile, before it dies; 0: it does not
    int m_made = 0;
    SystemClock m_clock;
    Vault m_vault;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Worker worker(QCoreApplication::arguments());
    worker.start();
    return QCoreApplication::exec();
}
