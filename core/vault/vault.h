#pragma once

#include "core/account/account_set.h"
#include "core/base/answer.h"
#include "core/vault/vault_doctor.h"
#include "core/vault/vault_place.h"

#include <QObject>

#include <memory>

namespace hufu {

class SecretStore;

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
        Empty, ///< there is certainly no vault yet; the first commit creates it
        Open,
        OlderState, ///< read-only: an earlier generation than the committed one (storage.md 7)
    };

    /// A change is a function of the state that it finds, since another program may have committed
    /// since; it may be called more than once. A failure drops the whole change.
    using Change = std::function<Result<void>(AccountSet &)>;

    Vault(std::unique_ptr<SecretStore> store, VaultPlace place, const Clock &clock,
          QObject *parent = nullptr);
    ~Vault() override;

    /// Reads the vault. The answer's errors: KeychainLocked, KeychainMissing, KeychainDenied,
    /// KeychainStalled, KeychainFailed, VaultMissing, VaultCorrupt, VaultNewerVersion,
    /// AnotherVault, PasswordNeeded, SecretMemoryFull. VaultOlderState is a success with
    /// State::OlderState. A vault that certainly does not exist is a success with State::Empty. May
    /// be called again after a failure.
    void open(QObject *context, Answer<void> answer);

    [[nodiscard]] State state() const;
    /// Why the vault is Closed or OlderState.
    [[nodiscard]] std::optional<Error> problem() const;
    /// What is committed, as last seen. Empty unless Open or OlderState.
    [[nodiscard]] const AccountSet &accounts() const;
    /// When the shown state was written; for OlderState.
    [[nodiscard]] std::chrono::sys_seconds writtenAt() const;

    /// Applies `change` to the newest state and commits the outcome. Changes queue in order.
    /// The answer's errors: those of open, of the change, VaultBusy, VaultUnwritable,
    /// VaultOlderState, WriteNotConfirmed (nothing changed), LostInMidWrite, RecordTooLarge.
    void commit(Change change, QObject *context, Answer<void> answer);

    /// "Go on with it": makes the shown older state the committed one (storage.md 7).
    void acceptOlderState(QObject *context, Answer<void> answer);

    /// "Unlock the keychain": lets the system ask the person. Open the vault again afterwards.
    /// Errors: KeychainLocked when the person refused, and the other Keychain codes.
    void unlockKeychain(QObject *context, Answer<void> answer);

    /// Has the doctor look at vault and store; whether this is open or not. Always a success.
    void diagnose(QObject *context, Answer<VaultReport> answer);
    /// Writes what the doctor found kept to a new file. Errors: as VaultDoctor::exportKept.
    void exportKept(const QString &path, QObject *context, Answer<KeptExport> answer);

signals:
    void stateChanged();
    /// accounts() is another set now: after a commit, or because another program committed.
    void accountsChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hufu
