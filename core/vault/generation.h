#pragma once

#include "core/vault/page_placement.h"

namespace hufu {

/// SHA-256 of an entry's text, by which a head names its pages and a commit its head. Any thread.
[[nodiscard]] Sha256Digest digestOf(const QByteArray &text);

/// A page of a generation that must be written.
struct NewPage
{
    QString entry; ///< its name, without the profile
    QByteArray text;
};

/// What must be written for a generation: its new pages, then its head.
struct SealedGeneration
{
    std::vector<NewPage> pages;
    QByteArray head;
};

/// Which pages of a generation are new.
enum class Resealed { Changed, All };

/// How a generation is to be sealed.
struct Sealing
{
    Resealed which = Resealed::Changed;
    EntrySizes sizes; ///< of the store that it goes to
    std::chrono::sys_seconds now;
};

/// Seals the generation after `before`, of which only pages and accounts count: `next` holds its
/// identity, keys and accounts, and the body and the number of the one before; it gets its own
/// number, body, pages and digest.
/// Errors: those of planPages, sealPage and sealHead.
[[nodiscard]] Result<SealedGeneration> sealNext(VaultContents &next, const VaultContents &before,
                                                const Sealing &how);

/// The same accounts on the same pages once more, under the next number: the text of its head.
/// Errors: those of sealHead.
[[nodiscard]] Result<QByteArray> sealNextHead(VaultContents &next, std::chrono::sys_seconds now);

} // namespace hufu
