#include "core/vault/keychain_store.h"
#include "core/vault/parts_store.h"
#include "tests/core/vault/vault_fixture.h"

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;

namespace {

const QString key = u"hufu/test/head-a"_s;
constexpr EntrySizes sizes{.entry = 100, .smallPage = 200, .largePage = 200};

/// A store with parts on `keychain`, with calls that wait.
class Parts
{
public:
    explicit Parts(const std::shared_ptr<MemoryKeychain> &keychain)
        : inner(std::make_shared<MemoryStore>(keychain))
        , m_store(inner, sizes)
    {
    }

    std::optional<Result<QByteArray>> read()
    {
        return wait<QByteArray>(
            [this](const Answer<QByteArray> &answer) { m_store.read(key, &m_store, answer); });
    }
    std::optional<Result<void>> write(const QByteArray &value)
    {
        return wait<void>(
            [&](const Answer<void> &answer) { m_store.write(key, value, &m_store, answer); });
    }
    std::optional<Result<void>> remove()
    {
        return wait<void>(
            [this](const Answer<void> &answer) { m_store.remove(key, &m_store, answer); });
    }
    std::optional<Result<QStringList>> list()
    {
        return wait<QStringList>([this](const Answer<QStringList> &answer) {
            m_store.list(u"hufu/test/"_s, &m_store, answer);
        });
    }

    std::shared_ptr<MemoryStore> inner;

private:
    template <typename T>
    std::optional<Result<T>> wait(const std::function<void(Answer<T>)> &call)
    {
        std::optional<Result<T>> outcome;
        call([&outcome](Result<T> result) { outcome = std::move(result); });
        while (!outcome && !inner->isDead())
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        return outcome;
    }

    PartsStore m_store;
};

QByteArray valueOf(qsizetype size, char first = 'a')
{
    QByteArray value(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        value[i] = static_cast<char>(first + i % 16);
    return value;
}

} // namespace

class PartsStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void everyLengthComesBackInItemsThatFit();
    void theFirstItemSaysHowManyThereAre();
    void aValueOfMoreThan64PartsIsRefused();
    void aShorterValueTakesTheOldPartsAway();
    void whatCannotBePutTogetherIsDamagedAndNotAbsent_data();
    void whatCannotBePutTogetherIsDamagedAndNotAbsent();
    void anEntryIsListedAndRemovedOnce();
    void aWriteCutOffAnywhereLeavesNoGap();
    void aRemovalCutOffAnywhereIsRemovedTheNextTime();
    void aStoreThatRefusesIsNotAnAbsentEntry();
    void sizesFollowTheBackend();
};

void PartsStoreTest::everyLengthComesBackInItemsThatFit()
{
    const auto keychain = std::make_shared<MemoryKeychain>();
    Parts parts(keychain);
    for (const qsizetype size : {0, 1, 99, 100, 101, 186, 187, 188, 286, 287, 1'000, 6'000}) {
        VERIFY_DONE(parts.write(valueOf(size)));
        QCOMPARE(**parts.read(), valueOf(size));
        for (const auto &[name, value] : *keychain)
            QVERIFY(value.size() <= 100);
    }
}

void PartsStoreTest::theFirstItemSaysHowManyThereAre()
{
    const auto keychain = std::make_shared<MemoryKeychain>();
    Parts parts(keychain);
    VERIFY_DONE(parts.write(valueOf(250)));
    QCOMPARE(keychain->size(), std::size_t{3});
    QCOMPARE(keychain->at(key), "hufu.part.1:3:" + valueOf(250).first(86));
    QCOMPARE(keychain->at(key + u".2"_s) + keychain->at(key + u".3"_s), valueOf(250).mid(86));
    VERIFY_DONE(parts.write(valueOf(100))); // as long as an entry may be: no parts
    QCOMPARE(*keychain, (MemoryKeychain{{key, valueOf(100)}}));
}

void PartsStoreTest::aValueOfMoreThan64PartsIsRefused()
{
    const auto keychain = std::make_shared<MemoryKeychain>();
    Parts parts(keychain);
    const qsizetype longest = 64 * 100 - qsizetype(sizeof "hufu.part.1:64:" - 1);
    VERIFY_DONE(parts.write(valueOf(longest)));
    QCOMPARE(keychain->size(), std::size_t{64});
    const MemoryKeychain before = *keychain;
    VERIFY_REFUSED(parts.write(valueOf(longest + 1)), Errc::VaultFull);
    QVERIFY(*keychain == before);
}

void PartsStoreTest::aShorterValueTakesTheOldPartsAway()
{
    const auto keychain = std::make_shared<MemoryKeychain>();
    Parts parts(keychain);
    VERIFY_DONE(parts.write(valueOf(900)));
    VERIFY_DONE(parts.write(valueOf(250, 'A')));
    QCOMPARE(keychain->size(), std::size_t{3});
    QCOMPARE(**parts.read(), valueOf(250, 'A'));
}

void PartsStoreTest::whatCannotBePutTogetherIsDamagedAndNotAbsent_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<bool>("hasSecond");
    QTest::newRow("a part is missing") << "hufu.part.1:2:aaa"_ba << false;
    QTest::newRow("one part") << "hufu.part.1:1:aaa"_ba << true;
    QTest::newRow("no number") << "hufu.part.1::aaa"_ba << true;
    QTest::newRow("a leading zero") << "hufu.part.1:02:aaa"_ba << true;
    QTest::newRow("too many") << "hufu.part.1:65:aaa"_ba << true;
    QTest::newRow("no end of the number") << "hufu.part.1:2"_ba << true;
    QTest::newRow("a sign") << "hufu.part.1:+2:aaa"_ba << true;
    QTest::newRow("a newer version") << "hufu.part.2:2:aaa"_ba << true;
}

void PartsStoreTest::whatCannotBePutTogetherIsDamagedAndNotAbsent()
{
    QFETCH(QByteArray, first);
    QFETCH(bool, hasSecond);
    const auto keychain = std::make_shared<MemoryKeychain>();
    (*keychain)[key] = first;
    if (hasSecond)
        (*keychain)[key + u".2"_s] = "bbb";
    Parts parts(keychain);
    QCOMPARE(**parts.read(), first);

    // And for the vault it is no first start.
    const TemporaryPlace at;
    const ManualClock clock;
    WaitingVault vault(keychain, at.place, clock);
    const bool isNewer = first.startsWith("hufu.part.2");
    const MemoryKeychain before = *keychain;
    VERIFY_REFUSED(vault.open(), isNewer ? Errc::VaultNewerVersion : Errc::VaultCorrupt);
    VERIFY_REFUSED(vault.commit(adding(u"alice"_s)),
                   isNewer ? Errc::VaultNewerVersion : Errc::VaultCorrupt);
    QVERIFY(*keychain == before);
}

void PartsStoreTest::anEntryIsListedAndRemovedOnce()
{
    const auto keychain = std::make_shared<MemoryKeychain>();
    Parts parts(keychain);
    VERIFY_DONE(parts.write(valueOf(900)));
    (*keychain)[u"hufu/test/page-00"_s] = "short";
    (*keychain)[u"hufu/test/page-01.2"_s] = "of an entry whose own name is gone";
    (*keychain)[u"hufu/test/notes.txt"_s] = "not a part";
    QCOMPARE(**parts.list(), (QStringList{key, u"hufu/test/notes.txt"_s, u"hufu/test/page-00"_s,
                                          u"hufu/test/page-01"_s}));
    VERIFY_DONE(parts.remove());
    QCOMPARE(keychain->size(), std::size_t{3});
    VERIFY_DONE(parts.remove()); // twice does no harm
    QVERIFY(!*parts.read());
    QCOMPARE((*parts.read()).error().code, Errc::EntryNotFound);
}

void PartsStoreTest::aWriteCutOffAnywhereLeavesNoGap()
{
    using Fault = MemoryStore::Fault;
    const Fault faults[] = {Fault::FailBefore, Fault::FailAfter, Fault::Torn,
                            Fault::KillBefore, Fault::KillAfter, Fault::KillTorn};
    for (const Fault fault : faults) {
        for (const qsizetype before : {0, 150, 450}) {
            for (const qsizetype after : {50, 250, 600}) {
                for (int at = 1;; ++at) {
                    const auto keychain = std::make_shared<MemoryKeychain>();
                    if (before > 0)
                        VERIFY_DONE(Parts(keychain).write(valueOf(before)));
                    Parts victim(keychain);
                    victim.inner->plan = [&](const MemoryStore::Call &call) {
                        return call.number == at ? fault : Fault::None;
                    };
                    const auto outcome = victim.write(valueOf(after, 'A'));
                    const bool ended = victim.inner->calls() < at;
                    Parts next(keychain);
                    if (outcome && *outcome)
                        QCOMPARE(**next.read(), valueOf(after, 'A'));
                    VERIFY_DONE(next.write(valueOf(250, 'Q')));
                    QCOMPARE(keychain->size(), std::size_t{3}); // nothing of the cut-off one
                    QCOMPARE(**next.read(), valueOf(250, 'Q'));
                    if (ended)
                        break;
                }
            }
        }
    }
}

void PartsStoreTest::aRemovalCutOffAnywhereIsRemovedTheNextTime()
{
    using Fault = MemoryStore::Fault;
    for (const Fault fault : {Fault::FailBefore, Fault::FailAfter, Fault::KillAfter}) {
        for (int at = 1;; ++at) {
            const auto keychain = std::make_shared<MemoryKeychain>();
            VERIFY_DONE(Parts(keychain).write(valueOf(450)));
            Parts victim(keychain);
            victim.inner->plan = [&](const MemoryStore::Call &call) {
                return call.number == at ? fault : Fault::None;
            };
            const auto outcome = victim.remove();
            if (outcome && *outcome)
                QVERIFY(keychain->empty());
            Parts next(keychain);
            QVERIFY((*next.list())->size() == (keychain->empty() ? 0 : 1));
            VERIFY_DONE(next.remove());
            QVERIFY(keychain->empty());
            if (victim.inner->calls() < at)
                break;
        }
    }
}

void PartsStoreTest::aStoreThatRefusesIsNotAnAbsentEntry()
{
    const auto keychain = std::make_shared<MemoryKeychain>();
    VERIFY_DONE(Parts(keychain).write(valueOf(450)));
    for (int at = 1; at <= 5; ++at) {
        Parts parts(keychain);
        parts.inner->failure = Errc::KeychainLocked;
        parts.inner->plan = [at](const MemoryStore::Call &call) {
            return call.number == at ? MemoryStore::Fault::FailBefore : MemoryStore::Fault::None;
        };
        QCOMPARE(parts.read()->error().code, Errc::KeychainLocked);
        parts.inner->plan = [](const MemoryStore::Call &) {
            return MemoryStore::Fault::FailBefore;
        };
        VERIFY_REFUSED(parts.remove(), Errc::KeychainLocked);
    }
    QCOMPARE(keychain->size(), std::size_t{5});
}

// storage.md 5.
void PartsStoreTest::sizesFollowTheBackend()
{
    QCOMPARE(entrySizesOf(u"windows-credentials"_s).entry, std::size_t{2'400});
    QCOMPARE(entrySizesOf(u"windows-credentials"_s).smallPage, std::size_t{2'000});
    QCOMPARE(entrySizesOf(u"windows-credentials"_s).largePage, std::size_t{2'000});
    QCOMPARE(entrySizesOf(u"macos-keychain"_s).entry, std::size_t{16} << 10);
    QCOMPARE(entrySizesOf(u"macos-keychain"_s).largePage, std::size_t{16} << 10);
    for (const QString &backend : {u"secret-service"_s, u"kwallet5"_s, u"file"_s}) {
        QCOMPARE(entrySizesOf(backend).entry, std::size_t{1} << 20);
        QCOMPARE(entrySizesOf(backend).smallPage, std::size_t{16} << 10);
        QCOMPARE(entrySizesOf(backend).largePage, std::size_t{512} << 10);
    }
    QVERIFY(qobject_cast<KeychainStore *>(makeSystemKeychain().get())); // here, no parts
}

QTEST_GUILESS_MAIN(PartsStoreTest)
#include "parts_store_test.moc"
