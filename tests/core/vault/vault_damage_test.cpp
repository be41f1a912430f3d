#include "core/base/fields.h"
#include "core/vault/account_record.h"
#include "core/vault/key_slot.h"
#include "core/vault/page.h"
#include "tests/core/vault/vault_fixture.h"

#include <QFile>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using State = Vault::State;

// What a page may hold that is whole by its seals and yet not usable (storage.md 4, kept).

namespace {

const QString headA = u"hufu/test/head-a"_s;

constexpr std::uint16_t accountTag = 1;
constexpr std::uint16_t keptTag = 4;

SecretBytes asSecret(const QByteArray &bytes)
{
    return std::move(*SecretBytes::copyOf(std::as_bytes(std::span(bytes))));
}

QByteArray bytesOfSecret(const SecretBytes &secret)
{
    return QByteArray(secret.text().data(), qsizetype(secret.size()));
}

/// The bytes of an account's record, with a change of the fields before they are encoded.
QByteArray recordOf(const Account &account)
{
    return bytesOfSecret(*encodeAccount(account));
}

/// The value of a record with one field that is out of range.
QByteArray recordWith(std::uint16_t tag, std::uint64_t number)
{
    FieldWriter writer;
    writer.bytes(1, randomId<16>());
    writer.number(2, tag == 2 ? number : 1);
    writer.text(5, "12345678901234567890");
    if (tag != 2)
        writer.number(tag, number);
    return bytesOfSecret(*writer.take());
}

/// A page's records as their tags and values.
using RawRecords = std::vector<std::pair<std::uint16_t, QByteArray>>;

/// The newest head of `keychain`, opened.
struct OpenedHead
{
    explicit OpenedHead(const MemoryKeychain &keychain)
    {
        for (const QString &name : {headA, u"hufu/test/head-b"_s}) {
            if (!keychain.contains(name))
                continue;
            SealedHead sealed = std::move(*parseHead(keychain.at(name)));
            if (sealed.generation < generation)
                continue;
            generation = sealed.generation;
            keys = std::make_shared<VaultKeys>(std::move(*openSlot(sealed.identity)));
            body = std::make_shared<HeadBody>(std::move(*openBody(sealed, *keys)));
            identity = std::make_shared<HeadIdentity>(std::move(sealed.identity));
        }
    }

    [[nodiscard]] RawRecords records(const MemoryKeychain &keychain, std::size_t page) const
    {
        const PageEntry &entry = *body->pages.at(page);
        const SecretBytes bytes = std::move(*openPage(
            *keys, identity->vault, entry, keychain.at(u"hufu/test/"_s + pageEntryName(entry.id))));
        const auto fields = readFields(bytes.view(), {});
        RawRecords raw;
        for (const Field &field : *fields)
            raw.emplace_back(field.tag,
                             QByteArray(reinterpret_cast<const char *>(field.value.data()),
                                        qsizetype(field.value.size())));
        return raw;
    }

    /// Puts `bytes` on that page and vouches for it: a generation as a faulty program wrote it.
    void rewrite(MemoryKeychain &keychain, std::size_t page, const SecretBytes &bytes,
                 std::uint64_t count) const
    {
        PageEntry entry;
        entry.id = body->pages.at(page)->id;
        const QByteArray text = *sealPage(*keys, identity->vault, entry.id, bytes);
        entry.textDigest = sha256(std::as_bytes(std::span(text)));
        entry.textSize = std::uint64_t(text.size());
        entry.records = count;
        keychain[u"hufu/test/"_s + pageEntryName(entry.id)] = text;
        HeadBody changed{.written = body->written,
                         .writer = body->writer,
                         .highestWriter = body->highestWriter,
                         .pages = body->pages,
                         .unknownFields = {}};
        changed.pages[page] = std::make_shared<const PageEntry>(std::move(entry));
        keychain[generation % 2 == 1 ? headA : u"hufu/test/head-b"_s] =
            *sealHead(*identity, generation, changed, *keys);
    }
    void rewrite(MemoryKeychain &keychain, std::size_t page, const RawRecords &records) const
    {
        FieldWriter writer;
        for (const auto &[tag, value] : records)
            writer.bytes(tag, std::as_bytes(std::span(value)));
        rewrite(keychain, page, *writer.take(), records.size());
    }

    std::uint64_t generation = 0;
    std::shared_ptr<HeadIdentity> identity;
    std::shared_ptr<VaultKeys> keys;
    std::shared_ptr<HeadBody> body;
};

/// All values of `tag` on all pages of the newest generation.
QList<QByteArray> valuesOf(const MemoryKeychain &keychain, std::uint16_t tag)
{
    const OpenedHead head(keychain);
    QList<QByteArray> values;
    for (std::size_t page = 0; page < head.body->pages.size(); ++page) {
        for (const auto &[found, value] : head.records(keychain, page)) {
            if (found == tag)
                values.append(value);
        }
    }
    return values;
}

/// A vault with alice and bob on one page, and `record` put between them.
struct Damaged
{
    explicit Damaged(const QByteArray &record, std::uint16_t tag = accountTag)
    {
        WaitingVault writer(keychain, at.place, clock);
        (void)writer.commit(adding(u"alice"_s));
        (void)writer.commit(adding(u"bob"_s));
        const OpenedHead head(*keychain);
        RawRecords records = head.records(*keychain, 0);
        const auto where =
            std::ranges::find_if(records, [tag](const auto &one) { return one.first >= tag; });
        records.insert(where == records.end() ? where : where + 1, {tag, record});
        head.rewrite(*keychain, 0, records);
    }

    TemporaryPlace at;
    ManualClock clock;
    std::shared_ptr<MemoryKeychain> keychain = std::make_shared<MemoryKeychain>();
};

} // namespace

class VaultDamageTest : public QObject
{
    Q_OBJECT

private slots:
    void aRecordThatIsNoAccountLeavesTheOthersReachable_data();
    void aRecordThatIsNoAccountLeavesTheOthersReachable();
    void aKeptRecordMovesWithItsPage();
    void aKeptRecordComesAlongUnderANewKey();
    void aSecondAccountOfOneIdIsKeptAndDoesNotComeBack_data();
    void aSecondAccountOfOneIdIsKeptAndDoesNotComeBack();
    void aNewerVersionsRecordIsNotTouched();
    void aDamagedRowOfRecordsRefusesThePage();
    void keptRecordsAreExported();
    void anExportThatFailsLeavesNoFile();
};

void VaultDamageTest::aRecordThatIsNoAccountLeavesTheOthersReachable_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<std::uint16_t>("tag");
    QTest::newRow("of an unknown type") << recordWith(2, 77) << accountTag;
    QTest::newRow("99 digits") << recordWith(7, 99) << accountTag;
    QTest::newRow("no fields") << "\x01\x02\x03"_ba << accountTag;
    QTest::newRow("empty") << QByteArray() << accountTag;
    QTest::newRow("cut short") << recordOf(namedAccount(u"eve"_s)).chopped(3) << accountTag;
    QTest::newRow("longer than a record may be") << QByteArray(70'000, 'x') << accountTag;
    QTest::newRow("foreign bytes") << "who knows"_ba << keptTag;
}

void VaultDamageTest::aRecordThatIsNoAccountLeavesTheOthersReachable()
{
    QFETCH(QByteArray, record);
    QFETCH(std::uint16_t, tag);
    const Damaged damaged(record, tag);
    WaitingVault vault(damaged.keychain, damaged.at.place, damaged.clock);
    VERIFY_DONE(vault.open());
    QCOMPARE(vault.vault().state(), State::Open);
    QCOMPARE(namesIn(vault.vault()), (QStringList{u"alice"_s, u"bob"_s}));
    VaultReport report = vault.report();
    QVERIFY(!report.problem);
    QCOMPARE(report.kept, std::optional<std::size_t>(1));
    QCOMPARE(report.accounts, std::optional<std::size_t>(2));

    // It is written back as it came, whatever happens to its page.
    VERIFY_DONE(vault.commit(adding(u"carol"_s)));
    VERIFY_DONE(vault.commit(
        [](AccountSet &accounts) { return accounts.remove(AccountId(accounts.all()[0]->id)); }));
    QVERIFY(valuesOf(*damaged.keychain, tag).contains(record));
    WaitingVault again(damaged.keychain, damaged.at.place, damaged.clock);
    VERIFY_DONE(again.open());
    QCOMPARE(namesIn(again.vault()), (QStringList{u"bob"_s, u"carol"_s}));
    QCOMPARE(again.report().kept, std::optional<std::size_t>(1));
}

void VaultDamageTest::aKeptRecordMovesWithItsPage()
{
    const Damaged damaged(recordWith(7, 99));
    WaitingVault vault(damaged.keychain, damaged.at.place, damaged.clock);
    for (int i = 0; i < 40; ++i) // until the small page was merged into a large one
        VERIFY_DONE(vault.commit(adding(QString::number(i) + QString(450, u'x'))));
    QCOMPARE(OpenedHead(*damaged.keychain).body->pages.size(), std::size_t{2});
    QCOMPARE(vault.report().kept, std::optional<std::size_t>(1));
    VERIFY_DONE(vault.commit([](AccountSet &accounts) -> Result<void> {
        accounts = AccountSet();
        return {};
    }));
    VERIFY_DONE(vault.open());
    QCOMPARE(vault.report().kept, std::optional<std::size_t>(1));
    QCOMPARE(vault.report().accounts, std::optional<std::size_t>(0));
}

void VaultDamageTest::aKeptRecordComesAlongUnderANewKey()
{
    const QByteArray record = recordWith(7, 99);
    const Damaged damaged(record);
    WaitingVault vault(damaged.keychain, damaged.at.place, damaged.clock);
    VERIFY_DONE(vault.open());
    VERIFY_DONE(vault.changePassword("", "correct horse"));
    QCOMPARE(vault.report().kept, std::optional<std::size_t>(1));
    VERIFY_DONE(vault.changePassword("correct horse", ""));
    QCOMPARE(valuesOf(*damaged.keychain, accountTag).count(record), 1);
}

void VaultDamageTest::aSecondAccountOfOneIdIsKeptAndDoesNotComeBack_data()
{
    QTest::addColumn<bool>("onAnotherPage");
    QTest::newRow("on the same page") << false;
    QTest::newRow("on another page") << true;
}

void VaultDamageTest::aSecondAccountOfOneIdIsKeptAndDoesNotComeBack()
{
    QFETCH(bool, onAnotherPage);
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault writer(keychain, at.place, clock);
    VERIFY_DONE(writer.commit(adding(u"alice"_s)));
    VERIFY_DONE(writer.commit([](AccountSet &accounts) -> Result<void> {
        for (int i = 0; i < 50; ++i) { // more than a small page holds
            if (auto added = accounts.add(namedAccount(QString(450, u'x'))); !added)
                return added;
        }
        return {};
    }));
    VERIFY_DONE(writer.commit(adding(u"last"_s)));
    const OpenedHead head(*keychain);
    QVERIFY(head.body->pages.size() > 1);
    const std::size_t page = onAnotherPage ? head.body->pages.size() - 1 : 0;
    Account twin = *writer.vault().accounts().all().front()->copy();
    const AccountId id = twin.id;
    twin.account = u"twin"_s;
    const QByteArray record = recordOf(twin);
    RawRecords records = head.records(*keychain, page);
    records.insert(std::ranges::find_if(records, [](auto &one) { return one.first > accountTag; }),
                   {accountTag, record});
    head.rewrite(*keychain, page, records);

    WaitingVault vault(keychain, at.place, clock);
    VERIFY_DONE(vault.open());
    QCOMPARE(vault.vault().accounts().size(), std::size_t{52});
    QCOMPARE(vault.vault().accounts().find(id)->account, u"alice"_s);
    QCOMPARE(vault.report().kept, std::optional<std::size_t>(1));

    VERIFY_DONE(vault.commit([id](AccountSet &accounts) { return accounts.remove(id); }));
    QCOMPARE(valuesOf(*keychain, keptTag), QList<QByteArray>{record});
    WaitingVault again(keychain, at.place, clock);
    VERIFY_DONE(again.open());
    QVERIFY(!again.vault().accounts().find(id));
    QCOMPARE(again.vault().accounts().size(), std::size_t{51});
    QCOMPARE(again.report().kept, std::optional<std::size_t>(1));
}

void VaultDamageTest::aNewerVersionsRecordIsNotTouched()
{
    FieldWriter newer;
    newer.bytes(1, randomId<16>());
    newer.text(0x8001, "must not be ignored");
    const Damaged damaged(bytesOfSecret(*newer.take()));
    const MemoryKeychain before = *damaged.keychain;
    WaitingVault vault(damaged.keychain, damaged.at.place, damaged.clock);
    VERIFY_REFUSED(vault.open(), Errc::VaultNewerVersion);
    VERIFY_REFUSED(vault.commit(adding(u"carol"_s)), Errc::VaultNewerVersion);
    QVERIFY(*damaged.keychain == before);
}

void VaultDamageTest::aDamagedRowOfRecordsRefusesThePage()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault writer(keychain, at.place, clock);
    VERIFY_DONE(writer.commit(adding(u"alice"_s)));
    const OpenedHead head(*keychain);
    head.rewrite(*keychain, 0, asSecret("\x00\x01\x00\x00\xff\xff too short"_ba), 1);
    const MemoryKeychain before = *keychain;
    WaitingVault vault(keychain, at.place, clock);
    VERIFY_REFUSED(vault.open(), Errc::VaultCorrupt);
    VERIFY_REFUSED(vault.commit(adding(u"bob"_s)), Errc::VaultCorrupt);
    QVERIFY(*keychain == before);
}

void VaultDamageTest::keptRecordsAreExported()
{
    const QByteArray record = recordWith(7, 99) + QByteArray(5'000, 'z'); // more than one piece
    const Damaged damaged(record);
    (*damaged.keychain)[u"hufu/test/page-of a\nstranger"_s] = "left\nbehind";
    WaitingVault vault(damaged.keychain, damaged.at.place, damaged.clock);
    const MemoryKeychain before = *damaged.keychain;
    const QString path = damaged.at.folder.filePath(u"kept.txt"_s);
    QCOMPARE(QFile::exists(path), false);
    const auto exported = vault.exportKept(path);
    VERIFY_OK(exported);
    QCOMPARE(exported->records, std::size_t{1});
    QCOMPARE(exported->entries, std::size_t{1});
    QCOMPARE(QFileInfo(path).permissions() &
                 (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList lines = file.readAll().split('\n');
    QCOMPARE(lines.at(0), "hufu-kept 1"_ba);
    QVERIFY(lines.at(1).startsWith('#'));
    QCOMPARE(lines.at(2), "profile test"_ba);
    QVERIFY(lines.at(3).startsWith("vault "));
    QCOMPARE(lines.at(4), "record 1 " + record.toBase64());
    QCOMPARE(lines.at(5), "entry page-of?a?stranger " + "left\nbehind"_ba.toBase64());
    QCOMPARE(lines.size(), 7);
    QVERIFY(*damaged.keychain == before);

    VERIFY_FAILS(vault.exportKept(path), Errc::FileUnwritable); // never over a file
    QVERIFY(file.seek(0));
    QCOMPARE(file.readLine(), "hufu-kept 1\n"_ba);
}

void VaultDamageTest::anExportThatFailsLeavesNoFile()
{
    const Damaged damaged(recordWith(7, 99));
    (*damaged.keychain)[u"hufu/test/something"_s] = "left behind";
    WaitingVault vault(damaged.keychain, damaged.at.place, damaged.clock);
    vault.store().failure = Errc::KeychainLocked;
    vault.store().plan = [](const MemoryStore::Call &call) {
        return call.key.endsWith(u"something"_s) ? MemoryStore::Fault::FailBefore
                                                 : MemoryStore::Fault::None;
    };
    const QString path = damaged.at.folder.filePath(u"kept.txt"_s);
    VERIFY_FAILS(vault.exportKept(path), Errc::KeychainLocked);
    QVERIFY(!QFile::exists(path));
    VERIFY_FAILS(vault.exportKept(damaged.at.folder.filePath(u"no/such/folder"_s)),
                 Errc::FileUnwritable);
}

QTEST_GUILESS_MAIN(VaultDamageTest)
#include "vault_damage_test.moc"
