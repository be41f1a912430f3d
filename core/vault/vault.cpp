#include "core/vault/vault_private.h"

#include "core/base/logging.h"

#include <QFileInfo>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr auto newsDelay = 20ms;  // a commit changes the folder several times
constexpr auto lockPatience = 5s; // contracts.md 7

/// Failures of the store say nothing about the vault: what is shown stays right.
bool concernsTheVault(Errc code)
{
    switch (code) {
    case Errc::VaultMissing:
    case Errc::VaultCorrupt:
    case Errc::VaultNewerVersion:
    case Errc::AnotherVault:
        return true;
    default:
        return false;
    }
}

/// The vault stays locked with these.
bool isAboutThePassword(Errc code)
{
    return code == Errc::PasswordWrong || code == Errc::PasswordNeeded ||
           code == Errc::PasswordCostTooHigh;
}

} // namespace

Vault::Private::Private(Vault &q, std::unique_ptr<SecretStore> keychain, VaultPlace ownPlace,
                        const Clock &clock, PasswordCosts costs)
    : vault(q)
    , store(std::make_unique<ChosenStore>(std::move(keychain), ownPlace))
    , place(std::move(ownPlace))
    , passwordCosts(std::move(costs))
    , reader(std::make_unique<VaultReader>(*store, place, nullptr))
    , committer(*store, place, clock, nullptr)
    , mover(*store, place, clock, nullptr)
    , doctor(std::make_unique<VaultDoctor>(*store, place, nullptr))
    , stateFile(place.dataPath)
    , delay(clock)
{
    newsTimer.setSingleShot(true);
    newsTimer.setInterval(newsDelay);
    lockTimer.setSingleShot(true);
    lockTimer.setInterval(lockPatience);
    connect(&watcher, &QFileSystemWatcher::directoryChanged, &newsTimer,
            qOverload<>(&QTimer::start));
    connect(&newsTimer, &QTimer::timeout, this, &Private::lookForNews);
    connect(&lockTimer, &QTimer::timeout, this, &Private::cutOff);
    connect(store.get(), &SecretStore::settled, this, [this] {
        if (state == State::Closed && problem &&
            (problem->code == Errc::LostInMidWrite || problem->code == Errc::KeychainStalled))
            queue.add({[this] { open(); }, {}});
    });
}

void Vault::Private::read(std::shared_ptr<PasswordTry> passwordTry,
                          const std::function<void(Result<VaultReading>)> &then)
{
    const auto lastTry = [this, passwordTry, then](Result<VaultReading> reading) {
        if (reading || reading.error().code != Errc::VaultBusy)
            return then(std::move(reading));
        committer.readUnderLock(contents, passwordTry, [then](CommitOutcome outcome) {
            if (outcome.result)
                then(std::move(*outcome.reading));
            else
                then(tl::unexpected(outcome.result.error()));
        });
    };
    reader->read(contents, VaultReader::Lock::NotHeld, passwordTry, lastTry);
}

void Vault::Private::watchFolder()
{
    // Without the folder there is no news of other programs. One that was removed and made anew, by
    // the first commit after that, has to be watched anew.
    if (watcher.directories().isEmpty() && QFileInfo::exists(place.dataPath))
        watcher.addPath(place.dataPath);
}

void Vault::Private::open()
{
    if (stateFile.makeFolder())
        watchFolder();
    if (state == State::Closed)
        setState(State::Opening, std::nullopt);
    read(nullptr, [this](Result<VaultReading> reading) { takeReading(std::move(reading)); });
}

void Vault::Private::unlock(const Given &password)
{
    if (isReadable())
        return queue.conclude({});
    if (delay.untilNextTry() > 0ms)
        return queue.conclude(failure(Errc::PasswordTooSoon));
    if (stateFile.makeFolder())
        watchFolder();
    const auto passwordTry = std::make_shared<PasswordTry>();
    passwordTry->password = std::move(*password);
    read(passwordTry, [this, passwordTry](Result<VaultReading> reading) {
        if (!passwordTry->keys.empty())
            delay.right();
        if (reading || !isAboutThePassword(reading.error().code))
            return takeReading(std::move(reading));
        if (reading.error().code == Errc::PasswordWrong)
            delay.wrong();
        forget(State::Locked, std::nullopt);
        queue.conclude(tl::unexpected(reading.error()));
    });
}

void Vault::Private::lock()
{
    lockTimer.stop();
    if (!underPassword)
        return queue.conclude(failure(Errc::PasswordNeeded));
    if (isReadable())
        forget(State::Locked, std::nullopt);
    queue.conclude({});
}

/// The person wants the vault locked, and what is under way takes too long.
void Vault::Private::cutOff()
{
    if (!underPassword)
        return;
    reader = std::make_unique<VaultReader>(*store, place, nullptr);
    doctor = std::make_unique<VaultDoctor>(*store, place, nullptr); // it holds accounts
    derivation = std::make_unique<QObject>();
    const bool wrote = committer.isAtWork() || mover.isAtWork();
    committer.cutOff();
    mover.cutOff();
    forget(State::Locked, std::nullopt);
    queue.interrupt({wrote ? Errc::LostInMidWrite : Errc::PasswordNeeded, {}});
}

void Vault::Private::takeReading(Result<VaultReading> reading)
{
    if (reading) {
        adopt(std::move(*reading));
        return settleSlots();
    }
    if (reading.error().code == Errc::PasswordNeeded) {
        forget(State::Locked, std::nullopt);
        return queue.conclude({});
    }
    close(reading.error());
    queue.conclude(tl::unexpected(reading.error()));
}

void Vault::Private::settleSlots()
{
    if (!slotsDiffer || state != State::Open)
        return queue.conclude({});
    committer.settleSlots(contents, [this](CommitOutcome outcome) {
        take(outcome);
        const bool lost = !outcome.result && outcome.result.error().code == Errc::LostInMidWrite;
        if (!outcome.result)
            qCWarning(logVault) << "an old slot is left:" << errcName(outcome.result.error().code);
        // What was asked for has been done; the next commit overwrites the old slot as well.
        queue.conclude(lost ? std::move(outcome.result) : Result<void>());
    });
}

void Vault::Private::commit(const Change &change)
{
    if (state == State::Locked)
        return queue.conclude(failure(Errc::PasswordNeeded));
    committer.commit(change, contents,
                     [this](CommitOutcome outcome) { settle(std::move(outcome)); });
}

void Vault::Private::accept()
{
    if (state == State::Locked)
        return queue.conclude(failure(Errc::PasswordNeeded));
    committer.acceptOlder(contents, [this](CommitOutcome outcome) { settle(std::move(outcome)); });
}

void Vault::Private::changePassword(const Given &current, const Given &next)
{
    if (state == State::Locked || (next->empty() && liesInFile()))
        return queue.conclude(failure(Errc::PasswordNeeded));
    if (!current->empty() && delay.untilNextTry() > 0ms)
        return queue.conclude(failure(Errc::PasswordTooSoon));
    readBeforeSlots([this, current, next] {
        if (current->empty() && next->empty() && !underPassword)
            return settleSlots();
        prepareSlots(current, next, [this](SlotChange change) {
            committer.changeSlots(std::move(change), contents,
                                  [this](CommitOutcome outcome) { settle(std::move(outcome)); });
        });
    });
}

void Vault::Private::readBeforeSlots(const std::function<void()> &then)
{
    read(nullptr, [this, then](Result<VaultReading> reading) {
        if (!reading && reading.error().code == Errc::PasswordNeeded) {
            forget(State::Locked, std::nullopt);
            return queue.conclude(tl::unexpected(reading.error()));
        }
        if (!reading && !concernsTheVault(reading.error().code))
            return queue.conclude(tl::unexpected(reading.error()));
        if (!reading)
            return takeReading(std::move(reading));
        adopt(std::move(*reading));
        if (state == State::OlderState)
            return queue.conclude(failure(Errc::VaultOlderState));
        then();
    });
}

void Vault::Private::prepareSlots(const Given &current, const Given &next,
                                  const std::function<void(SlotChange)> &then)
{
    const bool tries = !current->empty() && underPassword;
    const auto take = [this, tries, then](Result<SlotChange> change) {
        if (tries && !change && change.error().code == Errc::PasswordWrong)
            delay.wrong();
        if (!change)
            return queue.conclude(tl::unexpected(change.error()));
        if (tries)
            delay.right();
        then(std::move(*change));
    };
    prepareSlotChange(derivation.get(), contents.identity.get(), std::move(*current),
                      std::move(*next), passwordCosts, take);
}

void Vault::Private::take(CommitOutcome &outcome)
{
    watchFolder();
    const bool failed = !outcome.result;
    if (failed && outcome.result.error().code == Errc::LostInMidWrite)
        close(outcome.result.error());
    else if (outcome.reading)
        adopt(std::move(*outcome.reading));
    else if (failed && outcome.result.error().code == Errc::PasswordNeeded)
        forget(State::Locked, std::nullopt);
    else if (failed && (concernsTheVault(outcome.result.error().code) || state == State::Opening))
        close(outcome.result.error());
}

void Vault::Private::settle(CommitOutcome outcome)
{
    take(outcome);
    if (!outcome.purged.empty())
        emit vault.purged(outcome.purged);
    if (outcome.result && slotsDiffer)
        return settleSlots();
    queue.conclude(std::move(outcome.result));
}

void Vault::Private::reload()
{
    if (!isReadable()) // locked meanwhile
        return queue.conclude({});
    read(nullptr, [this](Result<VaultReading> reading) {
        if (reading || reading.error().code == Errc::PasswordNeeded ||
            concernsTheVault(reading.error().code))
            return takeReading(std::move(reading));
        qCWarning(logVault) << "news not read:" << errcName(reading.error().code);
        queue.conclude({});
    });
}

void Vault::Private::lookForNews()
{
    if (!isReadable())
        return;
    if (queue.isBusy())
        return newsTimer.start(); // what is under way may bring it
    const std::optional<VaultState> file = stateFile.read();
    // A vault.state that went away may have gone with all the rest (`profile remove`).
    const bool isGone = !file && contents.generation > 0;
    if (isGone || (file && file->committed != contents.generation))
        queue.add({[this] { reload(); }, {}});
}

void Vault::Private::adopt(VaultReading reading)
{
    const bool changed = reading.contents.generation != contents.generation ||
                         reading.contents.headDigest != contents.headDigest;
    const bool older = reading.verdict.kind == Verdict::Kind::Older;
    const bool found = reading.verdict.kind != Verdict::Kind::NotFound;
    contents = std::move(reading.contents);
    takeSideKey();
    slotsDiffer = reading.slotsDiffer;
    underPassword = found && isUnderPassword(*contents.identity);
    if (found && !older) {
        VaultSettings settings = VaultSettings::read(place.configPath);
        if (!settings.id) { // a vault that the settings do not know yet is adopted (storage.md 1)
            settings.id = contents.identity->vault;
            settings.store = liesInFile() ? VaultSettings::inFile : VaultSettings::inKeychain;
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

void Vault::Private::takeSideKey()
{
    sideKey.reset();
    if (contents.generation == 0)
        return;
    Result<SecretBytes> key = sideFileKeyIn(contents.pages);
    if (key)
        sideKey.emplace(std::move(*key), contents.identity->vault);
    else
        qCWarning(logVault) << "no side files:" << errcName(key.error().code);
}

void Vault::Private::close(const Error &error)
{
    forget(State::Closed, error);
}

/// Nothing of an account and no key stays.
void Vault::Private::forget(State newState, std::optional<Error> newProblem)
{
    const bool had = contents.accounts.size() > 0;
    contents = {};
    sideKey.reset();
    underPassword = underPassword || newState == State::Locked;
    setState(newState, std::move(newProblem));
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
             QObject *parent, PasswordCosts passwordCosts)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(store), std::move(place), clock,
                                  std::move(passwordCosts)))
{
}

Vault::~Vault() = default;

void Vault::open(QObject *context, Answer<void> answer)
{
    d->queue.add({[this] { d->open(); }, Private::guarded(context, std::move(answer))});
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

const SideKey *Vault::sideKey() const
{
    return d->sideKey ? &*d->sideKey : nullptr;
}

void Vault::commit(Change change, QObject *context, Answer<void> answer)
{
    d->queue.add({[this, change = std::move(change)] { d->commit(change); },
                  Private::guarded(context, std::move(answer))});
}

void Vault::acceptOlderState(QObject *context, Answer<void> answer)
{
    d->queue.add({[this] { d->accept(); }, Private::guarded(context, std::move(answer))});
}

void Vault::unlock(SecretBytes password, QObject *context, Answer<void> answer)
{
    const auto given = std::make_shared<SecretBytes>(std::move(password));
    d->queue.add(
        {[this, given] { d->unlock(given); }, Private::guarded(context, std::move(answer))});
}

void Vault::lock(QObject *context, Answer<void> answer)
{
    if (d->queue.isBusy() && !d->lockTimer.isActive())
        d->lockTimer.start();
    d->queue.add({[this] { d->lock(); }, Private::guarded(context, std::move(answer))});
}

bool Vault::hasPassword() const
{
    return d->underPassword;
}

void Vault::changePassword(SecretBytes current, SecretBytes next, QObject *context,
                           Answer<void> answer)
{
    const auto old = std::make_shared<SecretBytes>(std::move(current));
    const auto wanted = std::make_shared<SecretBytes>(std::move(next));
    d->queue.add({[this, old, wanted] { d->changePassword(old, wanted); },
                  Private::guarded(context, std::move(answer))});
}

std::chrono::milliseconds Vault::untilNextTry() const
{
    return d->delay.untilNextTry();
}

void Vault::diagnose(QObject *context, Answer<VaultReport> answer)
{
    const Answer<VaultReport> reply = Private::guarded(context, std::move(answer));
    d->examine<VaultReport>(
        reply, [this](const Answer<VaultReport> &then) { d->doctor->examine(d->contents, then); });
}

void Vault::exportKept(const QString &path, QObject *context, Answer<KeptExport> answer)
{
    const Answer<KeptExport> reply = Private::guarded(context, std::move(answer));
    d->examine<KeptExport>(reply, [this, path](const Answer<KeptExport> &then) {
        d->doctor->exportKept(d->contents, path, then);
    });
}

void Vault::unlockKeychain(QObject *context, Answer<void> answer)
{
    d->store->unlock(context, std::move(answer));
}

} // namespace hufu
