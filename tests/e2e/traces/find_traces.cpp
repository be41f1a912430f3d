// Where byte strings occur in the readable memory of processes, or in files.
//
//   find_traces TARGET... <PATTERNS      TARGET: pid:NUMBER, or the path of a file
//
// PATTERNS: one a line, in hex, of 8 bytes or more. For each place where one begins, a line on
// standard output: its number in PATTERNS from 0, the place in hex, and the target's part that it
// lies in. Status 2 if a target cannot be read; a file that has gone meanwhile holds nothing.
// Reading another process needs the right to trace it: the tests run as root.

#include <algorithm>
#include <array>
#include <bitset>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace {

using Bytes = std::vector<unsigned char>;
constexpr std::size_t keySize = 8; // bytes that every pattern has

std::uint64_t keyAt(const unsigned char *at)
{
    std::uint64_t key = 0;
    std::memcpy(&key, at, keySize);
    return key;
}

/// The patterns by their first 8 bytes. Nearly every place of a memory is told by one bit that none
/// begins there.
class Patterns
{
public:
    void add(Bytes pattern)
    {
        const std::uint64_t key = keyAt(pattern.data());
        m_maybe.set(slotOf(key));
        m_longest = std::max(m_longest, pattern.size());
        m_byKey.emplace(key, m_all.size());
        m_all.push_back(std::move(pattern));
    }
    [[nodiscard]] std::size_t longest() const { return m_longest; }

    /// Prints what begins in the first `starts` bytes of `size`.
    void report(const unsigned char *bytes, std::size_t size, std::size_t starts,
                std::uint64_t base, const std::string &where) const
    {
        for (std::size_t at = 0; at < starts && at + keySize <= size; ++at) {
            const std::uint64_t key = keyAt(bytes + at);
            if (!m_maybe.test(slotOf(key)))
                continue;
            const auto [begin, end] = m_byKey.equal_range(key);
            for (auto found = begin; found != end; ++found) {
                const Bytes &pattern = m_all[found->second];
                if (at + pattern.size() <= size &&
                    std::memcmp(bytes + at, pattern.data(), pattern.size()) == 0)
                    std::printf("%zu %llx %s\n", found->second,
                                static_cast<unsigned long long>(base + at), where.c_str());
            }
        }
    }

private:
    static std::size_t slotOf(std::uint64_t key) { return (key * 0x9e3779b97f4a7c15ULL) >> 44; }

    std::vector<Bytes> m_all;
    std::unordered_multimap<std::uint64_t, std::size_t> m_byKey;
    std::bitset<1 << 20> m_maybe;
    std::size_t m_longest = 0;
};

/// Reads [from, to) of `file` in pieces that overlap by the longest pattern. A page that is not
/// there ends it.
bool search(int file, std::uint64_t from, std::uint64_t to, const Patterns &patterns,
            const std::string &where)
{
    constexpr std::size_t piece = std::size_t{1} << 20;
    static std::vector<unsigned char> room(piece + 64 * 1024);
    bool any = false;
    for (std::uint64_t at = from; at < to; at += piece) {
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(piece + patterns.longest(), to - at));
        const ssize_t got = pread(file, room.data(), wanted, static_cast<off_t>(at));
        if (got <= 0)
            return any;
        any = true;
        patterns.report(room.data(), static_cast<std::size_t>(got), piece, at, where);
    }
    return any;
}

bool searchProcess(const std::string &pid, const Patterns &patterns)
{
    const int memory = open(("/proc/" + pid + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    std::ifstream maps("/proc/" + pid + "/maps");
    if (memory < 0 || !maps)
        return false;
    bool any = false;
    for (std::string line; std::getline(maps, line);) {
        unsigned long long from = 0;
        unsigned long long to = 0;
        std::array<char, 5> rights{};
        int name = 0;
        if (std::sscanf(line.c_str(), "%llx-%llx %4s %*s %*s %*s %n", &from, &to, rights.data(),
                        &name) < 3)
            return false;
        const std::string where = name > 0 && line.size() > static_cast<std::size_t>(name)
                                      ? line.substr(static_cast<std::size_t>(name))
                                      : "anonymous";
        // The last two are the kernel's own and cannot be read.
        if (rights[0] == 'r' && where != "[vvar]" && where != "[vsyscall]")
            any = search(memory, from, to, patterns, where) || any;
    }
    close(memory);
    return any;
}

bool searchFile(const std::string &path, const Patterns &patterns)
{
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return errno == ENOENT;
    search(file, 0, static_cast<std::uint64_t>(lseek(file, 0, SEEK_END)), patterns, path);
    close(file);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const auto patterns = std::make_unique<Patterns>();
    for (std::string line; std::getline(std::cin, line);) {
        Bytes pattern;
        for (std::size_t at = 0; at + 1 < line.size(); at += 2)
            pattern.push_back(
                static_cast<unsigned char>(std::stoi(line.substr(at, 2), nullptr, 16)));
        if (pattern.size() < keySize || pattern.size() > 16 * 1024) {
            std::cerr << "find_traces: a pattern of " << pattern.size() << " bytes\n";
            return 2;
        }
        patterns->add(std::move(pattern));
    }
    for (int i = 1; i < argc; ++i) {
        const std::string target = argv[i];
        const bool read = target.starts_with("pid:") ? searchProcess(target.substr(4), *patterns)
                                                     : searchFile(target, *patterns);
        if (!read) {
            std::cerr << "find_traces: " << target << " cannot be read\n";
            return 2;
        }
    }
    return 0;
}
