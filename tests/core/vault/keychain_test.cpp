#include "core/base/hardening.h"
#include "core/vault/profile_removal.h"
#include "tests/core/vault/keychain_fixture.h"

#include <QFile>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = Vault::State;

namespace {

// Against a real gnome-keyring: run by tests/support/with_keyring.

/// Stores an item under one of our names, as another program does.
bool storeForeign(const QString &key, const QByteArray &value, const QStringList &more,
                  const QString &collection = u"login"_s)
{
    return outputOf(QStringLiteral(HUFU_TEST_SUPPORT) + u"/store_item"_s,
                    QStringList{collection, u"server=Hufu"_s, u"user="_s + key} + more, value)
        .has_value();
}

qint64 residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * 4096;
}

const QStringList asText{u"type=plaintext"_s};

} // namespace

class KeychainTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aVaultIsCreatedAndReadBack();
    void largePagesComeBackWhole();
    void readingTwiceTakesNoMoreMemory();
    void aLockedKeychainIsNotAnEmptyVault();
    void aLockedKeychainRefusesTheFirstCommit();
    void entriesAreListedAndRemoved();
    void foreignEntriesUnderOurNamesAreRefused_data();
    void foreignEntriesUnderOurNamesAreRefused();
    void aForeignOlderHeadDoesNotCloseTheVault();
    void twoItemsUnderOneKeyAreNamed();
};

void KeychainTest::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("HUFU_TEST_KEYRING_PID"),
             "run it by tests/support/with_keyring: it must never touch your own keychain");
}

void KeychainTest::aVaultIsCreatedAndReadBack()
{
    Program one(u"created"_s);
    VERIFY_DONE(one.open());
    QCOMPARE(one.vault.state(), State::Empty);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));

    Program two(u"created"_s);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault.state(), State::Open);
    QCOMPARE(namesIn(two.vault), (QStringList{u"alice"_s, u"bob"_s}));
    QCOMPARE(two.store->jobs(), 3);
    VERIFY_DONE(two.commit(adding(u"carol"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(one.vault.accounts().size(), std::size_t{3}, 1000);
}

void KeychainTest::largePagesComeBackWhole()
{
    Program one(u"large"_s);
    VERIFY_DONE(one.commit([](AccountSet &accounts) -> Result<void> {
        for (int i = 0; i < 3000; ++i) {
            if (const Result<void> added = accounts.add(namedAccount(QString::number(i))); !added)
                return added;
        }
        return {};
    }));
    Program two(u"large"_s);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault.accounts().size(), std::size_t{3000});
}

// libsecret 0.20 never frees the reply to a search for a value, which is how QtKeychain reads.
void KeychainTest::readingTwiceTakesNoMoreMemory()
{
#ifdef HUFU_SANITIZED
    QSKIP("a sanitizer keeps what is freed");
#endif
    returnLargeBlocks();
    Program one(u"read"_s);
    const QString key = u"hufu/read/page-0011223344556677"_s;
    const QByteArray value(512 << 10, 'x');
    VERIFY_DONE(answerOf<void>(
        [&](const Answer<void> &answer) { one.store->write(key, value, &one.vault, answer); }));
    qint64 before = 0;
    for (int i = 0; i < 23; ++i) {
        if (i == 3) // the first ones bring the library
            before = residentBytes();
        const auto read = answerOf<QByteArray>(
            [&](const Answer<QByteArray> &answer) { one.store->read(key, &one.vault, answer); });
        QVERIFY(read.has_value());
        VERIFY_OK(*read);
        QCOMPARE(read->value().size(), value.size());
    }
    const qint64 grown = residentBytes() - before;
    QVERIFY2(grown < 10 * value.size(), qPrintable(QString::number(grown)));
}

void KeychainTest::aLockedKeychainIsNotAnEmptyVault()
{
    Program one(u"locked"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    QVERIFY(lockKeyring());
    Program two(u"locked"_s);
    VERIFY_REFUSED(two.open(), Errc::KeychainLocked);
    QCOMPARE(two.vault.state(), State::Closed);
    VERIFY_REFUSED(two.commit(adding(u"carol"_s)), Errc::KeychainLocked);
    // Nobody can answer the prompt here.
    VERIFY_REFUSED(answerOf<void>([&](const Answer<void> &answer) {
                       two.vault.unlockKeychain(&two.vault, answer);
                   }),
                   Errc::KeychainLocked);
    VERIFY_REFUSED(answerOf<void>([&](const Answer<void> &answer) {
                       two.store->remove(u"hufu/locked/head-a"_s, &two.vault, answer);
                   }),
                   Errc::KeychainLocked);
    QVERIFY(unlockKeyring());
    VERIFY_DONE(answerOf<void>(
        [&](const Answer<void> &answer) { two.vault.unlockKeychain(&two.vault, answer); }));
    VERIFY_DONE(two.open());
    QCOMPARE(namesIn(two.vault), (QStringList{u"alice"_s, u"bob"_s}));
}

void KeychainTest::aLockedKeychainRefusesTheFirstCommit()
{
    QVERIFY(lockKeyring());
    Program one(u"first"_s);
    VERIFY_DONE(one.open()); // certainly absent, locked or not
    QCOMPARE(one.vault.state(), State::Empty);
    VERIFY_REFUSED(one.commit(adding(u"alice"_s)), Errc::KeychainLocked);
    QVERIFY(unlockKeyring());
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    QCOMPARE(namesIn(one.vault), QStringList{u"alice"_s});
}

void KeychainTest::entriesAreListedAndRemoved()
{
    Program one(u"listed"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    const auto listed = one.entries();
    QVERIFY(listed.has_value());
    VERIFY_OK(*listed);
    QCOMPARE((*listed)->size(), 2);
    QVERIFY((*listed)->contains(u"hufu/listed/head-a"_s));
    for (const QString &key : **listed)
        VERIFY_DONE(answerOf<void>(
            [&](const Answer<void> &answer) { one.store->remove(key, &one.vault, answer); }));
    QCOMPARE((*one.entries())->size(), 0);
    VERIFY_REFUSED(one.open(), Errc::VaultMissing);
}

void KeychainTest::foreignEntriesUnderOurNamesAreRefused_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QStringList>("attributes");
    QTest::addColumn<Errc>("code");
    QTest::newRow("10 MB of garbage") << QByteArray(10 << 20, 'x') << asText << Errc::VaultCorrupt;
    QTest::newRow("10 MB that begin well")
        << "hufu.head.1:" + QByteArray(10 << 20, 'A') << asText << Errc::VaultCorrupt;
    QTest::newRow("a line feed") << "hufu.head.1:AAAA\nAAAA"_ba << asText << Errc::VaultCorrupt;
    QTest::newRow("bytes beyond ASCII")
        << "hufu.head.1:\xc3\xa4\xf0\x9f\x94\x91"_ba << asText << Errc::VaultCorrupt;
    QTest::newRow("empty") << ""_ba << asText << Errc::VaultCorrupt;
    QTest::newRow("marked as binary")
        << "AAECAwQ="_ba << QStringList{u"type=base64"_s} << Errc::VaultCorrupt;
    QTest::newRow("of no type of ours") << "a password"_ba << QStringList() << Errc::VaultCorrupt;
    QTest::newRow("of a newer version")
        << "hufu.head.2:AAAA"_ba << asText << Errc::VaultNewerVersion;
}

void KeychainTest::foreignEntriesUnderOurNamesAreRefused()
{
    QFETCH(QByteArray, value);
    QFETCH(QStringList, attributes);
    QFETCH(Errc, code);
    const QString head = u"hufu/foreign/head-a"_s;
    QVERIFY(storeForeign(head, value, attributes));
    Program one(u"foreign"_s);
    VERIFY_REFUSED(one.open(), code);
    VERIFY_REFUSED(one.commit(adding(u"alice"_s)), code);
    const VaultReport report = one.report();
    QVERIFY(report.problem && report.problem->code == code);
    QCOMPARE(report.exported, QStringList{u"head-a"_s});
    // It lies there as it did, and nothing beside it.
    QCOMPARE(**one.entries(), QStringList{head});
    QCOMPARE(outputOf(u"secret-tool"_s,
                      QStringList{u"lookup"_s, u"server"_s, u"Hufu"_s, u"user"_s, head})
                 .value_or(QByteArray()),
             value);

    std::optional<Result<int>> removed = answerOf<int>([&](const Answer<int> &answer) {
        removeProfile(*one.store, one.place, &one.vault, answer);
    });
    QVERIFY(removed.has_value());
    VERIFY_OK(*removed);
    QCOMPARE((*one.entries())->size(), 0);
}

void KeychainTest::aForeignOlderHeadDoesNotCloseTheVault()
{
    Program one(u"older"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    const QString older = u"hufu/older/head-a"_s;
    VERIFY_DONE(answerOf<void>(
        [&](const Answer<void> &answer) { one.store->remove(older, &one.vault, answer); }));
    QVERIFY(storeForeign(older, "a password", {}));
    Program two(u"older"_s);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault.state(), State::Open);
    QCOMPARE(namesIn(two.vault), (QStringList{u"alice"_s, u"bob"_s}));
    QVERIFY(two.report().remark == Verdict::Remark::OlderHeadDamaged);
}

// The default collection was changed: the older item lies in the other one.
void KeychainTest::twoItemsUnderOneKeyAreNamed()
{
    Program one(u"doubled"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    QVERIFY(one.report().doubled.isEmpty());
    QVERIFY(storeForeign(u"hufu/doubled/head-a"_s, "hufu.head.1:AAAA", asText, u"session"_s));
    const VaultReport report = one.report();
    QStringList collections = report.doubled.value(u"head-a"_s);
    collections.sort();
    QCOMPARE(collections, (QStringList{u"login"_s, u"session"_s}));
    QCOMPARE(report.doubled.size(), 1);
}

QTEST_GUILESS_MAIN(KeychainTest)
#include "keychain_test.moc"
