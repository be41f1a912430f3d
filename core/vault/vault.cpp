#include "core/vault/vault.h"

#include "core/base/logging.h"
#include "core/vault/vault_committer.h"

#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QPointer>

#include <deque>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr auto newsDelay = 20ms; // a commit changes the folder several times

/// Failures of the store say nothing about the vault: what is shown stays right.
bool concernsTheVault(Errc code)
{
    switch (code) {
    case Errc::VaultMissing:
    case Errc::VaultCorrupt:
    case Errc::VaultNewerVersion:
    case Errc::AnotherVault:
    case Errc::PasswordNeeded:
        return true;
    default:
        return false;
    }
}

/// Hands `answer` over unless its context is gone.
template <typename T>
Answer<T> guarded(QObject *context, Answer<T> answer)
{
    return [guard = QPointer<QObject>(context), answer = std::move(answer)](Result<T> result) {
        if (guard)
            answerLater<T>(guard.data(), answer, std::move(result));
    };
}

} // namespace

/// One thing at a time: openings, commits and news wait in a queue.
class Vault::Private : public QObject
{
public:
    Private(Vault &q, std::unique_ptr<SecretStore> ownStore, VaultPlace ownPlace,
            const Clock &clock);

    void enqueue(std::function<void()> job);
    void done();
    void open(const Answer<void> &answer);
    void commit(const Change &change, const Answer<void> &answer);
    void accept(const Answer<void> &answer);
    void reload();
    void lookForNews();
    void watchFolder();

    void adopt(VaultReading reading);
    void close(const Error &error);
    void setState(State newState, std::optional<Error> newProblem);
    /// Shows what an outcome brought; a failure closes the vault only where it says so.
    void settle(CommitOutcome outcome, const Answer<void> &answer);
    void read(const std::function<void(Result<VaultReading>)> &then);

    Vault &vault;
    const std::unique_ptr<SecretStore> store;
    const VaultPlace place;
    VaultReader reader;
    VaultCommitter committer;
    VaultDoctor doctor;
    VaultStateFile stateFile;
    QFileSystemWatcher watcher;
    QTimer newsTimer;
    std::deque<std::function<void()>> jobs;
    bool busy = false;
    State state = State::Closed;
    std::optional<Error> problem;
    VaultContents contents;
};

Vault::Private::Private(Vault &q, std::unique_ptr<SecretStore> ownStore, VaultPlace ownPlace,
                        const Clock &clock)
    : vault(q)
    , store(std::move(ownStore))
    , place(std::move(ownPlace))
    , reader(*store, place, nullptr)
    , committer(*store, place, clock, nullptr)
    , doctor(*store, place, nullptr)
    , stateFile(place.dataPath)
{
    newsTimer.setSingleShot(true);
    newsTimer.setInterval(newsDelay);
    connect(&watcher, &QFileSystemWatcher::directoryChanged, &newsTimer,
            qOverload<>(&QTimer::start));
    connect(&newsTimer, &QTimer::timeout, this, &Private::lookForNews);
    connect(store.get(), &SecretStore::settled, this, [this] {
        if (state == State::Closed && problem &&
            (problem->code == Errc::LostInMidWrite || problem->code == Errc::KeychainStalled))
            enqueue([this] { open([](const Result<void> &) {}); });
    });
}

void Vault::Private::enqueue(std::function<void()> job)
{
    jobs.push_back(std::move(job));
    if (!busy)
        QMetaObject::invokeMethod(this, &Private::done, Qt::QueuedConnection);
    busy = true;
}

void Vault::Private::done()
{
    busy = !jobs.empty();
    if (!busy)
        return;
    const std::function<void()> job = std::move(jobs.front());
    jobs.pop_front();
    job();
}

/// Without the folder there is no news of other programs. One that was removed and made anew, by
/// the first commit after that, has to be watched anew.
void Vault::Private::watchFolder()
{
    if (watcher.directories().isEmpty() && QFileInfo::exists(place.dataPath))
        watcher.addPath(place.dataPath);
}

void Vault::Private::read(const std::function<void(Result<VaultReading>)> &then)
{
    if (VaultSettings::read(place.configPath).store != QLatin1String("keychain"))
        return then(failure(Errc::VaultNewerVersion, QStringLiteral("the vault lies in a file")));
    reader.read(contents, VaultReader::Lock::NotHeld, [this, then](Result<VaultReading> reading) {
        if (reading || reading.error().code != Errc::VaultBusy)
            return then(std::move(reading));
        committer.readUnderLock(contents, [then](CommitOutcome outcome) {
            if (outcome.result)
                then(std::move(*outcome.reading));
            else
                then(tl::unexpected(outcome.result.error()));
        });
    });
}

void Vault::Private::open(const Answer<void> &answer)
{
    if (stateFile.makeFolder())
        watchFolder();
    if (state == State::Closed)
        setState(State::Opening, std::nullopt);
    read([this, answer](Result<VaultReading> reading) {
        if (reading)
            adopt(std::move(*reading));
        else
            close(reading.error());
        answer(reading ? Result<void>() : tl::unexpected(reading.error()));
        done();
    });
}

void Vault::Private::commit(const Change &change, const Answer<void> &answer)
{
    if (VaultSettings::read(place.configPath).store != QLatin1String("keychain")) {
        answer(failure(Errc::VaultNewerVersion, QStringLiteral("the vault lies in a file")));
        return done();
    }
    committer.commit(change, contents,
                     [this, answer](CommitOutcome outcome) { settle(std::move(outcome), answer); });
}

void Vault::Private::accept(const Answer<void> &answer)
{
    committer.acceptOlder(
        contents, [this, answer](CommitOutcome outcome) { settle(std::move(outcome), answer); });
}

void Vault::Private::settle(CommitOutcome outcome, const Answer<void> &answer)
{
    watchFolder();
    const bool failed = !outcome.result;
    if (failed && outcome.result.error().code == Errc::LostInMidWrite)
        close(outcome.result.error());
    else if (outcome.reading)
        adopt(std::move(*outcome.reading));
    else if (failed && (concernsTheVault(outcome.result.error().code) || state == State::Opening))
        close(outcome.result.error());
    answer(std::move(outcome.result));
    done();
}

void Vault::Private::reload()
{
    read([this](Result<VaultReading> reading) {
        if (reading)
            adopt(std::move(*reading));
        else if (concernsTheVault(reading.error().code))
            close(reading.error());
        else
            qCWarning(logVault) << "news not read:" << errcName(reading.error().code);
        done();
    });
}

void Vault::Private::lookForNews()
{
    if (state != State::Open && state != State::Empty && state != State::OlderState)
        return;
    if (busy)
        return newsTimer.start(); // what is under way may bring it
    const std::optional<VaultState> file = stateFile.read();
    // A vault.state that went away may have gone with all the rest (`profile remove`).
    const bool isGone = !file && contents.generation > 0;
    if (isGone || (file && file->committed != contents.generation))
        enqueue([this] { reload(); });
}

void Vault::Private::adopt(VaultReading reading)
{
    const bool changed = reading.contents.generation != contents.generation ||
                         reading.contents.headDigest != contents.headDigest;
    const bool older = reading.verdict.kind == Verdict::Kind::Older;
    const bool found = reading.verdict.kind != Verdict::Kind::NotFound;
    contents = std::move(reading.contents);
    if (found && !older) {
        VaultSettings settings = VaultSettings::read(place.configPath);
        if (!settings.id) { // a vault that the settings do not know yet is adopted (storage.md 1)
            settings.id = contents.identity->vault;
            settings.backend = store->backend();
            if (const Result<void> written = settings.write(place.configPath); !written)
                qCWarning(logVault) << "settings:" << errcName(written.error().code);
        }
    }
    setState(!found  ? State::Empty
             : older ? State::OlderState
                     : State::Open,
             older ? std::optional(Error{Errc::VaultOlderState, {}}) : std::nullopt);
    if (changed)
        emit vault.accountsChanged();
}

void Vault::Private::close(const Error &error)
{
    const bool had = contents.accounts.size() > 0;
    contents = {};
    setState(State::Closed, error);
    if (had)
        emit vault.accountsChanged();
}

void Vault::Private::setState(State newState, std::optional<Error> newProblem)
{
    if (state == newState && problem == newProblem)
        return;
    state = newState;
    problem = std::move(newProblem);
    emit vault.stateChanged();
}

Vault::Vault(std::unique_ptr<SecretStore> store, VaultPlace place, const Clock &clock,
             QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(store), std::move(place), clock))
{
}

Vault::~Vault() = default;

void Vault::open(QObject *context, Answer<void> answer)
{
    d->enqueue([this, answer = guarded(context, std::move(answer))] { d->open(answer); });
}

Vault::State Vault::state() const
{
    return d->state;
}

std::optional<Error> Vault::problem() const
{
    return d->problem;
}

const AccountSet &Vault::accounts() const
{
    return d->contents.accounts;
}

std::chrono::sys_seconds Vault::writtenAt() const
{
    return d->contents.body ? d->contents.body->written : std::chrono::sys_seconds();
}

void Vault::commit(Change change, QObject *context, Answer<void> answer)
{
    d->enqueue([this, change = std::move(change), answer = guarded(context, std::move(answer))] {
        d->commit(change, answer);
    });
}

void Vault::acceptOlderState(QObject *context, Answer<void> answer)
{
    d->enqueue([this, answer = guarded(context, std::move(answer))] { d->accept(answer); });
}

void Vault::diagnose(QObject *context, Answer<VaultReport> answer)
{
    d->enqueue([this, answer = guarded(context, std::move(answer))] {
        d->doctor.examine(d->contents, [this, answer](Result<VaultReport> report) {
            answer(std::move(report));
            d->done();
        });
    });
}

void Vault::exportKept(const QString &path, QObject *context, Answer<KeptExport> answer)
{
    d->enqueue([this, path, answer = guarded(context, std::move(answer))] {
        d->doctor.exportKept(d->contents, path, [this, answer](Result<KeptExport> written) {
            answer(std::move(written));
            d->done();
        });
    });
}

void Vault::unlockKeychain(QObject *context, Answer<void> answer)
{
    d->store->unlock(context, std::move(answer));
}

} // namespace hufu
