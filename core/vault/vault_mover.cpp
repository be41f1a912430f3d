#include "core/vault/vault_mover.h"

#include "core/base/logging.h"
#include "core/vault/generation.h"

#include <algorithm>

namespace hufu {

namespace {

/// One page of all records that are not accounts: the accounts are placed anew, as suits the store.
VaultContents withoutAccounts(const VaultContents &contents)
{
    PageRecords records;
    for (const StoredPagePtr &page : contents.pages) {
        PageRecords others;
        others.others = page->records.others;
        records.append(others);
    }
    VaultContents others;
    if (!records.empty())
        others.pages.push_back(std::make_shared<const StoredPage>(
            StoredPage{std::make_shared<const PageEntry>(), std::move(records)}));
    return others;
}

} // namespace

/// A move under way.
struct VaultMover::Course
{
    To to = To::File;
    Done done;
    SlotChange change;
    QObject context;                     ///< of the stores' answers
    std::optional<VaultReading> reading; ///< of the old place, then of the new one
    VaultState before;                   ///< of vault.state
    VaultState state;
    VaultContents next;
    SealedGeneration sealed;
    QByteArray secondHead; ///< in the keychain, so that both heads are whole
    bool written = false;  ///< something of this move may lie in the new place
};

VaultMover::VaultMover(ChosenStore &stores, VaultPlace place, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_stores(stores)
    , m_place(std::move(place))
    , m_clock(clock)
    , m_stateFile(m_place.dataPath)
    , m_lock(m_place.dataPath, this)
{
}

VaultMover::~VaultMover() = default;

SecretStore &VaultMover::target()
{
    return m_course->to == To::File ? m_stores.file() : m_stores.keychain();
}

std::chrono::sys_seconds VaultMover::now() const
{
    return m_clock.second();
}

QStringList VaultMover::keysOf(const std::vector<PageId> &pages) const
{
    QStringList keys;
    for (const PageId &page : pages)
        keys.append(m_place.entryKey(pageEntryName(page)));
    return keys;
}

QStringList VaultMover::headKeys() const
{
    return {m_place.entryKey(headEntryName(1)), m_place.entryKey(headEntryName(2))};
}

void VaultMover::move(To to, SlotChange change, VaultContents known, Done done)
{
    m_course = std::make_unique<Course>();
    m_course->to = to;
    m_course->change = std::move(change);
    m_course->change.renewsKey = true;
    m_course->done = std::move(done);
    if (m_stores.keychain().isStalled() || m_stores.file().isStalled()) {
        QTimer::singleShot(0, &m_course->context,
                           [this] { finish(failure(Errc::KeychainStalled)); });
        return;
    }
    const Result<void> folder = m_stateFile.makeFolder();
    m_lock.acquire([this, folder, known = std::move(known)](const Result<void> &locked) {
        if (!folder || !locked)
            return finish(folder ? locked : folder);
        m_reader = std::make_unique<VaultReader>(m_stores, m_place, nullptr);
        m_reader->read(known, VaultReader::Lock::Held, nullptr,
                       [this](Result<VaultReading> reading) { takeSource(std::move(reading)); });
    });
}

void VaultMover::takeSource(Result<VaultReading> reading)
{
    if (!reading)
        return finish(tl::unexpected(reading.error()));
    m_course->before = reading->state.value_or(VaultState{});
    m_course->reading = std::move(*reading);
    const Verdict::Kind kind = m_course->reading->verdict.kind;
    if (kind == Verdict::Kind::Older)
        return finish(failure(Errc::VaultOlderState));
    if (kind == Verdict::Kind::NotFound)
        return finish(failure(Errc::VaultNotFound));
    const bool isInFile = m_course->reading->keeping != Keeping::TwoHeads;
    if (isInFile == (m_course->to == To::File))
        return finish({}); // another program may have moved it
    inspectTarget();
}

/// What lies in the new place may be left over from a move of this vault; another vault stays.
void VaultMover::inspectTarget()
{
    target().beginReading(&m_course->context, [this](const Result<Keeping> &keeping) {
        const bool unreadable = !keeping && (keeping.error().code == Errc::VaultCorrupt ||
                                             keeping.error().code == Errc::VaultNewerVersion);
        if (unreadable)
            return finish(failure(Errc::PlaceTaken, keeping.error().detail));
        if (!keeping)
            return finish(tl::unexpected(keeping.error()));
        readEntries(target(), headKeys(), &m_course->context,
                    [this](const Result<std::deque<EntryText>> &heads) { judgeTarget(heads); });
    });
}

void VaultMover::judgeTarget(const Result<std::deque<EntryText>> &heads)
{
    if (!heads && heads.error().code == Errc::VaultCorrupt) // not written by us
        return finish(failure(Errc::PlaceTaken, heads.error().detail));
    if (!heads)
        return finish(tl::unexpected(heads.error()));
    // Pages are listed while the vault lies in a file only where a move was cut off.
    const bool mayBeTorn = m_course->to == To::Keychain && !m_course->before.toRemove.empty();
    for (const EntryText &entry : *heads) {
        const Result<SealedHead> head = parseHead(entry.text);
        const bool ours =
            head && head->identity.vault == m_course->reading->contents.identity->vault;
        const bool torn = !head && head.error().code == Errc::VaultCorrupt && mayBeTorn;
        if (!ours && !torn)
            return finish(failure(Errc::PlaceTaken));
    }
    if (m_course->to == To::File || (heads->empty() && !mayBeTorn))
        return plan(); // a file is replaced as a whole
    clearTarget();
}

/// The keychain's leftovers: heads first, so that no half of them looks like a vault.
void VaultMover::clearTarget()
{
    m_stores.keychain().list(
        m_place.entryKey(QString()), &m_course->context, [this](const Result<QStringList> &listed) {
            if (!listed)
                return finish(tl::unexpected(listed.error()));
            QStringList keys = headKeys() + keysOf(m_course->before.toRemove) + *listed;
            keys.removeDuplicates();
            removeEntries(m_stores.keychain(), keys, &m_course->context,
                          [this](const Result<QStringList> &left) {
                              const bool headsAreGone =
                                  std::ranges::none_of(*left, [this](const QString &key) {
                                      return headKeys().contains(key);
                                  });
                              noteLeft(*left);
                              if (!headsAreGone)
                                  return finish(failure(Errc::KeychainFailed,
                                                        QStringLiteral("leftovers stay")));
                              plan();
                          });
        });
}

/// Keeps on the list of pages to remove only what is left.
void VaultMover::noteLeft(const QStringList &left)
{
    for (VaultState *state : {&m_course->before, &m_course->state})
        std::erase_if(state->toRemove, [&](const PageId &page) {
            return !left.contains(m_place.entryKey(pageEntryName(page)));
        });
}

void VaultMover::plan()
{
    const VaultReading &reading = *m_course->reading;
    m_course->next = reading.contents;
    VaultContents &next = m_course->next;
    Result<ChangedSlots> keySlots = changeSlots(next, m_course->change, now());
    m_course->change = {};
    if (!keySlots)
        return finish(tl::unexpected(keySlots.error()));
    next.identity = std::move(keySlots->identity);
    next.keys = std::move(keySlots->keys);
    next.otherKeys.reset();
    Result<SealedGeneration> sealed =
        sealNext(next, withoutAccounts(reading.contents), {Resealed::All, target().sizes(), now()});
    if (!sealed)
        return finish(tl::unexpected(sealed.error()));
    m_course->sealed = std::move(*sealed);
    if (m_course->to == To::Keychain) {
        Result<QByteArray> second = sealNextHead(next, now());
        if (!second)
            return finish(tl::unexpected(second.error()));
        m_course->secondHead = std::move(*second);
    }

    // What must not stay is written down before it exists, or before its head goes.
    VaultState &state = m_course->state;
    state = m_course->before;
    state.committed = reading.contents.generation;
    state.writing = VaultState::Writing{next.generation, state.committed};
    if (m_course->to == To::Keychain) {
        for (const StoredPagePtr &page : next.pages)
            state.addToRemove(page->entry->id);
    } else {
        for (const StoredPagePtr &page : reading.contents.pages)
            state.addToRemove(page->entry->id);
        for (const PageId &page : reading.otherPages.value_or(std::vector<PageId>()))
            state.addToRemove(page);
    }
    if (const Result<void> written = m_stateFile.write(state); !written)
        return abandon(written.error());
    writeTarget();
}

void VaultMover::writeTarget()
{
    m_course->written = true;
    const std::uint64_t generation = m_course->next.generation;
    const auto written = [this](const Result<void> &result) {
        if (!result)
            return abandon(result.error());
        verify();
    };
    if (m_course->to == To::File) {
        std::map<QString, QByteArray> entries;
        for (NewPage &page : m_course->sealed.pages)
            entries.emplace(m_place.entryKey(page.entry), std::move(page.text));
        entries.emplace(m_place.entryKey(headEntryName(generation)),
                        std::move(m_course->sealed.head));
        return m_stores.file().replaceAll(entries, {}, &m_course->context, written);
    }
    std::deque<EntryText> entries;
    for (NewPage &page : m_course->sealed.pages)
        entries.push_back({m_place.entryKey(page.entry), std::move(page.text)});
    entries.push_back(
        {m_place.entryKey(headEntryName(generation - 1)), std::move(m_course->sealed.head)});
    entries.push_back(
        {m_place.entryKey(headEntryName(generation)), std::move(m_course->secondHead)});
    writeEntries(m_stores.keychain(), std::move(entries), &m_course->context, written);
}

/// Reads all of it as the next start will, with nothing from memory but the key.
void VaultMover::verify()
{
    VaultContents known;
    known.keys = m_course->next.keys;
    m_reader = std::make_unique<VaultReader>(target(), m_place, nullptr);
    m_reader->read(known, VaultReader::Lock::Held, nullptr, [this](Result<VaultReading> reading) {
        if (!reading)
            return abandon(reading.error());
        const bool same = reading->verdict.kind == Verdict::Kind::Normal &&
                          reading->keeping != Keeping::CopyOfFile &&
                          reading->contents.headDigest == m_course->next.headDigest &&
                          reading->contents.accounts.size() == m_course->next.accounts.size();
        if (!same)
            return abandon({Errc::WriteNotConfirmed, QStringLiteral("the new place")});
        switchOver(std::move(*reading));
    });
}

// From here on the new place counts, whatever happens.
void VaultMover::switchOver(VaultReading reading)
{
    const VaultSettings settings{.store = m_course->to == To::File ? VaultSettings::inFile
                                                                   : VaultSettings::inKeychain,
                                 .backend = target().backend(),
                                 .id = reading.contents.identity->vault};
    const Result<void> named = settings.write(m_place.configPath);
    if (!named && VaultSettings::read(m_place.configPath).store != settings.store)
        return abandon(named.error());
    m_course->reading = std::move(reading);
    m_course->state.committed = m_course->next.generation;
    m_course->state.writing.reset();
    if (const Result<void> written = m_stateFile.write(m_course->state); !written)
        qCWarning(logVault) << "vault.state:" << errcName(written.error().code);
    removeSource();
}

void VaultMover::removeSource()
{
    if (m_course->to == To::Keychain) {
        m_stores.file().removeAll(&m_course->context, [this](const Result<void> &removed) {
            if (!removed)
                qCWarning(logVault) << "left over from a move:" << errcName(removed.error().code);
            finish({});
        });
        return;
    }
    removeEntries(m_stores.keychain(), headKeys() + keysOf(m_course->state.toRemove),
                  &m_course->context, [this](const Result<QStringList> &left) {
                      if (!left->isEmpty())
                          qCWarning(logVault) << left->size() << "entries left over from a move";
                      noteLeft(*left);
                      if (const Result<void> written = m_stateFile.write(m_course->state); !written)
                          qCWarning(logVault) << "vault.state:" << errcName(written.error().code);
                      finish({});
                  });
}

/// The old place still counts: takes back what was written into the new one.
void VaultMover::abandon(const Error &error)
{
    const auto takeBack = [this, error] {
        m_course->state.committed = m_course->before.committed;
        m_course->state.writing = m_course->before.writing;
        if (const Result<void> written = m_stateFile.write(m_course->state); !written)
            qCWarning(logVault) << "vault.state:" << errcName(written.error().code);
        finish(tl::unexpected(error));
    };
    if (!m_course->written || target().isStalled())
        return takeBack();
    if (m_course->to == To::File) {
        m_stores.file().removeAll(&m_course->context, [this, takeBack](const Result<void> &) {
            m_course->state.toRemove = m_course->before.toRemove;
            takeBack();
        });
        return;
    }
    removeEntries(m_stores.keychain(), headKeys() + keysOf(m_course->state.toRemove),
                  &m_course->context, [this, takeBack](const Result<QStringList> &left) {
                      noteLeft(*left);
                      takeBack();
                  });
}

void VaultMover::finish(Result<void> result)
{
    releaseLock();
    const std::unique_ptr<Course> course = std::move(m_course);
    course->done({std::move(result), std::move(course->reading)});
}

/// As a committer does: a write that ran out of time could still land.
void VaultMover::releaseLock()
{
    for (SecretStore *store :
         {&m_stores.keychain(), static_cast<SecretStore *>(&m_stores.file())}) {
        if (store->isStalled()) {
            connect(
                store, &SecretStore::settled, &m_lock, [this] { releaseLock(); },
                Qt::SingleShotConnection);
            return;
        }
    }
    m_lock.release();
}

void VaultMover::cutOff()
{
    if (!m_course)
        return;
    m_course.reset();
    m_reader.reset();
    m_lock.giveUp();
    if (!m_lock.isHeld())
        return;
    // The stores take one call at a time, so these are answered after those under way.
    m_stores.keychain().read(headKeys().first(), this, [this](Result<QByteArray> text) {
        if (text)
            text->fill('\0');
        m_stores.file().beginReading(this, [this](const Result<Keeping> &) {
            if (!m_course)
                releaseLock();
        });
    });
}

} // namespace hufu
