#include "core/vault/vault_reader.h"

#include "core/base/worker.h"
#include "core/vault/slot_change.h"

#include <QTimer>

#include <algorithm>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr int triesWithoutLock = 4; // storage.md 7: five times, the last one under the lock
constexpr auto pauseBetweenTries = 50ms;

} // namespace

struct VaultReader::Attempt
{
    FoundHead heads[2]; ///< by parity: head-b, head-a
    Keeping keeping = Keeping::TwoHeads;
    Verdict verdict;
    std::optional<VaultState> state;
    std::vector<StoredPagePtr> pages;
    /// Ids of the accounts so far; looked at only once it is known that one stands twice.
    std::optional<AccountIds> seen;
    bool fellBack = false; ///< the newest head's pages are not whole

    FoundHead &chosen() { return heads[verdict.generation % 2]; }
    FoundHead &other() { return heads[(verdict.generation + 1) % 2]; }
};

VaultReader::VaultReader(SecretStore &store, VaultPlace place, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_place(std::move(place))
    , m_stateFile(m_place.dataPath)
{
}

VaultReader::~VaultReader() = default;

void VaultReader::read(VaultContents known, Lock lock, Answer<VaultReading> answer)
{
    read(std::move(known), lock, nullptr, std::move(answer));
}

void VaultReader::read(VaultContents known, Lock lock, std::shared_ptr<PasswordTry> passwordTry,
                       Answer<VaultReading> answer)
{
    m_known = std::move(known);
    m_try = std::move(passwordTry);
    m_lock = lock;
    m_answer = std::move(answer);
    m_tries = 0;
    start();
}

void VaultReader::start()
{
    ++m_tries;
    m_attempt = std::make_unique<Attempt>();
    m_store.beginReading(this, [this](const Result<Keeping> &keeping) {
        if (!keeping)
            return finish(tl::unexpected(keeping.error()));
        m_attempt->keeping = *keeping;
        readHead(1);
    });
}

void VaultReader::readHead(std::uint64_t parity)
{
    const QString key = m_place.entryKey(headEntryName(parity));
    m_store.read(key, this, [this, parity](Result<QByteArray> text) {
        if (!text && text.error().code == Errc::VaultCorrupt)
            m_attempt->heads[parity].finding.kind = HeadFinding::Kind::Damaged;
        else if (!text && text.error().code != Errc::EntryNotFound)
            return finish(tl::unexpected(text.error()));
        if (text) {
            const Result<void> taken =
                m_attempt->heads[parity].take(*text, parity, m_known, m_try.get());
            text->fill('\0'); // an open slot holds the vault key
            if (!taken)
                return finish(tl::unexpected(taken.error()));
        }
        if (parity == 1)
            readHead(0);
        else
            judgeHeads();
    });
}

void VaultReader::judgeHeads()
{
    m_attempt->state = m_stateFile.read();
    const Result<Verdict> verdict =
        judge(m_attempt->heads[1].finding, m_attempt->heads[0].finding, m_attempt->state,
              VaultSettings::read(m_place.configPath).id, m_attempt->keeping);
    if (!verdict)
        return finish(tl::unexpected(verdict.error()));
    m_attempt->verdict = *verdict;
    if (verdict->kind == Verdict::Kind::NotFound) {
        VaultReading reading{.verdict = *verdict,
                             .keeping = m_attempt->keeping,
                             .contents = {},
                             .state = m_attempt->state,
                             .otherPages = {},
                             .otherDigest = m_attempt->heads[1].digest};
        if (m_attempt->heads[0].finding.kind == HeadFinding::Kind::Absent &&
            m_attempt->heads[1].finding.kind == HeadFinding::Kind::Absent)
            reading.otherPages.emplace();
        return finish(std::move(reading));
    }
    openChosen();
}

/// The newest head must open: an older one that opens more easily is no answer.
void VaultReader::openChosen()
{
    FoundHead &head = m_attempt->chosen();
    if (head.sealed && m_attempt->other().keys) {
        if (const Result<void> opened = head.openWith(m_attempt->other().keys); !opened)
            return finish(tl::unexpected(opened.error()));
    }
    if (head.sealed)
        return tryPasswordOnChosen();
    if (head.body)
        return readPages();
    if (m_attempt->fellBack)
        return finish(failure(Errc::VaultCorrupt, QStringLiteral("a page and a head are damaged")));
    judgeHeads(); // its seal is broken, so it is none
}

void VaultReader::tryPasswordOnChosen()
{
    if (!m_try)
        return finish(failure(Errc::PasswordNeeded));
    struct Given
    {
        KeySlots keySlots;
        VaultId vault;
        SecretBytes password;
    };
    const auto given = std::make_shared<Given>();
    Result<KeySlots> keySlots = readKeySlots(*m_attempt->chosen().identity);
    Result<SecretBytes> password = SecretBytes::copyOf(m_try->password.view());
    if (!keySlots || !password)
        return finish(tl::unexpected(!keySlots ? keySlots.error() : password.error()));
    given->keySlots = std::move(*keySlots);
    given->vault = m_attempt->chosen().identity->vault;
    given->password = std::move(*password);
    answerFromWorker<OpenedSlot>(
        this,
        [given] {
            return tryPassword(given->keySlots.passwords, given->vault, std::move(given->password));
        },
        [this](Result<OpenedSlot> slot) { takeOpenedSlot(std::move(slot)); });
}

void VaultReader::takeOpenedSlot(Result<OpenedSlot> slot)
{
    if (!slot)
        return finish(tl::unexpected(slot.error()));
    const HeadIdentity &identity = *m_attempt->chosen().identity;
    Result<VaultKeys> keys =
        VaultKeys::derive(identity.key, std::move(slot->vaultKey), identity.vault);
    if (!keys)
        return finish(tl::unexpected(keys.error()));
    m_try->keys.push_back(std::make_shared<const VaultKeys>(std::move(*keys)));
    for (FoundHead &head : m_attempt->heads) {
        if (const Result<void> opened = head.openWith(m_try->keys.back()); !opened)
            return finish(tl::unexpected(opened.error()));
    }
    openChosen();
}

void VaultReader::readPages()
{
    m_attempt->pages.clear();
    if (m_attempt->seen)
        m_attempt->seen->clear();
    nextPage();
}

void VaultReader::nextPage()
{
    const FoundHead &head = m_attempt->chosen();
    while (m_attempt->pages.size() < head.body->pages.size()) {
        const PageEntryPtr &entry = head.body->pages[m_attempt->pages.size()];
        const auto known = std::ranges::find_if(m_known.pages, [&](const StoredPagePtr &page) {
            return page->entry->id == entry->id && page->entry->textDigest == entry->textDigest;
        });
        if (known == m_known.pages.end() || m_attempt->seen) {
            m_store.read(m_place.entryKey(pageEntryName(entry->id)), this,
                         [this](Result<QByteArray> text) { takePage(std::move(text)); });
            return;
        }
        m_attempt->pages.push_back(*known);
    }
    finishWhole();
}

void VaultReader::takePage(Result<QByteArray> text)
{
    if (!text &&
        (text.error().code == Errc::EntryNotFound || text.error().code == Errc::VaultCorrupt))
        return pageIsBad();
    if (!text)
        return finish(tl::unexpected(text.error()));
    const FoundHead &head = m_attempt->chosen();
    const PageEntryPtr &entry = head.body->pages[m_attempt->pages.size()];
    const Result<SecretBytes> bytes = openPage(*head.keys, head.identity->vault, *entry, *text);
    Result<PageRecords> records =
        bytes ? decodeRecords(*bytes, m_attempt->seen ? &*m_attempt->seen : nullptr)
              : Result<PageRecords>(tl::unexpected(bytes.error()));
    if (!records)
        return records.error().code == Errc::VaultCorrupt ? pageIsBad()
                                                          : finish(tl::unexpected(records.error()));
    if (records->accounts.size() + records->others.size() != entry->records)
        return pageIsBad();
    m_attempt->pages.push_back(
        std::make_shared<const StoredPage>(StoredPage{entry, std::move(*records)}));
    nextPage();
}

/// Without the lock somebody may just have committed: try again. Under it nobody did, and the
/// previous generation counts, if it is whole.
void VaultReader::pageIsBad()
{
    if (m_lock == Lock::NotHeld) {
        if (m_tries >= triesWithoutLock)
            return finish(failure(Errc::VaultBusy));
        QTimer::singleShot(pauseBetweenTries, this, &VaultReader::start);
        return;
    }
    const HeadFinding previous = m_attempt->other().finding;
    if (previous.kind != HeadFinding::Kind::Whole ||
        previous.generation >= m_attempt->verdict.generation)
        return finish(failure(Errc::VaultCorrupt, QStringLiteral("a page is missing or damaged")));
    const bool accepted = m_attempt->state && previous.generation >= m_attempt->state->committed;
    m_attempt->verdict = {.kind = accepted ? Verdict::Kind::Normal : Verdict::Kind::Older,
                          .generation = previous.generation,
                          .remark = Verdict::Remark::None};
    m_attempt->fellBack = true;
    openChosen();
}

void VaultReader::finishWhole()
{
    const FoundHead &head = m_attempt->chosen();
    const bool unchanged = m_known.generation > 0 && *head.digest == m_known.headDigest;
    Result<AccountSet> accounts =
        unchanged ? std::move(m_known.accounts) : accountsOf(m_attempt->pages);
    if (!accounts && accounts.error().code == Errc::AccountExists && !m_attempt->seen) {
        m_attempt->seen.emplace();
        return readPages(); // the second of the two is put aside
    }
    if (!accounts)
        return pageIsBad();
    const FoundHead &other = m_attempt->other();
    VaultReading reading{.verdict = m_attempt->verdict,
                         .keeping = m_attempt->keeping,
                         .contents = {.identity = head.identity,
                                      .keys = head.keys,
                                      .generation = m_attempt->verdict.generation,
                                      .headDigest = *head.digest,
                                      .body = head.body,
                                      .pages = std::move(m_attempt->pages),
                                      .accounts = std::move(*accounts)},
                         .state = m_attempt->state,
                         .otherPages = {},
                         .otherDigest = other.digest,
                         .slotsDiffer = false};
    reading.slotsDiffer = m_store.hasOldSlots();
    if (other.keys && other.keys->id != head.keys->id)
        reading.contents.otherKeys = other.keys;
    if (other.finding.kind == HeadFinding::Kind::Whole)
        reading.slotsDiffer = !haveSameSlots(*head.identity, *other.identity);
    if (other.finding.kind == HeadFinding::Kind::Absent)
        reading.otherPages.emplace();
    else if (other.body)
        reading.otherPages = other.pageIds();
    finish(std::move(reading));
}

void VaultReader::finish(Result<VaultReading> reading)
{
    m_attempt.reset();
    m_known = {};
    m_try.reset();
    const Answer<VaultReading> answer = std::exchange(m_answer, nullptr);
    answer(std::move(reading));
}

} // namespace hufu
