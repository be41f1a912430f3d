#include "core/vault/vault_file_text.h"

#include "core/base/crypto.h"
#include "core/vault/key_slot.h"
#include "core/vault/verdict.h"

#include <algorithm>

namespace hufu {
namespace {

constexpr std::string_view opening = "hufu-vault-file ";
constexpr std::string_view version = "1";
constexpr std::string_view closing = "end ";

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QByteArray bytesFrom(std::string_view view)
{
    return {view.data(), static_cast<qsizetype>(view.size())};
}

tl::unexpected<Error> damaged(const char *what)
{
    return failure(Errc::VaultCorrupt, QLatin1String(what));
}

/// The next line without its line feed; nothing where none ends any more.
std::optional<std::string_view> takeLine(std::string_view &rest)
{
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

bool isNumber(std::string_view text)
{
    return !text.empty() && text.front() != '0' &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isEntryName(std::string_view name)
{
    constexpr std::string_view page = "page-";
    if (name == "head-a" || name == "head-b")
        return true;
    return name.starts_with(page) && name.size() == page.size() + 16 &&
           name.find_first_not_of("0123456789abcdef", page.size()) == std::string_view::npos;
}

bool isValue(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

/// Adds the entry of a line; false if it is not one, or not after the last one.
bool addEntry(std::string_view line, FileEntries &entries)
{
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos)
        return false;
    const std::string_view name = line.substr(0, space);
    const std::string_view value = line.substr(space + 1);
    if (!isEntryName(name) || !isValue(value))
        return false;
    QByteArray key = bytesFrom(name);
    if (!entries.empty() && key <= entries.rbegin()->first)
        return false;
    entries.emplace_hint(entries.end(), std::move(key), bytesFrom(value));
    return true;
}

} // namespace

QByteArray toFileText(const FileEntries &entries)
{
    QByteArray text = bytesFrom(opening) + bytesFrom(version) + '\n';
    for (const auto &[name, value] : entries)
        text += name + ' ' + value + '\n';
    const QByteArray sum = toHex(sha256(std::as_bytes(std::span(text))));
    return text + bytesFrom(closing) + sum + '\n';
}

Result<FileEntries> fromFileText(const QByteArray &text)
{
    std::string_view rest = viewOf(text);
    const std::optional<std::string_view> first = takeLine(rest);
    if (!first || !first->starts_with(opening) || !isNumber(first->substr(opening.size())))
        return damaged("not a vault's file");
    if (first->substr(opening.size()) != version)
        return failure(Errc::VaultNewerVersion, QStringLiteral("file of a newer version"));
    FileEntries entries;
    for (;;) {
        const std::size_t summed = static_cast<std::size_t>(text.size()) - rest.size();
        const std::optional<std::string_view> line = takeLine(rest);
        if (!line)
            return damaged("the file is cut short");
        if (!line->starts_with(closing)) {
            if (!addEntry(*line, entries))
                return damaged("a line of the file");
            continue;
        }
        const QByteArray sum = toHex(sha256(bytesOf(viewOf(text).substr(0, summed))));
        if (line->substr(closing.size()) != viewOf(sum) || !rest.empty())
            return damaged("checksum of the file");
        return entries;
    }
}

Result<FileHead> headOfFile(const FileEntries &entries)
{
    const auto a = entries.find("head-a");
    const auto b = entries.find("head-b");
    if ((a == entries.end()) == (b == entries.end()))
        return damaged("a file has one head");
    const auto found = a == entries.end() ? b : a;
    Result<SealedHead> head = parseHead(found->second);
    if (!head)
        return tl::unexpected(head.error());
    if (headEntryName(head->generation).toLatin1() != found->first)
        return damaged("the head stands under the other one's name");
    if (const Result<VaultKeys> open = openSlot(head->identity); open)
        return damaged("an open slot in a file");
    else if (open.error().code != Errc::PasswordNeeded)
        return tl::unexpected(open.error());
    return FileHead{.generation = head->generation,
                    .vault = head->identity.vault,
                    .keySlots = std::move(head->identity.keySlots)};
}

bool haveSameSlots(const FileHead &a, const FileHead &b)
{
    return std::ranges::equal(a.keySlots, b.keySlots,
                              [](const SecretBytes &x, const SecretBytes &y) {
                                  return std::ranges::equal(x.view(), y.view());
                              });
}

} // namespace hufu
