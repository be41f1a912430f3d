#pragma once

#include "core/account/account_set.h"
#include "core/base/answer.h"
#include "core/base/argon2id.h"
#include "core/vault/vault_doctor.h"
#include "core/vault/vault_place.h"

#include <QObject>

#include <memory>

namespace hufu {

class SecretStore;
class SideKey;

/// The accounts of one profile, as the keychain holds them: loads them and commits changes
/// (storage.md 6 and 7). GUI thread.
///
/// The answer to a change comes when it is confirmed by reading back, or when it failed and nothing
/// changed. An answered error never overwrote anything.
class Vault : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Closed, ///< not opened yet, or the store does not answer: see problem()
        Opening,
        Empty,  ///< there is certainly no vault yet; the first commit creates it
        Locked, ///< an app password opens it; nothing of an account and no key is in memory
        Open,
        OlderState, ///< read-only: an earlier generation than the committed one (storage.md 7)
    };

    /// A change is a function of the state that it finds, since another program may have committed
    /// since; it may be called more than once. A failure drops the whole change.
    using Change = std::function<Result<void>(AccountSet &)>;

    /// How much a new app password costs to try. Called in a worker thread.
    using PasswordCosts = std::function<Argon2Costs()>;

    Vault(std::unique_ptr<SecretStore> store, VaultPlace place, const Clock &clock,
          QObject *parent = nullptr, PasswordCosts passwordCosts = calibratedPasswordCosts);
    ~Vault() override;

    /// Where the accounts of a profile are.
    enum class Storage { Keychain, File };

    /// Reads the vault. The answer's errors: KeychainLocked, KeychainMissing, KeychainDenied,
    /// KeychainStalled, KeychainFailed, VaultMissing, VaultCorrupt, VaultNewerVersion,
    /// AnotherVault, SecretMemoryFull. VaultOlderState is a success with State::OlderState. A vault
    /// that certainly does not exist is a success with State::Empty, and one under an app password
    /// whose key is not in memory with State::Locked. May be called again after a failure.
    void open(QObject *context, Answer<void> answer);

    [[nodiscard]] State state() const;
    /// Why the vault is Closed or OlderState.
    [[nodiscard]] std::optional<Error> problem() const;
    /// What is committed, as last seen. Empty unless Open or OlderState.
    [[nodiscard]] const AccountSet &accounts() const;
    /// When the shown state was written; for OlderState.
    [[nodiscard]] std::chrono::sys_seconds writtenAt() const;

    /// The key of the side files (storage.md 9), while the state is Open or OlderState; else, and
    /// for a vault whose settings are damaged, null. Borrowed: not to be kept past the present
    /// call, since a lock destroys it. It is there when stateChanged() tells of Open, and gone when
    /// it tells of Locked.
    [[nodiscard]] const SideKey *sideKey() const;

    /// Applies `change` to the newest state and commits the outcome. Changes queue in order.
    /// The answer's errors: those of open, of the change, PasswordNeeded while Locked, VaultBusy,
    /// VaultUnwritable, VaultOlderState, WriteNotConfirmed (nothing changed), LostInMidWrite,
    /// RecordTooLarge.
    void commit(Change change, QObject *context, Answer<void> answer);

    /// "Go on with it": makes the shown older state the committed one (storage.md 7).
    /// Errors: as commit.
    void acceptOlderState(QObject *context, Answer<void> answer);

    /// Opens a Locked vault; one that no password guards opens whatever the password. Of one that
    /// is open the password is not looked at. Errors: PasswordWrong; PasswordTooSoon within the
    /// delay: nothing was tried; PasswordCostTooHigh; and those of open. With these three the vault
    /// stays Locked.
    void unlock(SecretBytes password, QObject *context, Answer<void> answer);
    /// Forgets keys and accounts: the state is Locked then. What is queued before it is done first,
    /// for 5 s at most; what is under way by then is cut off, which storage.md 6 makes safe, and
    /// answers LostInMidWrite, or PasswordNeeded if it did not write. Errors: PasswordNeeded where
    /// no password is set; nothing happens.
    void lock(QObject *context, Answer<void> answer);
    /// Whether an app password is set; known once the heads were read.
    [[nodiscard]] bool hasPassword() const;
    /// Sets, changes or removes the app password (storage.md 6, "Slots").
    ///
    /// @param current  empty: none is set   @param next  empty: none from now on
    /// Errors: PasswordWrong, also for an empty `current` where one is set and the other way round;
    /// PasswordTooSoon; PasswordNeeded while Locked, and for an empty `next` where the store is a
    /// file; PasswordCostTooHigh; and those of commit.
    void changePassword(SecretBytes current, SecretBytes next, QObject *context,
                        Answer<void> answer);
    /// How long no password is tried. After 5 wrong ones 1, 2, 4 ... 60 s; 0: one is tried at once.
    [[nodiscard]] std::chrono::milliseconds untilNextTry() const;

    /// Where the accounts are, or the first ones would be: the settings say it, and another program
    /// may move them. A portable profile is always in its file.
    [[nodiscard]] Storage storage() const;
    /// "Use a password instead": makes a first vault, in a file under this password, and opens it.
    /// That is also the first step in a portable folder. Where the state is Empty and storage() is
    /// File, a commit would answer PasswordNeeded.
    /// Errors: PlaceTaken where a vault is known or anything lies there; PasswordNeeded for an
    /// empty password; FileUnreadable, FileUnwritable, and those of commit.
    void createInFile(SecretBytes password, QObject *context, Answer<void> answer);
    /// Moves the vault to the other place, or succeeds where it is there (storage.md 8). An error
    /// leaves it where it was.
    ///
    /// @param current  the present password; empty: none is set
    /// @param next     the one in the new place, perhaps the same; empty: none, in the keychain
    ///
    /// Errors: PlaceTaken where another vault lies there, and for a portable profile;
    /// PasswordNeeded while Locked, and for an empty `next` in a file; those of changePassword.
    void move(Storage to, SecretBytes current, SecretBytes next, QObject *context,
              Answer<void> answer);
    /// Whether move can do anything at all.
    [[nodiscard]] bool canMove() const;
    /// The names of what lies under our profile in the place that the settings do not name: left
    /// over from a move, never opened by itself. Errors: those of the keychain.
    void listElsewhere(QObject *context, Answer<QStringList> answer);

    /// "Unlock the keychain": lets the system ask the person. Open the vault again afterwards.
    /// Errors: KeychainLocked when the person refused, and the other Keychain codes.
    void unlockKeychain(QObject *context, Answer<void> answer);

    /// Has the doctor look at vault and store, whether this is open or not; what went wrong stands
    /// in the report. Errors: LostInMidWrite where a lock cut it off.
    void diagnose(QObject *context, Answer<VaultReport> answer);
    /// Writes what the doctor found kept to a new file. Errors: as VaultDoctor::exportKept,
    /// and as diagnose.
    void exportKept(const QString &path, QObject *context, Answer<KeptExport> answer);

signals:
    void stateChanged();
    /// accounts() is another set now: after a commit, or because another program committed.
    void accountsChanged();
    /// A commit of ours took these out of the bin, their time there being over. Not to be kept.
    void purged(const std::vector<hufu::AccountPtr> &accounts);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hufu
