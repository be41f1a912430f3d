#pragma once

#include "core/base/fields.h"
#include "core/vault/file_store.h"
#include "core/vault/key_slot.h"
#include "tests/core/vault/vault_fixture.h"

namespace hufu::test {

/// A password slot as far as a reader can tell that has no password. `seed` tells slots apart.
inline SecretBytes lockedSlot(std::uint8_t seed)
{
    std::array<std::byte, 60> box{};
    std::array<std::byte, 16> salt{};
    box.fill(std::byte{seed});
    salt.fill(std::byte{seed});
    FieldWriter slot;
    slot.number(1, 2);
    slot.bytes(2, std::span(box).first(8));
    slot.number(3, 1'700'000'000);
    slot.bytes(16, salt);
    slot.number(17, 65'536);
    slot.number(18, 3);
    slot.number(19, 4);
    slot.bytes(20, box);
    return std::move(*slot.take());
}

/// The text of a head that names no page, as a file may hold it.
inline QByteArray headText(std::uint64_t generation, SecretBytes slot)
{
    HeadIdentity identity;
    identity.vault.fill(std::byte{7});
    identity.key.fill(std::byte{8});
    identity.keySlots.push_back(std::move(slot));
    SecretBytes vaultKey = std::move(*SecretBytes::ofSize(vaultKeySize));
    const Result<VaultKeys> keys =
        VaultKeys::derive(identity.key, std::move(vaultKey), identity.vault);
    return sealHead(identity, generation, HeadBody{}, *keys).value();
}

/// The entries of a file of that generation, with a page that says which it is.
inline FileEntries entriesOf(std::uint64_t generation, std::uint8_t slotSeed = 1)
{
    return {{generation % 2 == 1 ? "head-a" : "head-b", headText(generation, lockedSlot(slotSeed))},
            {"page-00000000000000aa", "hufu.page.1:" + QByteArray::number(qulonglong(generation))}};
}

/// The generation of entriesOf; 0 where there is none.
inline std::uint64_t generationIn(const FileEntries &entries)
{
    const Result<FileHead> head = headOfFile(entries);
    return head ? head->generation : 0;
}

inline QByteArray bytesAt(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool putBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// The generations of the file and of `.1`, `.2`, `.3`; 0 for what is not whole.
inline std::vector<std::uint64_t> generationsAt(const QString &path)
{
    std::vector<std::uint64_t> found;
    for (const char *end : {"", ".1", ".2", ".3"}) {
        const Result<FileEntries> entries = fromFileText(bytesAt(path + QLatin1String(end)));
        found.push_back(entries ? generationIn(*entries) : 0);
    }
    return found;
}

} // namespace hufu::test
