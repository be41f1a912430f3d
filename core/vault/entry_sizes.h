#pragma once

#include <QString>

#include <cstddef>

namespace hufu {

/// How much a store takes in one entry, and the pages that suit it, in characters of text.
/// Source: storage.md 5.
struct EntrySizes
{
    std::size_t entry = std::size_t{1} << 20; ///< longer values need parts (parts_store.h)
    std::size_t smallPage = std::size_t{16} << 10;
    std::size_t largePage = std::size_t{512} << 10;
};

/// The sizes of a backend, by the name that SecretStore::backend() gives; those of the Secret
/// Service for a name that is not known.
[[nodiscard]] EntrySizes entrySizesOf(const QString &backend);

/// Names of backends that more than one place must know.
[[nodiscard]] QString secretServiceName();
[[nodiscard]] QString kwalletName();
/// What Windows and macOS keep secrets in.
[[nodiscard]] QString credentialManagerName();
[[nodiscard]] QString macKeychainName();

} // namespace hufu
