#include "core/activity/activity_file.h"

#include "core/base/logging.h"
#include "core/vault/platform_file.h"
#include "core/vault/platform_lock_file.h"
#include "core/vault/side_key.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <QThread>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto pauseBetweenTries = 5ms;
constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

/// `events` as the lines `first`, `first` + 1 and so on.
Result<QByteArray> sealLines(const SideKey &key, std::span<const ActivityEvent> events,
                             std::uint64_t first)
{
    QByteArray text;
    for (const ActivityEvent &event : events) {
        const Result<SecretBytes> plain = encodeEvent(event);
        if (!plain)
            return tl::unexpected(plain.error());
        const Result<QByteArray> line = key.seal(SideValue::activity(first++), plain->view());
        if (!line)
            return line;
        text += *line + '\n';
    }
    return text;
}

/// Line `index` of a file, from 0. Errors: SealBroken if it is not that line of ours.
Result<SecretBytes> openLine(const SideKey &key, const QList<QByteArray> &lines, qsizetype index)
{
    return key.open(SideValue::activity(std::uint64_t(index) + 1), lines.at(index));
}

qsizetype sizeOf(const QList<QByteArray> &lines)
{
    qsizetype size = 0;
    for (const QByteArray &line : lines)
        size += line.size() + 1;
    return size;
}

Error unwritable(const QString &detail)
{
    return {Errc::FileUnwritable, detail};
}

} // namespace

/// Held for the time of one change. A holder that was killed holds nothing.
class ActivityFile::Lock
{
public:
    Lock(const QString &path, std::chrono::milliseconds patience)
        : m_file(path)
    {
        m_file.setStaleLockTime(0);
        for (auto waited = 0ms;; waited += pauseBetweenTries) {
            if (m_file.tryLock(0))
                return;
            if (m_file.error() != QLockFile::LockFailedError) {
                m_result = tl::unexpected(unwritable(u"activity.lock"_s));
                return;
            }
            if (waited >= patience)
                break;
            QThread::msleep(static_cast<unsigned long>(pauseBetweenTries.count()));
        }
        removeAbandonedLock(path); // for the next try
        m_result = failure(Errc::VaultBusy);
    }

    [[nodiscard]] const Result<void> &result() const { return m_result; }

private:
    QLockFile m_file;
    Result<void> m_result;
};

ActivityFile::ActivityFile(QString folder)
    : m_folder(std::move(folder))
    , m_path(m_folder + u"/activity"_s)
{
}

Result<QList<QByteArray>> ActivityFile::lines() const
{
    const Result<QByteArray> text = readWholeFile(m_path, mostBytes);
    if (!text && text.error().code == Errc::EntryNotFound)
        return QList<QByteArray>();
    if (!text && text.error().code == Errc::VaultCorrupt)
        return failure(Errc::SealBroken, u"longer than an activity file"_s);
    if (!text)
        return tl::unexpected(text.error());
    QList<QByteArray> all = text->split('\n');
    all.removeLast(); // what stands behind the last line break is nothing, or was cut off
    return all;
}

Result<void> ActivityFile::replace(const QByteArray &text)
{
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return tl::unexpected(unwritable(file.errorString()));
    file.setPermissions(ownerOnly);
    if (file.write(text) != text.size() || !file.commit())
        return tl::unexpected(unwritable(file.errorString()));
    return {};
}

Result<void> ActivityFile::beginAnew(const SideKey &key, std::chrono::sys_seconds now)
{
    qCWarning(logVault) << "the activity file is damaged and set aside";
    if (const Result<void> aside = renameOver(m_path, m_path + u".bad"_s); !aside)
        return aside;
    ActivityEvent event;
    event.kind = ActivityEvent::Kind::BegunAnew;
    event.time = now;
    const Result<QByteArray> text = sealLines(key, std::span(&event, 1), 1);
    if (!text)
        return tl::unexpected(text.error());
    return replace(*text);
}

/// Looks at the last line only: who opens that one has counted as its writer did. The others are
/// looked at when they are read.
Result<QList<QByteArray>> ActivityFile::linesOrBegunAnew(const SideKey &key,
                                                         std::chrono::sys_seconds now)
{
    Result<QList<QByteArray>> present = lines();
    if (present && !present->isEmpty()) {
        const Result<SecretBytes> last = openLine(key, *present, present->size() - 1);
        if (!last)
            present = tl::unexpected(last.error());
    }
    if (present || present.error().code != Errc::SealBroken)
        return present;
    if (const Result<void> begun = beginAnew(key, now); !begun)
        return tl::unexpected(begun.error());
    return lines();
}

Result<void> ActivityFile::halve(const SideKey &key, const QList<QByteArray> &lines)
{
    QByteArray newer;
    std::uint64_t number = 0; // the seals name the lines' numbers, and these begin at 1 again
    for (qsizetype i = lines.size() - lines.size() / 2; i < lines.size(); ++i) {
        const Result<SecretBytes> plain = openLine(key, lines, i);
        if (!plain)
            return tl::unexpected(plain.error());
        const Result<QByteArray> line = key.seal(SideValue::activity(++number), plain->view());
        if (!line)
            return tl::unexpected(line.error());
        newer += *line + '\n';
    }
    return replace(newer);
}

Result<void> ActivityFile::append(const SideKey &key, std::span<const ActivityEvent> events,
                                  std::chrono::sys_seconds now, std::chrono::milliseconds patience)
{
    if (!QFileInfo(m_folder).isDir()) // the profile was removed
        return tl::unexpected(unwritable(u"there is no folder"_s));
    const Lock lock(m_folder + u"/activity.lock"_s, patience);
    if (!lock.result())
        return lock.result();
    Result<QList<QByteArray>> present = linesOrBegunAnew(key, now);
    if (!present)
        return tl::unexpected(present.error());
    Result<QByteArray> added = sealLines(key, events, std::uint64_t(present->size()) + 1);
    if (!added)
        return tl::unexpected(added.error());
    while (!present->isEmpty() && (std::size_t(present->size()) + events.size() > mostEvents ||
                                   sizeOf(*present) + added->size() > mostBytes)) {
        Result<void> made = halve(key, *present);
        if (!made && made.error().code == Errc::SealBroken)
            made = beginAnew(key, now);
        if (!made)
            return made;
        present = lines();
        if (!present)
            return tl::unexpected(present.error());
        added = sealLines(key, events, std::uint64_t(present->size()) + 1);
        if (!added)
            return tl::unexpected(added.error());
    }
    QFile file(m_path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered, ownerOnly) ||
        !file.resize(sizeOf(*present)) || !file.seek(sizeOf(*present)) ||
        file.write(*added) != added->size())
        return tl::unexpected(unwritable(file.errorString()));
    return {};
}

Result<std::vector<ActivityEvent>> ActivityFile::read(const SideKey &key,
                                                      std::chrono::sys_seconds now,
                                                      std::chrono::milliseconds patience)
{
    // One at a time: thousands of them would fill the memory of secrets.
    const auto readAll = [&]() -> Result<std::vector<ActivityEvent>> {
        const Result<QList<QByteArray>> present = lines();
        if (!present)
            return tl::unexpected(present.error());
        std::vector<ActivityEvent> events;
        events.reserve(std::size_t(present->size()));
        for (qsizetype i = 0; i < present->size(); ++i) {
            const Result<SecretBytes> plain = openLine(key, *present, i);
            if (!plain)
                return tl::unexpected(plain.error());
            // The seal is whole, so it is as some version of this program wrote it.
            Result<ActivityEvent> event = decodeEvent(*plain);
            events.push_back(event ? std::move(*event) : ActivityEvent{});
        }
        return events;
    };
    Result<std::vector<ActivityEvent>> events = readAll();
    if (events || events.error().code != Errc::SealBroken)
        return events;
    const Lock lock(m_folder + u"/activity.lock"_s, patience);
    if (!lock.result())
        return tl::unexpected(lock.result().error());
    events = readAll(); // another program may have set it aside meanwhile
    if (events || events.error().code != Errc::SealBroken)
        return events;
    if (const Result<void> begun = beginAnew(key, now); !begun)
        return tl::unexpected(begun.error());
    return readAll();
}

} // namespace hufu
