#include "core/vault/vault_committer.h"

#include "core/account/bin.h"
#include "core/base/logging.h"
#include "core/vault/entry_sequence.h"
#include "core/vault/generation.h"

#include <algorithm>

namespace hufu {
namespace {

bool names(const std::vector<StoredPagePtr> &pages, const PageId &id)
{
    return std::ranges::any_of(pages, [&](const StoredPagePtr &p) { return p->entry->id == id; });
}

} // namespace

/// A commit under way.
struct VaultCommitter::Course
{
    Done done;
    Next afterReading = nullptr;
    QObject context;                      ///< of the store's answers
    Change change;                        ///< none where only the slots change, or nothing
    std::optional<SlotChange> slotChange; ///< until it is planned
    enum class Round { Plain, First, Second } round = Round::Plain; ///< the latter two: slots
    bool slotsChanged = false;                                      ///< the first is confirmed
    bool everyPage = false;                                         ///< is written anew
    std::optional<VaultReading> reading;                            ///< what is committed
    VaultState state; ///< as vault.state holds it, or will
    VaultContents next;
    std::vector<AccountPtr> purged; ///< from next
    std::deque<EntryText> newPages;
    QByteArray headText;
    /// What the two heads name; nothing where one of them cannot be told.
    std::optional<std::vector<PageId>> named;
};

VaultCommitter::VaultCommitter(SecretStore &store, VaultPlace place, const Clock &clock,
                               QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_place(std::move(place))
    , m_clock(clock)
    , m_stateFile(m_place.dataPath)
    , m_lock(m_place.dataPath, this)
    , m_reader(std::make_unique<VaultReader>(store, m_place, nullptr))
{
}

VaultCommitter::~VaultCommitter() = default;

void VaultCommitter::commit(Change change, VaultContents known, Done done)
{
    begin(std::move(known), nullptr, std::move(done), &VaultCommitter::apply);
    m_course->change = std::move(change);
}

void VaultCommitter::changeSlots(SlotChange change, VaultContents known, Done done)
{
    begin(std::move(known), nullptr, std::move(done), &VaultCommitter::apply);
    m_course->slotChange = std::move(change);
    m_course->round = Course::Round::First;
}

void VaultCommitter::settleSlots(VaultContents known, Done done)
{
    begin(std::move(known), nullptr, std::move(done), &VaultCommitter::settle);
    m_course->round = Course::Round::Second;
}

void VaultCommitter::acceptOlder(VaultContents known, Done done)
{
    begin(std::move(known), nullptr, std::move(done), &VaultCommitter::accept);
}

void VaultCommitter::readUnderLock(VaultContents known, std::shared_ptr<PasswordTry> passwordTry,
                                   Done done)
{
    begin(std::move(known), std::move(passwordTry), std::move(done), nullptr);
}

void VaultCommitter::cutOff()
{
    if (!m_course)
        return;
    m_course.reset();
    m_reader = std::make_unique<VaultReader>(m_store, m_place, nullptr);
    m_lock.giveUp();
    if (!m_lock.isHeld())
        return;
    // The store takes one call at a time, so this is answered once the one under way has ended.
    m_store.read(m_place.entryKey(headEntryName(1)), this, [this](Result<QByteArray> text) {
        if (text)
            text->fill('\0');
        if (!m_course)
            releaseLock();
    });
}

// Step 1: the lock, then the newest state.
void VaultCommitter::begin(VaultContents known, std::shared_ptr<PasswordTry> passwordTry, Done done,
                           Next afterReading)
{
    m_course = std::make_unique<Course>();
    m_course->done = std::move(done);
    m_course->afterReading = afterReading;
    if (m_store.isStalled()) { // and the lock is still held for the call that ran out of time
        QTimer::singleShot(0, &m_course->context,
                           [this] { finish(failure(Errc::KeychainStalled)); });
        return;
    }
    const Result<void> folder = m_stateFile.makeFolder();
    m_lock.acquire([this, folder, known = std::move(known),
                    passwordTry = std::move(passwordTry)](const Result<void> &locked) {
        if (!folder)
            return finish(folder);
        if (!locked)
            return finish(locked);
        const auto take = [this](Result<VaultReading> reading) {
            if (!reading)
                return finish(tl::unexpected(reading.error()));
            m_course->state = reading->state.value_or(VaultState{});
            m_course->reading = std::move(*reading);
            if (m_course->afterReading == nullptr)
                return finish({});
            (this->*m_course->afterReading)();
        };
        m_reader->read(known, VaultReader::Lock::Held, passwordTry, take);
    });
}

void VaultCommitter::accept()
{
    if (m_course->reading->verdict.kind != Verdict::Kind::Older)
        return finish({}); // nothing to accept any more
    m_course->state.committed = m_course->reading->verdict.generation;
    m_course->state.writing.reset();
    if (const Result<void> written = m_stateFile.write(m_course->state); !written)
        return finish(written);
    m_course->reading->verdict.kind = Verdict::Kind::Normal;
    finish({});
}

/// Another program may have done it meanwhile.
void VaultCommitter::settle()
{
    const VaultReading &reading = *m_course->reading;
    if (!reading.slotsDiffer || reading.verdict.kind != Verdict::Kind::Normal)
        return finish({});
    apply();
}

void VaultCommitter::apply()
{
    VaultReading &reading = *m_course->reading;
    if (reading.verdict.kind == Verdict::Kind::Older)
        return finish(failure(Errc::VaultOlderState));
    if (reading.keeping != Keeping::TwoHeads) // a file holds nothing but what its head names
        return plan();
    if (reading.otherPages) {
        m_course->named = reading.otherPages;
        for (const StoredPagePtr &page : reading.contents.pages)
            m_course->named->push_back(page->entry->id);
    }
    removeListed(&VaultCommitter::plan, 0);
}

// Steps 2 and 7: the listed pages that neither head names.
void VaultCommitter::removeListed(Next next, std::size_t index)
{
    std::vector<PageId> &listed = m_course->state.toRemove;
    while (m_course->named && index < listed.size() &&
           std::ranges::find(*m_course->named, listed[index]) != m_course->named->end())
        ++index;
    if (!m_course->named || index >= listed.size())
        return (this->*next)();
    m_store.remove(m_place.entryKey(pageEntryName(listed[index])), &m_course->context,
                   [this, next, index](const Result<void> &removed) {
                       std::vector<PageId> &rest = m_course->state.toRemove;
                       if (removed)
                           rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(index));
                       else if (m_store.isStalled())
                           return (this->*next)(); // the others would not be answered either
                       removeListed(next, removed ? index : index + 1);
                   });
}

// Step 3: the change, on what is committed now.
void VaultCommitter::plan()
{
    VaultReading &reading = *m_course->reading;
    if (reading.verdict.kind == Verdict::Kind::NotFound) {
        if (reading.keeping != Keeping::TwoHeads && !m_course->slotChange) // no file without one
            return finish(failure(Errc::PasswordNeeded));
        Result<VaultContents> fresh = makeVault(now());
        if (!fresh)
            return finish(tl::unexpected(fresh.error()));
        m_course->next = std::move(*fresh);
    } else {
        m_course->next = reading.contents;
        m_course->next.otherKeys.reset(); // its head is overwritten now
    }
    if (m_course->change) {
        if (const Result<void> changed = m_course->change(m_course->next.accounts); !changed)
            return finish(changed);
        m_course->purged =
            purgeBin(m_course->next.accounts, now()); // with every change, whoever makes it
    }
    if (const Result<void> planned = planSlots(); !planned)
        return finish(planned);
    if (const Result<void> prepared = prepare(); !prepared)
        return finish(prepared);
    if (m_course->round == Course::Round::Plain && m_course->newPages.empty() &&
        m_course->next.pages.size() == reading.contents.pages.size())
        return finish({}); // nothing has changed
    writeState();
}

Result<void> VaultCommitter::planSlots()
{
    if (!m_course->slotChange)
        return {};
    const SlotChange change = std::move(*m_course->slotChange);
    m_course->slotChange.reset();
    Result<ChangedSlots> keySlots = hufu::changeSlots(m_course->next, change, now());
    if (!keySlots)
        return tl::unexpected(keySlots.error());
    m_course->next.identity = std::move(keySlots->identity);
    m_course->next.keys = std::move(keySlots->keys);
    m_course->everyPage = keySlots->newKey;
    return {};
}

Result<void> VaultCommitter::prepare()
{
    Result<SealedGeneration> sealed =
        sealNext(m_course->next, m_course->reading->contents,
                 {m_course->everyPage ? Resealed::All : Resealed::Changed, m_store.sizes(), now()});
    if (!sealed)
        return tl::unexpected(sealed.error());
    m_course->newPages.clear();
    for (NewPage &page : sealed->pages)
        m_course->newPages.push_back({m_place.entryKey(page.entry), std::move(page.text)});
    m_course->headText = std::move(sealed->head);
    return {};
}

// Step 3, its end: what must not stay is written down before it exists.
void VaultCommitter::writeState()
{
    const VaultReading &reading = *m_course->reading;
    VaultState &state = m_course->state;
    state.committed = reading.contents.generation;
    state.writing = VaultState::Writing{m_course->next.generation, state.committed};
    if (reading.keeping == Keeping::TwoHeads)
        listPages();
    if (const Result<void> written = m_stateFile.write(state); !written)
        return finish(written);
    if (reading.keeping == Keeping::TwoHeads)
        writePages();
    else
        replaceAll();
}

void VaultCommitter::listPages()
{
    const VaultReading &reading = *m_course->reading;
    VaultState &state = m_course->state;
    for (const StoredPagePtr &page : m_course->next.pages) {
        if (!names(reading.contents.pages, page->entry->id))
            state.addToRemove(page->entry->id);
    }
    for (const StoredPagePtr &page : reading.contents.pages) {
        if (!names(m_course->next.pages, page->entry->id))
            state.addToRemove(page->entry->id);
    }
    for (const PageId &id : reading.otherPages.value_or(std::vector<PageId>())) {
        if (!names(reading.contents.pages, id) && !names(m_course->next.pages, id))
            state.addToRemove(id);
    }
}

// Steps 4 and 5 where a generation is one file. How it was written is the store's affair; what it
// made of it shows the head.
void VaultCommitter::replaceAll()
{
    const QString headKey = m_place.entryKey(headEntryName(m_course->next.generation));
    std::map<QString, QByteArray> added{{headKey, std::exchange(m_course->headText, {})}};
    for (EntryText &page : m_course->newPages)
        added.emplace(page.key, std::move(page.text));
    QStringList kept;
    for (const StoredPagePtr &page : m_course->next.pages) {
        const QString key = m_place.entryKey(pageEntryName(page->entry->id));
        if (!added.contains(key))
            kept.append(key);
    }
    m_store.replaceAll(
        added, kept, &m_course->context,
        [this, headKey](const Result<void> &replaced) { confirmHead(headKey, replaced); });
}

// Step 4.
void VaultCommitter::writePages()
{
    writeEntries(m_store, std::exchange(m_course->newPages, {}), &m_course->context,
                 [this](const Result<void> &written) {
                     if (!written)
                         return finish(written);
                     writeHead();
                 });
}

// Step 5.
void VaultCommitter::writeHead()
{
    const QString key = m_place.entryKey(headEntryName(m_course->next.generation));
    const QByteArray text = std::exchange(m_course->headText, {});
    m_store.write(key, text, &m_course->context,
                  [this, key](const Result<void> &written) { confirmHead(key, written); });
}

void VaultCommitter::confirmHead(const QString &key, const Result<void> &written)
{
    const Error error =
        written ? Error{Errc::WriteNotConfirmed, QStringLiteral("head")} : written.error();
    m_store.read(key, &m_course->context, [this, error](Result<QByteArray> read) {
        const bool whole = read && digestOf(*read) == m_course->next.headDigest;
        if (read)
            read->fill('\0');
        if (whole)
            return confirm();
        headFailed(error);
    });
}

/// Reads both heads again: the new one whole is a success all the same, the old one is a failure
/// that changed nothing, and where neither can be told the change is lost in mid-write.
void VaultCommitter::headFailed(Error error)
{
    m_store.read(m_place.entryKey(headEntryName(m_course->next.generation)), &m_course->context,
                 [this, error = std::move(error)](const Result<QByteArray> &text) {
                     if (text && digestOf(*text) == m_course->next.headDigest)
                         return confirm();
                     if (!text && text.error().code != Errc::EntryNotFound)
                         return finish(failure(Errc::LostInMidWrite, text.error().detail));
                     checkOldHead(error);
                 });
}

void VaultCommitter::checkOldHead(Error error)
{
    const VaultContents &before = m_course->reading->contents;
    if (before.generation == 0)
        return finish(tl::unexpected(std::move(error)));
    m_store.read(m_place.entryKey(headEntryName(before.generation)), &m_course->context,
                 [this, error = std::move(error)](const Result<QByteArray> &text) {
                     const bool old =
                         text && digestOf(*text) == m_course->reading->contents.headDigest;
                     finish(old ? tl::unexpected(error) : failure(Errc::LostInMidWrite));
                 });
}

// Step 6. The head is whole in the store, so the change is made whatever happens to the file.
void VaultCommitter::confirm()
{
    VaultReading &reading = *m_course->reading;
    const bool first = reading.contents.generation == 0;
    m_course->named.emplace();
    for (const StoredPagePtr &page : reading.contents.pages)
        m_course->named->push_back(page->entry->id);
    for (const StoredPagePtr &page : m_course->next.pages)
        m_course->named->push_back(page->entry->id);

    m_course->state.committed = m_course->next.generation;
    m_course->state.writing.reset();
    if (const Result<void> written = m_stateFile.write(m_course->state); !written)
        qCWarning(logVault) << "vault.state:" << errcName(written.error().code);
    if (first) {
        const bool inFile = reading.keeping != Keeping::TwoHeads;
        const VaultSettings settings{.store =
                                         inFile ? VaultSettings::inFile : VaultSettings::inKeychain,
                                     .backend = m_store.backend(),
                                     .id = m_course->next.identity->vault};
        if (const Result<void> written = settings.write(m_place.configPath); !written)
            qCWarning(logVault) << "settings:" << errcName(written.error().code);
    }
    reading.otherPages.emplace();
    for (const StoredPagePtr &page : reading.contents.pages)
        reading.otherPages->push_back(page->entry->id);
    // A file has one head, and its copies with other slots are gone.
    reading.slotsDiffer = !first && reading.keeping == Keeping::TwoHeads &&
                          !haveSameSlots(*reading.contents.identity, *m_course->next.identity);
    reading.contents = std::move(m_course->next);
    reading.verdict = {.kind = Verdict::Kind::Normal,
                       .generation = reading.contents.generation,
                       .remark = Verdict::Remark::None};
    tidyUp();
}

// Step 7.
void VaultCommitter::tidyUp()
{
    if (m_course->reading->keeping != Keeping::TwoHeads)
        return finishTidy();
    removeListed(&VaultCommitter::finishTidy, 0);
}

void VaultCommitter::finishTidy()
{
    // A list that is too long does no harm: removing twice succeeds.
    if (const Result<void> written = m_stateFile.write(m_course->state); !written)
        qCWarning(logVault) << "vault.state:" << errcName(written.error().code);
    if (m_course->round == Course::Round::First && m_course->reading->slotsDiffer)
        return commitAgain();
    finish({});
}

/// The second commit of a change of slots, under the same lock: it overwrites the head that the old
/// slot opens, and only then are the pages of the old key named by none.
void VaultCommitter::commitAgain()
{
    m_course->round = Course::Round::Second;
    m_course->slotsChanged = true;
    m_course->everyPage = false;
    apply();
}

void VaultCommitter::finish(Result<void> result)
{
    if (!result && m_course->slotsChanged && result.error().code != Errc::LostInMidWrite) {
        qCWarning(logVault) << "an old slot is left:" << errcName(result.error().code);
        result = {};
    }
    releaseLock();
    const std::unique_ptr<Course> course = std::move(m_course);
    std::vector<AccountPtr> purged = result ? std::move(course->purged) : std::vector<AccountPtr>();
    course->done({std::move(result), std::move(course->reading), std::move(purged)});
}

/// A write that ran out of time could still land, over somebody else's newer head: the lock stays
/// until it has ended.
void VaultCommitter::releaseLock()
{
    if (m_store.isStalled())
        connect(&m_store, &SecretStore::settled, &m_lock, &VaultLock::release,
                Qt::SingleShotConnection);
    else
        m_lock.release();
}

std::chrono::sys_seconds VaultCommitter::now() const
{
    return m_clock.second();
}

} // namespace hufu
