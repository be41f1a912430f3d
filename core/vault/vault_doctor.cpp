#include "core/vault/vault_doctor.h"

#include "core/vault/kept_export.h"
#include "core/vault/vault_reader.h"

#include <QDir>

#include <algorithm>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

constexpr int mostTries = 3; // while others commit

bool isHeadOrPage(const QString &name)
{
    return name == headEntryName(1) || name == headEntryName(2) || name.startsWith(u"page-"_s);
}

/// Whether the entries as they lie there say more than this version can read.
bool liesInTheEntries(Errc code)
{
    return code == Errc::VaultCorrupt || code == Errc::VaultMissing ||
           code == Errc::VaultNewerVersion || code == Errc::AnotherVault ||
           code == Errc::VaultOlderState || code == Errc::PasswordCostTooHigh;
}

} // namespace

struct VaultDoctor::Course
{
    VaultContents known;
    Answer<VaultReport> then;
    int tries = 0;
    std::optional<VaultState> state; ///< as the look began
    Result<StoreSurvey> survey;
    VaultReport report;
    /// Entries that the heads name; nothing where that cannot be told.
    std::optional<QStringList> named;
    VaultContents contents;

    // of an export
    std::unique_ptr<KeptFile> file;
    KeptExport written;
    Answer<KeptExport> exported;
};

VaultDoctor::VaultDoctor(SecretStore &store, VaultPlace place, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_place(std::move(place))
    , m_stateFile(m_place.dataPath)
    , m_lock(m_place.dataPath, this)
    , m_reader(std::make_unique<VaultReader>(store, m_place, nullptr))
{
}

VaultDoctor::~VaultDoctor() = default;

void VaultDoctor::examine(VaultContents known, Answer<VaultReport> answer)
{
    start(std::move(known), [this, answer = std::move(answer)](Result<VaultReport> report) {
        m_course.reset(); // it holds the accounts
        answer(std::move(report));
    });
}

void VaultDoctor::start(VaultContents known, Answer<VaultReport> then)
{
    m_course = std::make_unique<Course>();
    m_course->known = std::move(known);
    m_course->then = std::move(then);
    begin();
}

void VaultDoctor::begin()
{
    ++m_course->tries;
    m_course->state = m_stateFile.read();
    m_course->named.reset();
    m_course->report = {};
    VaultReport &report = m_course->report;
    report.profile = m_place.profile;
    report.backend = m_store.backend();
    report.vault = VaultSettings::read(m_place.configPath).id;
    report.generation = m_course->state ? m_course->state->committed : 0;
    report.isMemoryLocked = SecretBytes::isMemoryLocked();
    m_store.survey(m_place.entryKey(QString()), this,
                   [this](const Result<StoreSurvey> &survey) { readVault(survey); });
}

void VaultDoctor::readVault(const Result<StoreSurvey> &survey)
{
    m_course->survey = survey;
    m_reader->read(m_course->known, VaultReader::Lock::NotHeld,
                   [this](Result<VaultReading> reading) {
                       if (!reading && reading.error().code == Errc::VaultBusy)
                           readUnderLock();
                       else
                           conclude(std::move(reading));
                   });
}

/// The pages do not fit the head: only under the lock is it certain that nobody is writing them.
void VaultDoctor::readUnderLock()
{
    m_lock.acquire([this](const Result<void> &locked) {
        if (!locked)
            return conclude(tl::unexpected(locked.error()));
        m_reader->read(m_course->known, VaultReader::Lock::Held,
                       [this](Result<VaultReading> reading) {
                           m_lock.release();
                           conclude(std::move(reading));
                       });
    });
}

void VaultDoctor::conclude(Result<VaultReading> reading)
{
    if (m_stateFile.read() != m_course->state && m_course->tries < mostTries)
        return begin(); // somebody committed: the entries were listed before, the heads read after
    VaultReport &report = m_course->report;
    if (reading)
        reportReading(std::move(*reading));
    else
        report.problem = reading.error();
    if (report.problem && report.problem->code == Errc::VaultMissing)
        m_course->named.emplace(); // no head is there to name anything
    if (!m_course->survey && !report.problem)
        report.problem = m_course->survey.error();
    reportEntries();
    const QStringList setAside =
        QDir(m_place.dataPath).entryList({u"*.bad"_s}, QDir::Files, QDir::Name);
    report.leftovers.append(setAside);
    const Answer<VaultReport> then = m_course->then; // takes the course away
    then(VaultReport(report));
}

void VaultDoctor::reportReading(VaultReading reading)
{
    VaultReport &report = m_course->report;
    if (reading.verdict.kind == Verdict::Kind::NotFound) {
        report.problem = Error{Errc::VaultNotFound, {}};
        report.accounts = 0;
        m_course->named.emplace();
        return;
    }
    VaultContents &contents = m_course->contents;
    contents = std::move(reading.contents);
    report.vault = contents.identity->vault;
    report.generation = contents.generation;
    report.pages = contents.pages.size();
    report.accounts = contents.accounts.size();
    report.kept = keptRecordsOf(contents.pages).size();
    report.remark = reading.verdict.remark;
    if (reading.verdict.kind == Verdict::Kind::Older)
        report.problem = Error{Errc::VaultOlderState, {}};
    if (!reading.otherPages)
        return;
    m_course->named = {headEntryName(1), headEntryName(2)};
    for (const StoredPagePtr &page : contents.pages)
        m_course->named->append(pageEntryName(page->entry->id));
    for (const PageId &page : *reading.otherPages)
        m_course->named->append(pageEntryName(page));
}

void VaultDoctor::reportEntries()
{
    if (!m_course->survey)
        return;
    VaultReport &report = m_course->report;
    const StoreSurvey &survey = *m_course->survey;
    const qsizetype prefix = m_place.entryKey(QString()).size();
    const bool isUnread = !report.accounts;
    const bool isForeign = report.problem && liesInTheEntries(report.problem->code);
    for (const QString &key : survey.keys) {
        const QString name = key.mid(prefix);
        report.pages += isUnread && name.startsWith(u"page-"_s) ? 1 : 0;
        const bool isLeftover =
            m_course->named ? !m_course->named->contains(name) : !isHeadOrPage(name);
        if (isLeftover)
            report.leftovers.append(name);
        const bool isBadHead =
            report.remark != Verdict::Remark::None && name == headEntryName(report.generation + 1);
        if (isLeftover || isBadHead || isForeign)
            report.exported.append(name);
    }
    for (auto doubled = survey.doubled.begin(); doubled != survey.doubled.end(); ++doubled)
        report.doubled.insert(doubled.key().mid(prefix), doubled.value());
    report.elsewhere = survey.elsewhere;
}

void VaultDoctor::exportKept(VaultContents known, const QString &path, Answer<KeptExport> answer)
{
    start(std::move(known), [this, path, answer](const Result<VaultReport> &report) {
        m_course->exported = answer;
        m_course->file = std::make_unique<KeptFile>(path);
        if (const Result<void> made = m_course->file->create(report->profile, report->vault); !made)
            return finishExport(made);
        for (const OtherRecordPtr &record : keptRecordsOf(m_course->contents.pages)) {
            m_course->file->addRecord(*record);
            ++m_course->written.records;
        }
        writeEntries(report->exported);
    });
}

void VaultDoctor::writeEntries(const QStringList &names)
{
    if (names.isEmpty())
        return finishExport(m_course->file->finish());
    m_store.read(m_place.entryKey(names.first()), this,
                 [this, names](const Result<QByteArray> &value) {
                     if (!value && value.error().code != Errc::EntryNotFound)
                         return finishExport(tl::unexpected(value.error()));
                     if (value) {
                         m_course->file->addEntry(names.first(), *value);
                         ++m_course->written.entries;
                     }
                     writeEntries(names.mid(1));
                 });
}

void VaultDoctor::finishExport(const Result<void> &result)
{
    const std::unique_ptr<Course> course = std::move(m_course);
    course->file.reset(); // takes an unfinished one away
    course->exported(result ? Result<KeptExport>(course->written) : tl::unexpected(result.error()));
}

} // namespace hufu
