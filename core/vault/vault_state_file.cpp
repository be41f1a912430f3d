#include "core/vault/vault_state_file.h"

#include "core/base/crypto.h"
#include "core/vault/platform_folder.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 maximumSize = 1 << 20;

/// A number as we write it: digits only, no leading zeroes.
std::optional<std::uint64_t> readNumber(const QByteArray &word)
{
    bool valid = false;
    const std::uint64_t number = word.toULongLong(&valid);
    return valid && QByteArray::number(qulonglong(number)) == word ? std::optional(number)
                                                                   : std::nullopt;
}

std::optional<PageId> readPageId(const QByteArray &word)
{
    const QByteArray bytes = QByteArray::fromHex(word);
    PageId id;
    if (bytes.size() != qsizetype(id.size()) || bytes.toHex() != word)
        return std::nullopt;
    std::ranges::copy(std::as_bytes(std::span(bytes)), id.begin());
    return id;
}

bool readLine(const QList<QByteArray> &words, bool first, VaultState &state)
{
    if (first) {
        const auto committed =
            words.size() == 2 && words[0] == "committed" ? readNumber(words[1]) : std::nullopt;
        state.committed = committed.value_or(0);
        return committed.has_value();
    }
    if (words.size() == 4 && words[0] == "writing" && words[2] == "after") {
        const auto generation = readNumber(words[1]);
        const auto after = readNumber(words[3]);
        if (state.writing || !state.toRemove.empty() || !generation || !after)
            return false;
        state.writing = VaultState::Writing{*generation, *after};
        return true;
    }
    const auto page = words.size() == 2 && words[0] == "page" ? readPageId(words[1]) : std::nullopt;
    if (page)
        state.addToRemove(*page);
    return page.has_value();
}

QByteArray toText(const VaultState &state)
{
    QByteArray text = "committed " + QByteArray::number(qulonglong(state.committed)) + '\n';
    if (state.writing)
        text += "writing " + QByteArray::number(qulonglong(state.writing->generation)) + " after " +
                QByteArray::number(qulonglong(state.writing->after)) + '\n';
    for (const PageId &page : state.toRemove)
        text += "page " + toHex(page) + '\n';
    return text;
}

} // namespace

void VaultState::addToRemove(const PageId &page)
{
    if (std::ranges::find(toRemove, page) == toRemove.end())
        toRemove.push_back(page);
}

VaultStateFile::VaultStateFile(QString folder)
    : m_folder(std::move(folder))
{
}

std::optional<VaultState> VaultStateFile::read() const
{
    QFile file(m_folder + u"/vault.state"_s);
    if (!file.open(QIODevice::ReadOnly) || file.size() > maximumSize)
        return std::nullopt;
    const QByteArray text = file.readAll();
    if (!text.endsWith('\n'))
        return std::nullopt;
    VaultState state;
    bool first = true;
    for (const QByteArray &line : text.chopped(1).split('\n')) {
        if (!readLine(line.split(' '), first, state))
            return std::nullopt;
        first = false;
    }
    return state;
}

Result<void> VaultStateFile::write(const VaultState &state) const
{
    if (const Result<void> made = makeFolder(); !made)
        return made;
    const QByteArray text = toText(state);
    QSaveFile file(m_folder + u"/vault.state"_s); // syncs the file before it renames
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return failure(Errc::VaultUnwritable, file.errorString());
    if (!syncFolder(m_folder))
        return failure(Errc::VaultUnwritable, u"the folder cannot be synced"_s);
    return {};
}

Result<void> VaultStateFile::makeFolder() const
{
    const QDir folder(m_folder);
    if (folder.exists())
        return {};
    if (!QDir().mkpath(m_folder) ||
        !QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return failure(Errc::VaultUnwritable, u"the data folder cannot be made"_s);
    return {};
}

} // namespace hufu
