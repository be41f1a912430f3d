#include <QtTest>

#include <cstdlib>
#include <cstring>
#include <new>
#include <random>
#include <thread>

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

namespace {

constexpr std::string_view mark = "a secret that must be gone afterwards, all of it";

/// The bytes at an address that may be nobody's any more, as the system sees them; empty if no page
/// is there. Reading them through a pointer would be undefined.
QByteArray bytesAt(std::uintptr_t address, std::size_t size)
{
    QByteArray bytes(static_cast<qsizetype>(size), '\0');
    const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    const ssize_t got = pread(memory, bytes.data(), size, static_cast<off_t>(address));
    close(memory);
    return got == static_cast<ssize_t>(size) ? bytes : QByteArray();
}

std::uintptr_t addressOf(const void *block)
{
    return reinterpret_cast<std::uintptr_t>(block);
}

/// Writes the mark over and over into `block`.
void fill(void *block, std::size_t size)
{
    for (std::size_t at = 0; at < size; ++at)
        static_cast<char *>(block)[at] = mark[at % mark.size()];
}

bool holds(std::uintptr_t address, std::size_t size)
{
    // 16 bytes of it: the allocator writes its own into the first 16 of a freed block.
    const QByteArray bytes = bytesAt(address, size);
    for (std::size_t from = 0; from + 16 <= mark.size(); ++from) {
        if (bytes.contains(QByteArray(mark.data() + from, 16)))
            return true;
    }
    return false;
}

} // namespace

/// `free` and `realloc` as the programs have them (core/base/platform_wiping_free.cpp).
class WipingFreeTest : public QObject
{
    Q_OBJECT

private slots:
    void aFreedBlockIsWiped_data();
    void aFreedBlockIsWiped();
    void whatCppAndQtFreeIsWiped();
    void whatTheLibrariesFreeIsWiped();
    void aBlockThatGrowsLeavesNothingBehind_data();
    void aBlockThatGrowsLeavesNothingBehind();
    void aBlockThatShrinksLeavesNothingBehind_data();
    void aBlockThatShrinksLeavesNothingBehind();
    void reallocKeepsToItsContract();
    void manyThreadsKeepTheirContents();
};

void WipingFreeTest::aFreedBlockIsWiped_data()
{
    QTest::addColumn<qulonglong>("size");
    QTest::addColumn<int>("kind"); // 0 malloc, 1 calloc, 2 aligned, 3 posix_memalign
    for (const qulonglong size : {24ULL, 200ULL, 1'024ULL, 1'500ULL, 70'000ULL, 300'000ULL}) {
        for (const int kind : {0, 1, 2, 3})
            QTest::addRow("%llu bytes, kind %d", size, kind) << size << kind;
    }
}

void WipingFreeTest::aFreedBlockIsWiped()
{
    QFETCH(const qulonglong, size);
    QFETCH(const int, kind);
    void *block = nullptr;
    if (kind == 0)
        block = std::malloc(size);
    else if (kind == 1)
        block = std::calloc(size, 1);
    else if (kind == 2)
        block = std::aligned_alloc(64, (size + 63) / 64 * 64);
    else
        QCOMPARE(posix_memalign(&block, 4096, size), 0);
    QVERIFY(block != nullptr);
    fill(block, size);
    const std::uintptr_t address = addressOf(block);
    QVERIFY(holds(address, size));
    std::free(block);
    QVERIFY(!holds(address, size));
}

void WipingFreeTest::whatCppAndQtFreeIsWiped()
{
    std::uintptr_t address = 0;
    {
        const std::string text(mark);
        address = addressOf(text.data());
        QVERIFY(holds(address, mark.size()));
    }
    QVERIFY(!holds(address, mark.size()));
    {
        const QByteArray text(mark.data(), static_cast<qsizetype>(mark.size()));
        address = addressOf(text.constData());
        QVERIFY(holds(address, mark.size()));
    }
    QVERIFY(!holds(address, mark.size()));
    {
        const auto block = std::make_unique<std::array<char, 500>>();
        fill(block->data(), block->size());
        address = addressOf(block->data());
        QVERIFY(holds(address, 500));
    }
    QVERIFY(!holds(address, 500));
}

// fclose frees the stream's buffer inside the C library; getline and reallocarray call realloc
// there.
void WipingFreeTest::whatTheLibrariesFreeIsWiped()
{
    std::FILE *file = std::tmpfile();
    QVERIFY(file != nullptr);
    std::fputs(std::string(mark).c_str(), file);
    std::rewind(file);
    char *line = nullptr;
    std::size_t room = 0;
    QCOMPARE(getline(&line, &room, file), static_cast<ssize_t>(mark.size()));
    const std::uintptr_t lineAddress = addressOf(line);
    void *larger = reallocarray(line, 100, 100);
    QVERIFY(larger != nullptr);
    QVERIFY(holds(addressOf(larger), mark.size()));
    QVERIFY(addressOf(larger) != lineAddress);
    QVERIFY(!holds(lineAddress, room));
    std::free(larger);
    std::fclose(file);
}

void WipingFreeTest::aBlockThatGrowsLeavesNothingBehind_data()
{
    QTest::addColumn<qulonglong>("from");
    QTest::addColumn<qulonglong>("to");
    QTest::newRow("a little") << 40ULL << 48ULL;
    QTest::newRow("small") << 40ULL << 400ULL;
    QTest::newRow("out of the small ones") << 900ULL << 5'000ULL;
    QTest::newRow("large") << 5'000ULL << 100'000ULL;
    QTest::newRow("mapped") << 200'000ULL << 2'000'000ULL;
}

void WipingFreeTest::aBlockThatGrowsLeavesNothingBehind()
{
    QFETCH(const qulonglong, from);
    QFETCH(const qulonglong, to);
    void *block = std::malloc(from);
    fill(block, from);
    const std::uintptr_t before = addressOf(block);
    const QByteArray content(static_cast<char *>(block), static_cast<qsizetype>(from));
    void *grown = std::realloc(block, to);
    QVERIFY(grown != nullptr);
    QVERIFY(std::memcmp(grown, content.constData(), from) == 0);
    if (addressOf(grown) != before)
        QVERIFY(!holds(before, from));
    std::free(grown);
}

void WipingFreeTest::aBlockThatShrinksLeavesNothingBehind_data()
{
    QTest::addColumn<qulonglong>("from");
    QTest::addColumn<qulonglong>("to");
    QTest::newRow("a little") << 200ULL << 100ULL;
    QTest::newRow("small") << 4'000ULL << 100ULL;
    QTest::newRow("large") << 120'000ULL << 60'000ULL;
    QTest::newRow("mapped") << 2'000'000ULL << 20'000ULL;
}

void WipingFreeTest::aBlockThatShrinksLeavesNothingBehind()
{
    QFETCH(const qulonglong, from);
    QFETCH(const qulonglong, to);
    void *block = std::malloc(from);
    fill(block, from);
    const std::uintptr_t before = addressOf(block);
    const QByteArray content(static_cast<char *>(block), static_cast<qsizetype>(to));
    void *smaller = std::realloc(block, to);
    QVERIFY(smaller != nullptr);
    QVERIFY(std::memcmp(smaller, content.constData(), to) == 0);
    const std::uintptr_t given = addressOf(smaller) == before ? before + to : before;
    const std::uintptr_t end = before + from;
    QVERIFY(!holds(given, end - given));
    std::free(smaller);
}

void WipingFreeTest::reallocKeepsToItsContract()
{
    std::free(nullptr);
    void *volatile fresh = std::realloc(nullptr, 100); // volatile: GCC warns of a failed realloc
    QVERIFY(fresh != nullptr);
    QVERIFY(malloc_usable_size(fresh) >= 100);
    fill(fresh, 100);
    const std::uintptr_t address = addressOf(fresh);

    errno = 0;
    const volatile std::size_t tooMuch = PTRDIFF_MAX;
    QVERIFY(std::realloc(fresh, tooMuch) == nullptr);
    QCOMPARE(errno, ENOMEM);
    QVERIFY(holds(address, 100)); // and is still ours

    errno = 77;
    std::free(std::malloc(1'000));
    QCOMPARE(errno, 77);

    QVERIFY(std::realloc(fresh, 0) == nullptr); // freed, as glibc does
    QVERIFY(!holds(address, 100));
}

void WipingFreeTest::manyThreadsKeepTheirContents()
{
    std::atomic<int> wrong = 0;
    const auto churn = [&wrong](unsigned seed) {
        std::mt19937 random(seed);
        std::array<std::pair<unsigned char *, std::size_t>, 64> blocks{};
        for (int step = 0; step < 20'000; ++step) {
            const std::size_t place = random() % blocks.size();
            auto &[block, size] = blocks[place];
            const auto sign = static_cast<unsigned char>(place + seed);
            for (std::size_t at = 0; at < size; at += 1 + size / 16)
                wrong += block[at] != sign;
            const std::size_t next = 1 + random() % (step % 100 == 0 ? 300'000 : 3'000);
            if (random() % 3 == 0) {
                std::free(block);
                block = static_cast<unsigned char *>(std::malloc(next));
            } else {
                block = static_cast<unsigned char *>(std::realloc(block, next));
                for (std::size_t at = 0; at < std::min(size, next); at += 1 + size / 16)
                    wrong += block[at] != sign;
            }
            size = next;
            std::memset(block, sign, size);
        }
        for (auto &[block, size] : blocks)
            std::free(block);
    };
    std::vector<std::thread> threads;
    for (unsigned seed = 1; seed <= 4; ++seed)
        threads.emplace_back(churn, seed);
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(WipingFreeTest)
#include "wiping_free_test.moc"
