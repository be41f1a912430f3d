// What the vault costs on a real keychain: one step, and its figures as lines "name value".
//
//   vault_cost PROFILE bulk COUNT [bound]   one change that adds so many accounts
//   vault_cost PROFILE load                 opens the vault
//   vault_cost PROFILE single COUNT         opens it, then adds so many, each in a commit of its
//   own
//
// tests/bench/vault_cost.py runs the steps and says what they may cost.

#include "core/base/hardening.h"
#include "core/vault/keychain_store.h"
#include "core/vault/profile_removal.h"
#include "core/vault/vault.h"

#include <QCoreApplication>
#include <QEvent>
#include <QEventLoop>
#include <QFile>

#include <cstdio>
#include <ctime>

using namespace hufu;

namespace {

/// The keychain, with its writes counted.
class CountedStore final : public SecretStore
{
public:
    CountedStore() { connect(&m_store, &SecretStore::settled, this, &SecretStore::settled); }

    void read(const QString &key, QObject *context, Answer<QByteArray> answer) override
    {
        m_store.read(key, context, std::move(answer));
    }
    void write(const QString &key, const QByteArray &value, QObject *context,
               Answer<void> answer) override
    {
        ++m_writes;
        m_store.write(key, value, context, std::move(answer));
    }
    void remove(const QString &key, QObject *context, Answer<void> answer) override
    {
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

    [[nodiscard]] int jobs() const { return m_store.jobs(); }
    [[nodiscard]] int writes() const { return m_writes; }

private:
    KeychainStore m_store;
    int m_writes = 0;
};

/// Milliseconds of CPU that this process has used, in all its threads.
double cpu()
{
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return double(used.tv_sec) * 1e3 + double(used.tv_nsec) / 1e6;
}

/// Kilobytes of a line of /proc/self/status.
double resident(const QByteArray &line)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &text : status.readAll().split('\n')) {
        if (text.startsWith(line))
            return text.mid(line.size()).simplified().split(' ').front().toDouble();
    }
    return 0;
}

void say(const char *name, double value)
{
    std::printf("%s %.3f\n", name, value);
}

Account sample(int number, bool bound)
{
    Account account;
    account.id = randomId<16>();
    account.issuer = QStringLiteral("Company %1").arg(number);
    account.account = QStringLiteral("alice%1@example.com").arg(number);
    account.secret = std::move(*SecretBytes::ofSize(20));
    (void)fillRandom(account.secret.mutableView());
    account.created = account.changed = std::chrono::sys_seconds(std::chrono::seconds(1));
    if (bound) {
        Binding binding;
        binding.api = "https://auth" + std::to_string(number) + ".example.com/v1";
        binding.appId = "portal";
        binding.uid = "a1b2c3d4-0000-4000-8000-" + std::to_string(100'000'000'000 + number);
        binding.deviceId = randomId<16>();
        binding.pins = {randomId<32>()};
        account.binding = std::move(binding);
    }
    return account;
}

/// A vault on the keychain, with calls that wait.
class Program
{
public:
    explicit Program(const QString &profile)
        : m_store(new CountedStore)
        , m_vault(std::unique_ptr<SecretStore>(m_store), *VaultPlace::ofProfile(profile), m_clock)
    {
    }
    void open()
    {
        wait([this](const Answer<void> &answer) { m_vault.open(&m_vault, answer); });
    }
    void commit(const Vault::Change &change)
    {
        wait([&](const Answer<void> &answer) { m_vault.commit(change, &m_vault, answer); });
    }
    static void remove(const QString &profile)
    {
        KeychainStore store;
        wait([&](const Answer<void> &answer) {
            removeProfile(store, *VaultPlace::ofProfile(profile), &store,
                          [answer](const Result<int> &removed) {
                              answer(removed ? Result<void>() : tl::unexpected(removed.error()));
                          });
        });
    }
    [[nodiscard]] const CountedStore &store() const { return *m_store; }
    [[nodiscard]] const AccountSet &accounts() const { return m_vault.accounts(); }

private:
    static void wait(const std::function<void(Answer<void>)> &call)
    {
        QEventLoop loop;
        call([&loop](const Result<void> &result) {
            if (!result)
                qFatal("%s", qPrintable(errcName(result.error().code)));
            loop.quit();
        });
        loop.exec();
    }

    SystemClock m_clock;
    CountedStore *m_store; ///< owned by the vault
    Vault m_vault;
};

void bulk(Program &program, int count, bool bound)
{
    program.open();
    std::vector<Account> accounts; // making them is not the vault's work
    accounts.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i)
        accounts.push_back(sample(i, bound));
    const double before = cpu();
    const int jobs = program.store().jobs();
    program.commit([&accounts](AccountSet &set) -> Result<void> {
        for (Account &account : accounts) {
            if (const Result<void> added = set.add(std::move(account)); !added)
                return added;
        }
        return {};
    });
    say("cpu_ms", cpu() - before);
    say("calls", program.store().jobs() - jobs);
}

void load(Program &program)
{
    const double before = cpu();
    const double memory = resident("VmRSS:");
    program.open();
    say("cpu_ms", cpu() - before);
    for (int i = 0; i < 20; ++i) // the jobs delete themselves, with the texts that they read
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    say("calls", program.store().jobs());
    say("accounts", double(program.accounts().size()));
    say("resident_before_kb", memory);
    say("resident_kb", resident("VmRSS:"));
    say("peak_kb", resident("VmHWM:"));
}

void single(Program &program, int count)
{
    program.open();
    const auto &all = program.accounts().all();
    const bool bound = !all.empty() && all.front()->binding.has_value();
    for (int i = 0; i < count; ++i) {
        const double before = cpu();
        const int jobs = program.store().jobs();
        const int writes = program.store().writes();
        program.commit([i, bound](AccountSet &set) { return set.add(sample(20'000 + i, bound)); });
        say("add_cpu_ms", cpu() - before);
        say("add_calls", program.store().jobs() - jobs);
        say("add_writes", program.store().writes() - writes);
    }
}

} // namespace

int main(int argc, char **argv)
{
    returnLargeBlocks(); // as hufu does
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString step = arguments.value(2);
    const int count = arguments.value(3).toInt();
    if (step == u"remove") {
        Program::remove(arguments.value(1));
        return 0;
    }
    Program program(arguments.value(1));
    if (step == u"bulk")
        bulk(program, count, arguments.value(4) == u"bound");
    else if (step == u"load")
        load(program);
    else if (step == u"single")
        single(program, count);
    else
        return 2;
    return 0;
}
