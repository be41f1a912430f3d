#include "core/vault/vault_file.h"

#include "core/base/logging.h"
#include "core/vault/platform_file.h"
#include "core/vault/platform_folder.h"

#include <QFileInfo>

#include <algorithm>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

const auto newName = u".new"_s;  ///< of the next file while it is written
const auto copyName = u".tmp"_s; ///< of a copy while it is written
const auto badName = u".bad"_s;

} // namespace

/// A file with nothing wrong.
struct VaultFile::Whole
{
    QByteArray text;
    FileEntries entries;
    FileHead head;
};

/// The file and its copies as they are.
struct VaultFile::Look
{
    Result<Whole> file;
    std::vector<Result<Whole>> copies; ///< the first is `.1`

    [[nodiscard]] const Whole *newestCopy() const
    {
        const Whole *newest = nullptr;
        for (const Result<Whole> &copy : copies) {
            if (copy && (newest == nullptr || copy->head.generation > newest->head.generation))
                newest = &*copy;
        }
        return newest;
    }
    /// What counts: the file, or else the newest whole copy; null where nothing is there.
    /// Errors: as VaultFile::read.
    [[nodiscard]] Result<const Whole *> present() const;
};

Result<const VaultFile::Whole *> VaultFile::Look::present() const
{
    if (file)
        return &*file;
    // What cannot be read now may be whole: a copy must not take its place unasked.
    const auto isLost = [](Errc code) {
        return code == Errc::EntryNotFound || code == Errc::VaultCorrupt;
    };
    if (!isLost(file.error().code))
        return tl::unexpected(file.error());
    bool nothing = file.error().code == Errc::EntryNotFound;
    std::optional<Error> trouble;
    for (const Result<Whole> &copy : copies) {
        if (!copy && copy.error().code == Errc::VaultNewerVersion)
            return tl::unexpected(copy.error());
        if (!copy && !isLost(copy.error().code))
            trouble = copy.error();
        nothing = nothing && !copy && copy.error().code == Errc::EntryNotFound;
    }
    if (const Whole *newest = newestCopy())
        return newest;
    if (trouble)
        return tl::unexpected(*trouble);
    if (!nothing)
        return failure(Errc::VaultCorrupt, u"neither the file nor a copy is whole"_s);
    return nullptr;
}

VaultFile::VaultFile(QString path)
    : m_path(std::move(path))
{
}

QString VaultFile::nameOf(int copy) const
{
    return m_path + u'.' + QString::number(copy);
}

Result<VaultFile::Whole> VaultFile::wholeAt(const QString &path)
{
    Result<QByteArray> text = readWholeFile(path, largest);
    if (!text)
        return tl::unexpected(text.error());
    Result<FileEntries> entries = fromFileText(*text);
    if (!entries)
        return tl::unexpected(entries.error());
    Result<FileHead> head = headOfFile(*entries);
    if (!head)
        return tl::unexpected(head.error());
    return Whole{std::move(*text), std::move(*entries), std::move(*head)};
}

VaultFile::Look VaultFile::look() const
{
    Look found{wholeAt(m_path), {}};
    for (int copy = 1; copy <= copies; ++copy)
        found.copies.push_back(wholeAt(nameOf(copy)));
    return found;
}

Result<VaultFile::Found> VaultFile::read() const
{
    if (Result<Whole> file = wholeAt(m_path); file) // the copies need not be read
        return Found{Source::File, std::move(file->entries)};
    const Look found = look();
    const Result<const Whole *> present = found.present();
    if (!present)
        return tl::unexpected(present.error());
    if (*present == nullptr)
        return Found{};
    return Found{found.file ? Source::File : Source::Copy, (*present)->entries};
}

Result<void> VaultFile::replace(const FileEntries &added, const std::vector<QByteArray> &kept) const
{
    const Look before = look();
    const Result<const Whole *> present = before.present();
    if (!present)
        return tl::unexpected(present.error());
    FileEntries entries = added;
    for (const QByteArray &name : kept) {
        if (*present == nullptr || !(*present)->entries.contains(name))
            return failure(Errc::WriteNotConfirmed, u"a page is not in the file"_s);
        entries.emplace(name, (*present)->entries.at(name));
    }
    const Result<FileHead> head = headOfFile(entries);
    if (!head)
        return failure(Errc::WriteNotConfirmed, head.error().detail);

    if (const Result<void> written = writeBeside(toFileText(entries)); !written)
        return written;
    Result<void> replaced = rotate(before);
    if (replaced) {
        step();
        replaced = renameOver(m_path + newName, m_path);
    }
    if (!replaced) {
        // What stays in the way is removed by the next commit.
        if (const Result<void> removed = removeFile(m_path + newName); !removed)
            qCWarning(logVault) << "a file that was begun stays";
        return replaced;
    }
    step();
    if (!syncFolder(QFileInfo(m_path).path()))
        return failure(Errc::FileUnwritable, u"the folder cannot be synced"_s);
    removeOldSlots(before, *head);
    return {};
}

/// Writes the next file under another name, reads it back and compares.
Result<void> VaultFile::writeBeside(const QByteArray &text) const
{
    const QString name = m_path + newName;
    step();
    if (const Result<void> removed = removeFile(name); !removed) // of a commit that was cut off
        return removed;
    step();
    if (const Result<void> written = writeNewFile(name, text); !written)
        return written;
    const Result<QByteArray> read = readWholeFile(name, largest);
    if (read && *read == text)
        return {};
    const Result<void> removed = removeFile(name);
    return read && removed ? failure(Errc::WriteNotConfirmed, u"file"_s)
                           : failure(Errc::WriteNotConfirmed, u"file, and it stays"_s);
}

/// Makes the present file `.1`. Only good copies move up, so that a damaged one pushes out none.
Result<void> VaultFile::rotate(const Look &before) const
{
    if (!before.file && before.file.error().code == Errc::EntryNotFound)
        return {};
    if (!before.file) {
        step();
        return renameOver(m_path, m_path + badName);
    }
    const std::vector<Result<Whole>> &old = before.copies;
    if (old[0] && old[0]->text == before.file->text)
        return {}; // kept by a commit that was cut off
    for (int copy = copies - 1; copy >= 1; --copy) {
        const bool isPushed = old[0] && (copy == 1 || old[1]);
        if (!isPushed)
            continue;
        step();
        if (const Result<void> moved = renameOver(nameOf(copy), nameOf(copy + 1)); !moved)
            return moved;
    }
    return copyTo(nameOf(1), before.file->text);
}

Result<void> VaultFile::copyTo(const QString &name, const QByteArray &text) const
{
    step();
    if (const Result<void> removed = removeFile(m_path + copyName); !removed)
        return removed;
    step();
    if (const Result<void> written = writeNewFile(m_path + copyName, text); !written)
        return written;
    step();
    return renameOver(m_path + copyName, name);
}

/// A copy that an old password opens would give away what stays the same since.
void VaultFile::removeOldSlots(const Look &before, const FileHead &now) const
{
    const auto remove = [this](const QString &name) {
        step();
        if (const Result<void> removed = removeFile(name); !removed)
            qCWarning(logVault) << "a copy under an old password stays:"
                                << errcName(removed.error().code);
    };
    const bool changed = !before.file || !haveSameSlots(before.file->head, now);
    for (int copy = 1; copy <= copies; ++copy) {
        const Result<Whole> whole = wholeAt(nameOf(copy));
        if (whole ? !haveSameSlots(whole->head, now)
                  : changed && whole.error().code == Errc::VaultCorrupt)
            remove(nameOf(copy));
    }
    if (changed && before.file)
        remove(m_path + badName);
}

bool VaultFile::hasOldSlots() const
{
    const Look found = look();
    if (!found.file)
        return false;
    return std::ranges::any_of(found.copies, [&](const Result<Whole> &copy) {
        return copy && !haveSameSlots(copy->head, found.file->head);
    });
}

Result<void> VaultFile::removeAll() const
{
    QStringList names{m_path + newName, m_path + copyName, m_path + badName};
    for (int copy = copies; copy >= 1; --copy)
        names.append(nameOf(copy));
    names.append(m_path);
    for (const QString &name : names) {
        step();
        if (const Result<void> removed = removeFile(name); !removed)
            return removed;
    }
    if (!syncFolder(QFileInfo(m_path).path()))
        return failure(Errc::FileUnwritable, u"the folder cannot be synced"_s);
    return {};
}

void VaultFile::step() const
{
    if (beforeStep)
        beforeStep();
}

} // namespace hufu
