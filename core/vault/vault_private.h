#pragma once

#include "core/vault/job_queue.h"
#include "core/vault/side_key.h"
#include "core/vault/try_delay.h"
#include "core/vault/vault.h"
#include "core/vault/vault_mover.h"

#include <QFileSystemWatcher>
#include <QPointer>

namespace hufu {

/// One thing at a time: openings, commits, locks and news wait in a queue.
class Vault::Private : public QObject
{
public:
    using Given = std::shared_ptr<SecretBytes>; ///< a password on its way to its job

    Private(Vault &q, std::unique_ptr<SecretStore> keychain, VaultPlace ownPlace,
            const Clock &clock, PasswordCosts costs);

    /// Hands `answer` over unless its context is gone.
    template <typename T>
    [[nodiscard]] static Answer<T> guarded(QObject *context, Answer<T> answer)
    {
        return [guard = QPointer<QObject>(context), answer = std::move(answer)](Result<T> result) {
            if (guard)
                answerLater<T>(guard.data(), answer, std::move(result));
        };
    }

    // Jobs; each ends with queue.conclude().
    void open();
    void unlock(const Given &password);
    void lock();
    void commit(const Change &change);
    void accept();
    void changePassword(const Given &current, const Given &next);
    void reload();
    void createInFile(const Given &password);
    void move(Storage to, const Given &current, const Given &next);

    void watchFolder();
    void lookForNews();
    void cutOff();
    /// Reads the newest state, since another program may have changed the password, and goes on
    /// where that can be changed.
    void readBeforeSlots(const std::function<void()> &then);
    /// Tries the current password and derives the key of the next one; concludes with what fails.
    void prepareSlots(const Given &current, const Given &next,
                      const std::function<void(SlotChange)> &then);
    void makeInFile(const Given &password);
    void chooseStorage(Storage storage);
    void takeReading(Result<VaultReading> reading);
    /// Shows what a reading brought, whether the job goes on or not.
    void show(Result<VaultReading> reading);
    /// Does the second commit of a change of slots that was cut off before it, then concludes.
    void settleSlots();
    /// Shows what an outcome brought; a failure closes the vault only where it says so.
    void settle(CommitOutcome outcome);
    void take(CommitOutcome &outcome);

    /// A job of the doctor's, whose answer is `reply`, also where a lock cuts it off.
    template <typename T>
    void examine(const Answer<T> &reply, const std::function<void(Answer<T>)> &run)
    {
        const auto take = [this, reply](Result<T> result) {
            reply(std::move(result));
            queue.conclude({});
        };
        const auto ifCutOff = [reply](const Result<void> &result) {
            if (!result)
                reply(tl::unexpected(result.error()));
        };
        queue.add({[run, take] { run(take); }, ifCutOff});
    }

    void adopt(VaultReading reading);
    void takeSideKey();
    void close(const Error &error);
    void forget(State newState, std::optional<Error> newProblem);
    void setState(State newState, std::optional<Error> newProblem);
    void read(std::shared_ptr<PasswordTry> passwordTry,
              const std::function<void(Result<VaultReading>)> &then);
    [[nodiscard]] bool isReadable() const
    {
        return state == State::Open || state == State::Empty || state == State::OlderState;
    }
    [[nodiscard]] bool liesInFile() const { return store->namesFile(); }

    Vault &vault;
    const std::unique_ptr<ChosenStore> store;
    const VaultPlace place;
    const PasswordCosts passwordCosts;
    std::unique_ptr<VaultReader> reader;
    VaultCommitter committer;
    VaultMover mover;
    std::unique_ptr<VaultDoctor> doctor;
    VaultStateFile stateFile;
    QFileSystemWatcher watcher;
    QTimer newsTimer;
    QTimer lockTimer;
    std::unique_ptr<QObject> derivation = std::make_unique<QObject>(); ///< context of the workers
    JobQueue queue;
    TryDelay delay;
    State state = State::Closed;
    std::optional<Error> problem;
    VaultContents contents;
    std::optional<SideKey> sideKey; ///< of contents
    bool underPassword = false;
    bool slotsDiffer = false;
};

} // namespace hufu
