#pragma once

#include "core/vault/found_head.h"
#include "core/vault/secret_store.h"
#include "core/vault/vault_place.h"

namespace hufu {

/// What reading found: the verdict, and what the next commit must know of the other head.
struct VaultReading
{
    Verdict verdict;
    Keeping keeping = Keeping::TwoHeads;
    VaultContents contents; ///< of the verdict's generation; without keys for NotFound
    std::optional<VaultState> state;
    /// What the other head names; nothing where it cannot be told, and then it names everything
    /// (storage.md 6, step 2). An absent head names no page.
    std::optional<std::vector<PageId>> otherPages;
    /// SHA-256 of the text in the other head's entry; nothing if it is absent.
    std::optional<Sha256Digest> otherDigest;
    /// The other head is opened by other slots: a change of them was cut off before its second
    /// commit (storage.md 6, "Slots").
    bool slotsDiffer = false;
};

/// Reads a vault as storage.md 7 says. One reading at a time each object; it may be deleted while
/// it reads, and answers nothing then. GUI thread.
class VaultReader : public QObject
{
    Q_OBJECT

public:
    VaultReader(SecretStore &store, VaultPlace place, QObject *parent);
    ~VaultReader() override;

    enum class Lock { NotHeld, Held };
    /// Errors: those of Vault::open; PasswordNeeded where an app password opens the newest head and
    /// neither keys of it are in memory nor a password was given; PasswordWrong where the given
    /// one does not open it, whatever else it opens; PasswordCostTooHigh; and VaultBusy where the
    /// pages do not fit the head and the lock was not held, so that a last try under the lock must
    /// tell.
    ///
    /// @param known  generation in memory, whose unchanged pages are not read again; may be empty
    void read(VaultContents known, Lock lock, Answer<VaultReading> answer);
    /// The same for unlocking: `passwordTry` takes the keys that its password gives.
    void read(VaultContents known, Lock lock, std::shared_ptr<PasswordTry> passwordTry,
              Answer<VaultReading> answer);

private:
    struct Attempt;

    void start();
    void readHead(std::uint64_t parity);
    void judgeHeads();
    void openChosen();
    void tryPasswordOnChosen();
    void takeOpenedSlot(Result<OpenedSlot> slot);
    void readPages();
    void nextPage();
    void takePage(Result<QByteArray> text);
    void pageIsBad();
    void finish(Result<VaultReading> reading);
    void finishWhole();

    SecretStore &m_store;
    VaultPlace m_place;
    VaultStateFile m_stateFile;
    Lock m_lock = Lock::NotHeld;
    int m_tries = 0;
    VaultContents m_known;
    std::shared_ptr<PasswordTry> m_try;
    Answer<VaultReading> m_answer;
    std::unique_ptr<Attempt> m_attempt;
};

} // namespace hufu
