// Every byte that the process gives back is wiped first: a `free` and a `realloc` of our own,
// linked into the programs that hold secrets (core/base/CMakeLists.txt says in which builds). What
// we own ourselves lies in SecretBytes; this is for the copies that others make of what passes
// through them: Qt, QtKeychain, libsecret, GLib, OpenSSL, stdio (security.md 3, platform.md 6a).
//
// A function that the executable defines comes before the same one of every library, so all of them
// call these two, `operator delete`, reallocarray and the C library itself among them. Both are
// made of other functions and keep nothing themselves: they may run before main, after it, and in
// any number of threads.
//
// `free` asks how long the block really is, which malloc_usable_size knows of blocks of calloc and
// memalign too, wipes all of it and hands it to the `free` that would have been called without us.
// That one is looked up instead of named (__libc_free): where somebody preloads another allocator,
// the blocks are that one's.
//
// `realloc` never lets the allocator move a block, which would leave the old bytes behind: it stays
// where it is if it fits, else it is copied, and freed as above. So a block of many megabytes that
// grows is copied where the C library would only have renamed its pages.
//
// Not reached: the stack and the registers, pages that a library maps and unmaps by itself (the
// system clears those), and what nobody frees. And the C library's own check for a small block that
// is freed twice loses the word that it looks at; AddressSanitizer, whose presets this is never
// linked into, finds those.

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <atomic>

#include <dlfcn.h>
#include <malloc.h>

namespace {

using Free = void (*)(void *);

/// The `free` that stands behind ours. Looked up at the first call, which comes from the loader
/// while there is one thread; several that look it up find the same.
Free nextFree()
{
    static constinit std::atomic<Free> found{nullptr};
    Free next = found.load(std::memory_order_relaxed);
    if (next == nullptr) {
        next = reinterpret_cast<Free>(dlsym(RTLD_NEXT, "free"));
        if (next == nullptr)
            std::abort();
        found.store(next, std::memory_order_relaxed);
    }
    return next;
}

} // namespace

extern "C" {

[[gnu::visibility("default")]] void free(void *block) noexcept
{
    if (block == nullptr)
        return;
    explicit_bzero(block, malloc_usable_size(block));
    nextFree()(block);
}

[[gnu::visibility("default")]] void *realloc(void *block, std::size_t size) noexcept
{
    if (block == nullptr)
        return std::malloc(size);
    if (size == 0) { // as glibc does it
        free(block);
        return nullptr;
    }
    const std::size_t room = malloc_usable_size(block);
    // Less than half is given back, unless that is a few bytes.
    if (size <= room && (size >= room / 2 || room <= 256)) {
        explicit_bzero(static_cast<std::byte *>(block) + size, room - size);
        return block;
    }
    void *other = std::malloc(size);
    if (other == nullptr)
        return nullptr; // the block is as it was
    std::memcpy(other, block, size < room ? size : room);
    free(block);
    return other;
}

} // extern "C"
