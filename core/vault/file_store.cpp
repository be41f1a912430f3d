#include "core/vault/file_store.h"

#include "core/base/logging.h"

#include <QPointer>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto forgetAfter = 2s; ///< the text of a full vault is 4 MB

Keeping keepingOf(VaultFile::Source source)
{
    return source == VaultFile::Source::Copy ? Keeping::CopyOfFile : Keeping::OneFile;
}

} // namespace

struct FileStore::Call
{
    std::function<void()> work;                         ///< in the worker
    std::function<void(std::optional<Error>)> conclude; ///< an error instead of what work found
};

FileStore::FileStore(const VaultPlace &place, std::chrono::milliseconds limit)
    : m_prefix(place.entryKey(QString()))
    , m_file(place.vaultFile())
    , m_limit(limit)
{
    m_worker.setMaxThreadCount(1);
    m_limitTimer.setSingleShot(true);
    m_forgetTimer.setSingleShot(true);
    connect(&m_limitTimer, &QTimer::timeout, this, &FileStore::outOfTime);
    connect(&m_forgetTimer, &QTimer::timeout, this, [this] { m_seen.reset(); });
}

FileStore::~FileStore() = default;

/// Does `work` in the worker, then calls `then` here unless `context` is gone.
template <typename T>
void FileStore::run(std::function<Result<T>(const VaultFile &)> work, QObject *context,
                    std::function<void(Result<T>)> then)
{
    const auto outcome = std::make_shared<std::optional<Result<T>>>();
    auto conclude = [outcome, guard = QPointer<QObject>(context),
                     then = std::move(then)](const std::optional<Error> &error) {
        if (guard)
            then(error ? Result<T>(tl::unexpected(*error)) : std::move(**outcome));
    };
    m_waiting.push_back(std::make_unique<Call>(
        Call{[this, outcome, work = std::move(work)] { *outcome = work(m_file); },
             std::move(conclude)}));
    QMetaObject::invokeMethod(this, &FileStore::startNext, Qt::QueuedConnection);
}

void FileStore::startNext()
{
    while (m_stalled && !m_waiting.empty()) {
        const std::unique_ptr<Call> call = std::move(m_waiting.front());
        m_waiting.pop_front();
        call->conclude(Error{Errc::KeychainStalled, {}});
    }
    if (m_current || m_waiting.empty())
        return;
    m_current = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_limitTimer.start(m_limit);
    m_worker.start([this, work = m_current->work] {
        work();
        QMetaObject::invokeMethod(this, &FileStore::ended, Qt::QueuedConnection);
    });
}

void FileStore::ended()
{
    if (m_stalled) {
        m_stalled = false;
        emit settled();
        return startNext();
    }
    m_limitTimer.stop();
    const std::unique_ptr<Call> call = std::move(m_current);
    QMetaObject::invokeMethod(this, &FileStore::startNext, Qt::QueuedConnection);
    call->conclude(std::nullopt);
}

void FileStore::outOfTime()
{
    qCWarning(logVault) << "a call to the disk ran out of time";
    m_stalled = true;
    m_seen.reset();
    const std::unique_ptr<Call> call = std::move(m_current);
    QMetaObject::invokeMethod(this, &FileStore::startNext, Qt::QueuedConnection);
    call->conclude(Error{Errc::KeychainStalled, {}});
}

QByteArray FileStore::nameOf(const QString &key) const
{
    return key.startsWith(m_prefix) ? key.sliced(m_prefix.size()).toLatin1() : QByteArray();
}

void FileStore::beginReading(QObject *context, Answer<Keeping> answer)
{
    m_seen.reset();
    struct Read
    {
        VaultFile::Found found;
        bool hasOldSlots = false;
    };
    const auto work = [looks = m_looksAtCopies](const VaultFile &file) -> Result<Read> {
        Result<VaultFile::Found> found = file.read();
        if (!found)
            return tl::unexpected(found.error());
        return Read{std::move(*found), looks && file.hasOldSlots()};
    };
    run<Read>(work, context, [this, answer = std::move(answer)](Result<Read> read) {
        if (!read)
            return answer(tl::unexpected(read.error()));
        if (std::exchange(m_looksAtCopies, false))
            m_hasOldSlots = read->hasOldSlots;
        VaultFile::Found *found = &read->found;
        m_seen = std::move(found->entries);
        m_forgetTimer.start(forgetAfter);
        answer(keepingOf(found->source));
    });
}

void FileStore::withEntries(QObject *context, std::function<void(Result<const FileEntries *>)> then)
{
    if (m_seen) { // never from inside the call
        QMetaObject::invokeMethod(
            this,
            [this, guard = QPointer<QObject>(context), then = std::move(then)] {
                if (!guard)
                    return;
                if (m_seen)
                    return then(&*m_seen);
                withEntries(guard, then);
            },
            Qt::QueuedConnection);
        return;
    }
    beginReading(context, [this, then = std::move(then)](const Result<Keeping> &keeping) {
        if (!keeping)
            return then(tl::unexpected(keeping.error()));
        then(&*m_seen);
    });
}

void FileStore::read(const QString &key, QObject *context, Answer<QByteArray> answer)
{
    withEntries(context, [name = nameOf(key),
                          answer = std::move(answer)](const Result<const FileEntries *> &entries) {
        if (!entries)
            return answer(tl::unexpected(entries.error()));
        const auto found = (*entries)->find(name);
        if (found == (*entries)->end())
            return answer(failure(Errc::EntryNotFound));
        // A copy of its own: readers wipe what they get.
        answer(QByteArray(found->second.constData(), found->second.size()));
    });
}

void FileStore::replaceAll(const std::map<QString, QByteArray> &added, const QStringList &kept,
                           QObject *context, Answer<void> answer)
{
    FileEntries entries;
    for (const auto &[key, value] : added)
        entries.emplace(nameOf(key), value);
    std::vector<QByteArray> names;
    for (const QString &key : kept)
        names.push_back(nameOf(key));
    m_seen.reset();
    run<void>([entries, names](const VaultFile &file) { return file.replace(entries, names); },
              context,
              [this, answer = std::move(answer)](const Result<void> &replaced) {
                  // Copies under an old password went with it, or may still be there.
                  m_looksAtCopies = !replaced;
                  m_hasOldSlots = m_hasOldSlots && !replaced;
                  answer(replaced);
              });
}

void FileStore::write(const QString &key, const QByteArray &value, QObject *context,
                      Answer<void> answer)
{
    Q_UNUSED(key)
    Q_UNUSED(value)
    answerLater<void>(context, std::move(answer),
                      failure(Errc::FileUnwritable, u"a file is written whole"_s));
}

void FileStore::remove(const QString &key, QObject *context, Answer<void> answer)
{
    withEntries(context, [name = nameOf(key),
                          answer = std::move(answer)](const Result<const FileEntries *> &entries) {
        if (!entries)
            return answer(tl::unexpected(entries.error()));
        answer((*entries)->contains(name)
                   ? Result<void>(failure(Errc::FileUnwritable, u"a file is written whole"_s))
                   : Result<void>());
    });
}

void FileStore::list(const QString &prefix, QObject *context, Answer<QStringList> answer)
{
    withEntries(context, [prefix, ours = m_prefix,
                          answer = std::move(answer)](const Result<const FileEntries *> &entries) {
        if (!entries)
            return answer(tl::unexpected(entries.error()));
        QStringList keys;
        for (const auto &[name, value] : **entries) {
            if (const QString key = ours + QString::fromLatin1(name); key.startsWith(prefix))
                keys.append(key);
        }
        answer(keys);
    });
}

void FileStore::unlock(QObject *context, Answer<void> answer)
{
    answerLater<void>(context, std::move(answer), {});
}

void FileStore::removeAll(QObject *context, Answer<void> answer)
{
    m_seen.reset();
    run<void>([](const VaultFile &file) { return file.removeAll(); }, context, std::move(answer));
}

} // namespace hufu
