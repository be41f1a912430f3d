// Where the vault lies: a first one in a file, and moving between keychain and file (storage.md 8).

#include "core/base/logging.h"
#include "core/vault/vault_private.h"

namespace hufu {
namespace {

using namespace std::chrono_literals;

bool isAboutTheKeychain(Errc code)
{
    switch (code) {
    case Errc::KeychainLocked:
    case Errc::KeychainMissing:
    case Errc::KeychainDenied:
    case Errc::KeychainStalled:
    case Errc::KeychainFailed:
        return true;
    default:
        return false;
    }
}

} // namespace

void Vault::Private::createInFile(const Given &password)
{
    if (password->empty())
        return queue.conclude(failure(Errc::PasswordNeeded));
    if (state == State::Closed && !problem) { // not opened yet, so nothing is known of the keychain
        read(nullptr, [this, password](Result<VaultReading> reading) {
            show(std::move(reading));
            createInFile(password);
        });
        return;
    }
    // A keychain that does not answer may hold a vault: then the settings or vault.state know it.
    const std::optional<VaultState> counted = stateFile.read();
    const bool isKnown =
        VaultSettings::read(place.configPath).id || (counted && counted->committed);
    const bool mayCreate =
        state == State::Empty || (state == State::Closed && isAboutTheKeychain(problem->code));
    if (state == State::Closed && problem->code == Errc::FileUnreadable)
        return queue.conclude(tl::unexpected(*problem));
    if (isKnown || !mayCreate)
        return queue.conclude(failure(Errc::PlaceTaken));
    store->file().list(place.entryKey(QString()), this,
                       [this, password](const Result<QStringList> &found) {
                           const bool isFree = found && found->isEmpty();
                           if (isFree)
                               return makeInFile(password);
                           if (!found && found.error().code == Errc::FileUnreadable)
                               return queue.conclude(tl::unexpected(found.error()));
                           queue.conclude(failure(Errc::PlaceTaken));
                       });
}

void Vault::Private::show(Result<VaultReading> reading)
{
    if (reading)
        adopt(std::move(*reading));
    else if (reading.error().code == Errc::PasswordNeeded)
        forget(State::Locked, std::nullopt);
    else
        close(reading.error());
}

/// The settings name the file first: a vault that they do not know would not be found again.
void Vault::Private::makeInFile(const Given &password)
{
    const VaultSettings before = VaultSettings::read(place.configPath);
    VaultSettings settings = before;
    settings.store = VaultSettings::inFile;
    settings.backend = store->file().backend();
    if (const Result<void> written = settings.write(place.configPath); !written)
        return queue.conclude(written);
    const auto goBack = [this, before](const Error &error) {
        if (const Result<void> written = before.write(place.configPath); !written)
            qCWarning(logVault) << "settings:" << errcName(written.error().code);
        read(nullptr, [this, error](Result<VaultReading> reading) {
            show(std::move(reading));
            queue.conclude(tl::unexpected(error));
        });
    };
    read(nullptr, [this, password, goBack](Result<VaultReading> reading) {
        if (!reading || reading->verdict.kind != Verdict::Kind::NotFound)
            return goBack(reading ? Error{Errc::PlaceTaken, {}} : reading.error());
        adopt(std::move(*reading));
        const auto take = [this, goBack](Result<SlotChange> change) {
            if (!change)
                return goBack(change.error());
            committer.changeSlots(std::move(*change), contents,
                                  [this, goBack](CommitOutcome outcome) {
                                      if (outcome.result)
                                          return settle(std::move(outcome));
                                      goBack(outcome.result.error());
                                  });
        };
        prepareSlotChange(derivation.get(), nullptr, SecretBytes(), std::move(*password),
                          passwordCosts, take);
    });
}

void Vault::Private::move(Storage to, const Given &current, const Given &next)
{
    if (state == State::Locked || (next->empty() && to == Storage::File))
        return queue.conclude(failure(Errc::PasswordNeeded));
    if (liesInFile() == (to == Storage::File))
        return queue.conclude({});
    if (place.isPortable)
        return queue.conclude(
            failure(Errc::PlaceTaken, QStringLiteral("a portable profile stays in its folder")));
    if (!current->empty() && delay.untilNextTry() > 0ms)
        return queue.conclude(failure(Errc::PasswordTooSoon));
    readBeforeSlots([this, to, current, next] {
        if (state == State::Empty && to == Storage::File)
            return createInFile(next);
        if (state == State::Empty)
            return chooseStorage(to);
        prepareSlots(current, next, [this, to](SlotChange change) {
            mover.move(to == Storage::File ? VaultMover::To::File : VaultMover::To::Keychain,
                       std::move(change), contents,
                       [this](CommitOutcome outcome) { settle(std::move(outcome)); });
        });
    });
}

/// There is nothing to move yet: the first account goes there.
void Vault::Private::chooseStorage(Storage storage)
{
    VaultSettings settings = VaultSettings::read(place.configPath);
    settings.store = storage == Storage::File ? VaultSettings::inFile : VaultSettings::inKeychain;
    if (const Result<void> written = settings.write(place.configPath); !written)
        return queue.conclude(written);
    open();
}

Vault::Storage Vault::storage() const
{
    return d->liesInFile() ? Storage::File : Storage::Keychain;
}

bool Vault::canMove() const
{
    return !d->place.isPortable;
}

void Vault::createInFile(SecretBytes password, QObject *context, Answer<void> answer)
{
    const auto given = std::make_shared<SecretBytes>(std::move(password));
    d->queue.add(
        {[this, given] { d->createInFile(given); }, Private::guarded(context, std::move(answer))});
}

void Vault::move(Storage to, SecretBytes current, SecretBytes next, QObject *context,
                 Answer<void> answer)
{
    const auto old = std::make_shared<SecretBytes>(std::move(current));
    const auto wanted = std::make_shared<SecretBytes>(std::move(next));
    d->queue.add({[this, to, old, wanted] { d->move(to, old, wanted); },
                  Private::guarded(context, std::move(answer))});
}

void Vault::listElsewhere(QObject *context, Answer<QStringList> answer)
{
    if (d->place.isPortable) // the keychain's entries are those of a profile that is not portable
        return answerLater<QStringList>(context, std::move(answer), QStringList());
    if (d->liesInFile())
        return d->store->keychain().list(d->place.entryKey(QString()), context, std::move(answer));
    answerLater<QStringList>(context, std::move(answer), d->place.vaultFiles());
}

} // namespace hufu
