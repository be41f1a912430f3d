#pragma once

#include "core/vault/secret_store.h"
#include "core/vault/vault_contents.h"
#include "core/vault/vault_place.h"
#include "core/vault/verdict.h"

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
    /// Errors: those of Vault::open, and VaultBusy where the pages do not fit the head and the lock
    /// was not held, so that a last try under the lock must tell.
    ///
    /// @param known  generation in memory, whose unchanged pages are not read again; may be empty
    void read(VaultContents known, Lock lock, Answer<VaultReading> answer);

private:
    struct FoundHead;
    struct Attempt;

    void start();
    void readHead(std::uint64_t parity);
    void judgeHeads();
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
    Answer<VaultReading> m_answer;
    std::unique_ptr<Attempt> m_attempt;
};

} // namespace hufu
