#include "core/vault/account_record.h"
#include "core/vault/entry_value.h"
#include "core/vault/kept_fields.h"
#include "core/vault/key_slot.h"
#include "core/vault/profile_removal.h"
#include "core/vault/vault_contents.h"
#include "core/vault/verdict.h"
#include "tests/core/vault/vault_fixture.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;

namespace {

using Finding = HeadFinding::Kind;

MemoryKeychain goldenVault(const QString &name = u"vault_1"_s)
{
    QFile file(QStringLiteral(HUFU_TEST_DATA) + u"/vault/%1.json"_s.arg(name));
    MemoryKeychain keychain;
    if (!file.open(QIODevice::ReadOnly))
        return keychain;
    const QJsonObject entries = QJsonDocument::fromJson(file.readAll()).object();
    for (auto entry = entries.begin(); entry != entries.end(); ++entry)
        keychain[u"hufu/test/"_s + entry.key()] = entry->toString().toLatin1();
    return keychain;
}

QByteArray bytes(const SecretBytes &secret)
{
    return QByteArray(secret.text().data(), qsizetype(secret.size()));
}

QByteArray repeated(char byte, qsizetype count)
{
    return QByteArray(count, byte);
}

QByteArray hexOf(std::span<const std::byte> value)
{
    return toHex(value);
}

/// The text with one bit of its value turned over, encoded again as it should be.
QByteArray withFlippedBit(EntryKind kind, const QByteArray &text, std::size_t bit)
{
    SecretBytes value = std::move(*fromEntryText(kind, text));
    value.mutableView()[bit / 8] ^= std::byte(1U << (bit % 8));
    return toEntryText(kind, value.view());
}

} // namespace

class VaultFormatTest : public QObject
{
    Q_OBJECT

private slots:
    void entryTextsAreStrict_data();
    void entryTextsAreStrict();
    void entryTextsComeBack();
    void aVaultOfTheScriptIsRead();
    void aVaultUnderAPasswordOfTheScriptIsRead();
    void whatANewerVersionWroteIsWrittenBack();
    void aFlippedBitInTheHeadIsRefused();
    void aFlippedBitInThePageIsRefused();
    void aPageOfAnotherNameKeyOrVaultIsRefused();
    void anOpenSlotStandsAlone();
    void passwordSlotsAreStrict_data();
    void passwordSlotsAreStrict();
    void aFlippedBitInASlotIsRefused();
    void moreThanEightSlotsAreRefused();
    void accountRecordsRefuseWhatIsOutOfRange_data();
    void accountRecordsRefuseWhatIsOutOfRange();
    void theHighestWriterStays();
    void foundStatesAreToldApart_data();
    void foundStatesAreToldApart();
    void vaultStateIsStrict();
    void profileNamesAreChecked();
    void aRemovedProfileLeavesNothing();
};

void VaultFormatTest::entryTextsAreStrict_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Errc>("code");
    const auto row = [](const char *name, const char *text, Errc code) {
        QTest::newRow(name) << QByteArray(text) << code;
    };
    row("nothing", "", Errc::VaultCorrupt);
    row("another kind", "hufu.page.1:AAAA", Errc::VaultCorrupt);
    row("newer version", "hufu.head.2:AAAA", Errc::VaultNewerVersion);
    row("much newer version", "hufu.head.10:whatever", Errc::VaultNewerVersion);
    row("version 0", "hufu.head.0:AAAA", Errc::VaultCorrupt);
    row("version 01", "hufu.head.01:AAAA", Errc::VaultCorrupt);
    row("version of letters", "hufu.head.x:AAAA", Errc::VaultCorrupt);
    row("no colon", "hufu.head.1", Errc::VaultCorrupt);
    row("no value", "hufu.head.1:", Errc::VaultCorrupt);
    row("line feed at the end", "hufu.head.1:AAAA\n", Errc::VaultCorrupt);
    row("line feed inside", "hufu.head.1:AA\nA", Errc::VaultCorrupt);
    row("no padding", "hufu.head.1:AAA", Errc::VaultCorrupt);
    row("padding inside", "hufu.head.1:AA==AAAA", Errc::VaultCorrupt);
    row("padding only", "hufu.head.1:====", Errc::VaultCorrupt);
    row("bits under the padding", "hufu.head.1:AAB=", Errc::VaultCorrupt);
    row("URL alphabet", "hufu.head.1:AA-_", Errc::VaultCorrupt);
    row("blank in front", " hufu.head.1:AAAA", Errc::VaultCorrupt);
}

void VaultFormatTest::entryTextsAreStrict()
{
    QFETCH(QByteArray, text);
    QFETCH(Errc, code);
    VERIFY_FAILS(fromEntryText(EntryKind::Head, text), code);
}

void VaultFormatTest::entryTextsComeBack()
{
    QCOMPARE(toEntryText(EntryKind::Page, bytesOf("foob")), "hufu.page.1:Zm9vYg=="_ba);
    for (int size = 1; size < 50; ++size) {
        const QByteArray value(size, char(size * 37));
        const QByteArray text = toEntryText(EntryKind::Head, std::as_bytes(std::span(value)));
        QCOMPARE(std::size_t(text.size()), entryTextSize(EntryKind::Head, std::size_t(size)));
        const auto read = fromEntryText(EntryKind::Head, text);
        VERIFY_OK(read);
        QCOMPARE(bytes(*read), value);
    }
}

// tests/data/vault/make_vault.py wrote it, after storage.md and without our code.
void VaultFormatTest::aVaultOfTheScriptIsRead()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>(goldenVault());
    WaitingVault vault(keychain, at.place, clock);
    VERIFY_DONE(vault.open());
    QCOMPARE(vault.vault().state(), Vault::State::Open);
    QCOMPARE(vault.vault().writtenAt().time_since_epoch().count(), 1'700'000'000);
    QCOMPARE(vault.vault().accounts().size(), std::size_t{2});

    const Account &bound = *vault.vault().accounts().all().front();
    QCOMPARE(idText(bound.id), u"000102030405060708090a0b0c0d0e0f"_s);
    QCOMPARE(bound.parameters, (OtpParameters{OtpType::Totp, HashAlgorithm::Sha256, 8, 60, 0}));
    QCOMPARE(bound.issuer, u"Example"_s);
    QCOMPARE(bound.account, u"alice@example.com"_s);
    QCOMPARE(bytes(bound.secret), "12345678901234567890"_ba);
    QCOMPARE(bound.further, (RareList<std::string>{"image=https://x/y.png", "second=2"}));
    QCOMPARE(bound.created.time_since_epoch().count(), 1'600'000'000);
    QCOMPARE(bound.changed.time_since_epoch().count(), 1'600'000'001);
    QVERIFY(!bound.deleted && bound.favourite);
    QCOMPARE(bound.order, std::uint64_t{1} << 32);
    QCOMPARE(bound.groups.size(), std::size_t{2});
    QCOMPARE(hexOf(bound.groups.back()), repeated('\xc2', 16).toHex());
    QCOMPARE(bound.note, u"a note"_s);
    QCOMPARE(hexOf(*bound.icon), repeated('\xd0', 32).toHex());
    QCOMPARE(bound.binding->provider, std::string("pct1"));
    QCOMPARE(bound.binding->api, std::string("https://auth.example.com/v1"));
    QCOMPARE(bound.binding->appId, std::string("app"));
    QCOMPARE(bound.binding->uid, std::string("uid-1"));
    QCOMPARE(hexOf(bound.binding->deviceId), repeated('\xe0', 16).toHex());
    QCOMPARE(bound.binding->pins.size(), std::size_t{2});
    QCOMPARE(hexOf(bound.binding->pins.back()), repeated('\xf2', 32).toHex());
    QCOMPARE(bound.binding->state, Binding::State::WorkedOnce);
    QCOMPARE(hexOf(*bound.binding->replaces), repeated('\xe1', 16).toHex());

    const Account &counter = *vault.vault().accounts().all().back();
    QCOMPARE(counter.parameters.type, OtpType::Hotp);
    QCOMPARE(counter.parameters.counter, std::uint64_t{1} << 40);
    QCOMPARE(bytes(counter.pin), "1234"_ba);
    QCOMPARE(counter.deleted->time_since_epoch().count(), 1'600'000'004);
    QVERIFY(counter.issuer.isEmpty() && !counter.binding);
}

void VaultFormatTest::aVaultUnderAPasswordOfTheScriptIsRead()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>(goldenVault(u"password_1"_s));
    WaitingVault vault(keychain, at.place, clock);
    VERIFY_DONE(vault.open());
    QCOMPARE(vault.vault().state(), Vault::State::Locked);
    VERIFY_REFUSED(vault.unlock("Gru\xcc\x88\xc3\x9f"
                                "e, \xe8\xb4\xa6\xe5\x8f\xb7 1"),
                   Errc::PasswordWrong); // as typed: another way to write it is another password
    const std::string_view password = "Gr\xc3\xbc\xc3\x9f"
                                      "e, \xe8\xb4\xa6\xe5\x8f\xb7 1";
    VERIFY_DONE(vault.unlock(password));
    QCOMPARE(vault.vault().accounts().size(), std::size_t{2});
    QCOMPARE(bytes(vault.vault().accounts().all().front()->secret), "12345678901234567890"_ba);

    // Its slots come back byte for byte with the next commit.
    VERIFY_DONE(vault.commit(adding(u"carol"_s)));
    const auto before = parseHead(keychain->at(u"hufu/test/head-a"_s));
    const auto after = parseHead(keychain->at(u"hufu/test/head-b"_s));
    QCOMPARE(before->identity.keySlots.size(), std::size_t{2});
    QCOMPARE(after->identity.keySlots.size(), std::size_t{2});
    for (std::size_t i = 0; i < 2; ++i)
        QCOMPARE(bytes(after->identity.keySlots[i]), bytes(before->identity.keySlots[i]));
}

void VaultFormatTest::whatANewerVersionWroteIsWrittenBack()
{
    const TemporaryPlace at;
    // The deleted account among them has not been in the bin for long.
    const ManualClock clock{UtcTime(std::chrono::seconds(1'600'000'100))};
    const auto keychain = std::make_shared<MemoryKeychain>(goldenVault());
    const MemoryKeychain golden = *keychain;
    WaitingVault vault(keychain, at.place, clock);
    VERIFY_DONE(vault.commit([](AccountSet &accounts) -> Result<void> {
        Account changed = *accounts.all().front()->copy();
        changed.note = u"another note"_s;
        return accounts.replace(std::move(changed));
    }));
    const auto head = parseHead(keychain->at(u"hufu/test/head-b"_s));
    VERIFY_OK(head);
    QCOMPARE(head->generation, std::uint64_t{2});
    const auto kept = readFields(head->identity.unknownFields.view(), {});
    QVERIFY(kept && *kept->front().text() == "newer, optional");
    const auto keys = openSlot(head->identity);
    VERIFY_OK(keys);
    const auto body = openBody(*head, *keys);
    VERIFY_OK(body);
    QCOMPARE(body->highestWriter, std::string("hufu 9.8.7"));
    QCOMPARE(body->writer, thisWriter());
    QCOMPARE(body->unknownFields.size(), std::size_t{8});

    const PageEntry &entry = *body->pages.front();
    const auto page = openPage(*keys, head->identity.vault, entry,
                               keychain->at(u"hufu/test/"_s + pageEntryName(entry.id)));
    VERIFY_OK(page);
    const auto records = decodeRecords(*page);
    VERIFY_OK(records);
    QCOMPARE(records->others.size(), std::size_t{4}); // group, settings, kept, of a newer version
    QCOMPARE(bytes(records->others[2]->value), "kept bytes"_ba);
    QCOMPARE(records->others[3]->tag, std::uint16_t{0x0105});
    const Account &account = *records->accounts.front().account;
    QCOMPARE(account.note, u"another note"_s);
    QVERIFY(*readFields(account.unknownFields.view(), {})->front().text() ==
            "kept for a newer version");
    QVERIFY(*readFields(account.binding->unknownFields.view(), {})->front().text() == "newer");
    // Nothing else of it moved: the record of the untouched account is byte for byte the same.
    const auto again = encodeAccount(*records->accounts.back().account);
    VERIFY_OK(again);
    QVERIFY(page->text().find(again->text()) != std::string_view::npos);
    const auto goldenHead = parseHead(golden.at(u"hufu/test/head-a"_s));
    const auto goldenBody = openBody(*goldenHead, *keys);
    const auto goldenPage = openPage(*keys, head->identity.vault, *goldenBody->pages.front(),
                                     golden.at(u"hufu/test/page-8081828384858687"_s));
    QVERIFY(goldenPage->text().find(again->text()) != std::string_view::npos);
}

void VaultFormatTest::aFlippedBitInTheHeadIsRefused()
{
    const QByteArray text = goldenVault().at(u"hufu/test/head-a"_s);
    VERIFY_OK(parseHead(text));
    const std::size_t size = fromEntryText(EntryKind::Head, text)->size();
    for (std::size_t bit = 0; bit < size * 8; ++bit)
        VERIFY_FAILS(parseHead(withFlippedBit(EntryKind::Head, text, bit)), Errc::VaultCorrupt);
    for (qsizetype length = 0; length < text.size(); ++length)
        QVERIFY(!parseHead(text.first(length)));
}

void VaultFormatTest::aFlippedBitInThePageIsRefused()
{
    const MemoryKeychain golden = goldenVault();
    const auto head = parseHead(golden.at(u"hufu/test/head-a"_s));
    const auto keys = openSlot(head->identity);
    const auto body = openBody(*head, *keys);
    VERIFY_OK(body);
    const QByteArray text = golden.at(u"hufu/test/page-8081828384858687"_s);
    const std::size_t size = fromEntryText(EntryKind::Page, text)->size();
    for (std::size_t bit = 0; bit < size * 8; ++bit) {
        const QByteArray bent = withFlippedBit(EntryKind::Page, text, bit);
        VERIFY_FAILS(openPage(*keys, head->identity.vault, *body->pages.front(), bent),
                     Errc::VaultCorrupt);
        // The seal notices too, where a head vouches for the bent text.
        PageEntry lying{.id = body->pages.front()->id,
                        .textDigest = sha256(std::as_bytes(std::span(bent))),
                        .textSize = std::uint64_t(bent.size()),
                        .records = 6,
                        .unknownFields = {}};
        VERIFY_FAILS(openPage(*keys, head->identity.vault, lying, bent), Errc::VaultCorrupt);
    }
}

void VaultFormatTest::aPageOfAnotherNameKeyOrVaultIsRefused()
{
    const VaultId vault = randomId<16>();
    const auto keys = VaultKeys::derive(randomId<8>(), std::move(*SecretBytes::ofSize(32)), vault);
    const auto otherKeys =
        VaultKeys::derive(keys->id, std::move(*SecretBytes::copyOf(std::string(32, 'k'))), vault);
    const SecretBytes records = std::move(*SecretBytes::copyOf("records"));
    const PageId id = randomId<8>();
    const QByteArray text = *sealPage(*keys, vault, id, records);
    QCOMPARE(std::size_t(text.size()), pageTextSize(records.size()));
    const auto entryFor = [&text](const PageId &page) {
        return PageEntry{.id = page,
                         .textDigest = sha256(std::as_bytes(std::span(text))),
                         .textSize = std::uint64_t(text.size()),
                         .records = 1,
                         .unknownFields = {}};
    };
    VERIFY_OK(openPage(*keys, vault, entryFor(id), text));
    VERIFY_FAILS(openPage(*keys, vault, entryFor(randomId<8>()), text), Errc::VaultCorrupt);
    VERIFY_FAILS(openPage(*otherKeys, vault, entryFor(id), text), Errc::VaultCorrupt);
    VERIFY_FAILS(openPage(*keys, randomId<16>(), entryFor(id), text), Errc::VaultCorrupt);
}

void VaultFormatTest::anOpenSlotStandsAlone()
{
    const SecretBytes vaultKey = secretOf(std::string(32, 'k'));
    const auto slotOf = [&vaultKey](std::uint64_t kind) {
        if (kind == 1)
            return std::move(*makeOpenSlot(vaultKey, {}));
        if (kind == 2)
            return std::move(*makePasswordSlot(
                *derivePasswordKey(secretOf("x"), cheapPasswordCosts()), vaultKey, VaultId{}, {}));
        FieldWriter writer;
        writer.number(1, kind);
        return std::move(*writer.take());
    };
    const auto identityWith = [&](const std::vector<std::uint64_t> &kinds) {
        HeadIdentity identity;
        for (const std::uint64_t kind : kinds)
            identity.keySlots.push_back(slotOf(kind));
        return identity;
    };
    VERIFY_OK(openSlot(identityWith({1})));
    VERIFY_FAILS(openSlot(identityWith({1, 2})), Errc::VaultCorrupt);
    VERIFY_FAILS(openSlot(identityWith({3, 1})), Errc::VaultCorrupt);
    VERIFY_FAILS(openSlot(identityWith({1, 1})), Errc::VaultCorrupt);
    VERIFY_FAILS(openSlot(identityWith({2, 3})), Errc::PasswordNeeded);
    VERIFY_FAILS(openSlot(identityWith({4})), Errc::VaultNewerVersion);
    QVERIFY(!isUnderPassword(identityWith({1})));
    QVERIFY(isUnderPassword(identityWith({2, 4, 5})));
}

void VaultFormatTest::passwordSlotsAreStrict_data()
{
    QTest::addColumn<int>("tag");
    QTest::addColumn<QByteArray>("value"); // empty: the field is left out
    QTest::addColumn<bool>("good");
    const auto row = [](const char *name, int tag, const QByteArray &value, bool good = false) {
        QTest::newRow(name) << tag << value << good;
    };
    row("as it should be", 16, repeated('s', 16), true);
    row("no id", 2, {});
    row("id of 7 bytes", 2, repeated('i', 7));
    row("no time", 3, {});
    row("no salt", 16, {});
    row("salt of 15 bytes", 16, repeated('s', 15));
    row("salt of 17 bytes", 16, repeated('s', 17));
    row("no memory", 17, {});
    row("memory in a longer form", 17, QByteArray("\0\x08", 2));
    row("less memory than the lanes need", 17, "\x07"_ba);
    row("no passes", 18, {});
    row("0 passes", 18, QByteArray(1, 0));
    row("no lanes", 19, {});
    row("0 lanes", 19, QByteArray(1, 0));
    row("no box", 20, {});
    row("box of 59 bytes", 20, repeated('b', 59));
    row("box of 61 bytes", 20, repeated('b', 61));
    row("another box", 20, repeated('b', 60), true);
}

void VaultFormatTest::passwordSlotsAreStrict()
{
    QFETCH(int, tag);
    QFETCH(QByteArray, value);
    QFETCH(bool, good);
    const QByteArray fields[] = {"\x02"_ba, repeated('i', 8), "\x01"_ba, repeated('s', 16),
                                 "\x08"_ba, "\x01"_ba,        "\x01"_ba, repeated('b', 60)};
    constexpr int tags[] = {1, 2, 3, 16, 17, 18, 19, 20};
    FieldWriter writer;
    for (std::size_t i = 0; i < std::size(tags); ++i) {
        const QByteArray &written = tags[i] == tag ? value : fields[i];
        if (!written.isEmpty())
            writer.bytes(std::uint16_t(tags[i]), std::as_bytes(std::span(written)));
    }
    HeadIdentity identity;
    identity.keySlots.push_back(std::move(*writer.take()));
    const auto read = readKeySlots(identity);
    if (good)
        VERIFY_OK(read);
    else
        VERIFY_FAILS(read, Errc::VaultCorrupt);
}

// Whoever may write to the keychain cannot make a slot say something else.
void VaultFormatTest::aFlippedBitInASlotIsRefused()
{
    const VaultId vault = randomId<16>();
    const SecretBytes vaultKey = secretOf(std::string(32, 'k'));
    const auto key = derivePasswordKey(secretOf("secret"), cheapPasswordCosts());
    const SecretBytes slot = std::move(*makePasswordSlot(*key, vaultKey, vault, {}));
    const auto opens = [&](const SecretBytes &candidate, const VaultId &of) {
        HeadIdentity identity;
        identity.keySlots.push_back(secretOf(candidate.text()));
        const auto read = readKeySlots(identity);
        return read && tryPassword(read->passwords, of, secretOf("secret"));
    };
    QVERIFY(opens(slot, vault));
    QVERIFY(!opens(slot, randomId<16>()));
    for (std::size_t bit = 0; bit < slot.size() * 8; ++bit) {
        SecretBytes bent = secretOf(slot.text());
        bent.mutableView()[bit / 8] ^= std::byte(1U << (bit % 8));
        QVERIFY2(!opens(bent, vault), qPrintable(QString::number(bit)));
    }
}

void VaultFormatTest::moreThanEightSlotsAreRefused()
{
    const SecretBytes vaultKey = secretOf(std::string(32, 'k'));
    const auto key = derivePasswordKey(secretOf("secret"), cheapPasswordCosts());
    HeadIdentity identity{
        .vault = randomId<16>(), .key = randomId<8>(), .keySlots = {}, .unknownFields = {}};
    const auto keys = VaultKeys::derive(identity.key, secretOf(vaultKey.text()), identity.vault);
    for (int i = 1; i <= 9; ++i) {
        identity.keySlots.push_back(
            std::move(*makePasswordSlot(*key, vaultKey, identity.vault, {})));
        const auto head = parseHead(*sealHead(identity, 1, HeadBody{}, *keys));
        if (i <= 8)
            VERIFY_OK(head);
        else
            VERIFY_FAILS(head, Errc::VaultCorrupt);
    }
}

void VaultFormatTest::accountRecordsRefuseWhatIsOutOfRange_data()
{
    QTest::addColumn<int>("tag");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<Errc>("code");
    const auto row = [](const char *name, int tag, const QByteArray &value,
                        Errc code = Errc::VaultCorrupt) {
        QTest::newRow(name) << tag << value << code;
    };
    row("no digits", 7, QByteArray(1, 0));
    row("11 digits", 7, "\x0b"_ba);
    row("period 0", 8, QByteArray(1, 0));
    row("unknown hash", 6, "\x05"_ba);
    row("number in a longer form", 7, QByteArray("\0\x06", 2));
    row("account name of 1,025 bytes", 4, repeated('n', 1025));
    row("account name not UTF-8", 4, "\xff"_ba);
    row("secret of 1,025 bytes", 5, repeated('s', 1025));
    row("note of 16 KiB and one", 22, repeated('n', (16 << 10) + 1));
    row("icon of 31 bytes", 23, repeated('i', 31));
    row("group of 15 bytes", 21, repeated('g', 15));
    row("binding without fields in order", 32,
        "\x00\x02\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00"_ba);
    row("field that must not be ignored", 0x8000, "x"_ba, Errc::VaultNewerVersion);
}

void VaultFormatTest::accountRecordsRefuseWhatIsOutOfRange()
{
    QFETCH(int, tag);
    QFETCH(QByteArray, value);
    QFETCH(Errc, code);
    FieldWriter writer;
    writer.bytes(1, randomId<16>());
    writer.number(2, 1);
    writer.bytes(static_cast<std::uint16_t>(tag), std::as_bytes(std::span(value)));
    const SecretBytes record = std::move(*writer.take());
    VERIFY_FAILS(decodeAccount(record.view()), code);

    FieldWriter plain; // the same without the field in question is an account
    plain.bytes(1, randomId<16>());
    plain.number(2, 1);
    VERIFY_OK(decodeAccount(plain.take()->view()));
}

void VaultFormatTest::theHighestWriterStays()
{
    QCOMPARE(highestWriter("hufu 99.0.0"), std::string("hufu 99.0.0"));
    QCOMPARE(highestWriter("hufu 0.0.1"), thisWriter());
    QCOMPARE(highestWriter(""), thisWriter());
}

// The rows of storage.md 7. "-" absent, "x" damaged, a number: whole, of that generation.
void VaultFormatTest::foundStatesAreToldApart_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<QString>("state"); // committed[>writing], empty: lost
    QTest::addColumn<bool>("known");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const char *a, const char *b, const char *state,
                        bool known, const char *verdict) {
        QTest::newRow(name) << QString::fromLatin1(a) << QString::fromLatin1(b)
                            << QString::fromLatin1(state) << known << QString::fromLatin1(verdict);
    };
    row("nothing yet", "-", "-", "", false, "not found");
    row("nothing, but the settings know it", "-", "-", "", true, "VaultMissing");
    row("nothing, but a commit was counted", "-", "-", "3", false, "VaultMissing");
    row("first commit cut off before the head", "-", "-", "0>1", false, "not found");
    row("first commit cut off in the head", "x", "-", "0>1", false, "not found");
    row("damaged head, unexplained", "x", "-", "", false, "VaultCorrupt");
    row("both damaged", "x", "x", "4", true, "VaultCorrupt");
    row("first generation", "1", "-", "1", true, "normal 1");
    row("first generation, vault.state lost", "1", "-", "", true, "normal 1");
    row("first generation, commit cut off after the head", "1", "-", "0>1", false, "normal 1");
    row("first generation under a later commit", "1", "-", "2", true, "older 1");
    row("both whole", "5", "4", "5", true, "normal 5");
    row("both whole, commit cut off after the head", "5", "6", "5>6", true, "normal 6");
    row("both whole, vault.state lost", "5", "6", "", true, "normal 6");
    row("both whole, an older keychain put back", "5", "4", "9", true, "older 5");
    row("torn head of a commit under way", "5", "x", "5>6", true, "normal 5");
    row("missing head of a commit under way", "5", "-", "5>6", true, "normal 5");
    row("the older one damaged", "5", "x", "5", true, "normal 5");
    row("the newer one damaged", "5", "x", "6", true, "older 5");
    row("one damaged, vault.state lost", "5", "x", "", true, "older 5");
    row("one damaged, commit cut off after another", "5", "x", "6>7", true, "older 5");
    row("even head alone, commit under way", "x", "6", "6>7", true, "normal 6");
}

void VaultFormatTest::foundStatesAreToldApart()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(QString, state);
    QFETCH(bool, known);
    QFETCH(QString, verdict);
    const VaultId vault = randomId<16>();
    const auto finding = [&vault](const QString &text) -> HeadFinding {
        if (text == u"-")
            return {Finding::Absent, 0, {}};
        if (text == u"x")
            return {Finding::Damaged, 0, {}};
        return {Finding::Whole, text.toULongLong(), vault};
    };
    std::optional<VaultState> file;
    if (!state.isEmpty()) {
        const QStringList parts = state.split(u'>');
        file = VaultState{.committed = parts[0].toULongLong(), .writing = {}, .toRemove = {}};
        if (parts.size() == 2)
            file->writing = VaultState::Writing{parts[1].toULongLong(), file->committed};
    }
    const auto judged =
        judge(finding(a), finding(b), file, known ? std::optional(vault) : std::nullopt);
    const QString shown =
        !judged ? errcName(judged.error().code)
        : judged->kind == Verdict::Kind::NotFound
            ? u"not found"_s
            : (judged->kind == Verdict::Kind::Normal ? u"normal %1"_s : u"older %1"_s)
                  .arg(judged->generation);
    QCOMPARE(shown, verdict);
    if (a.toULongLong() > 0)
        VERIFY_FAILS(judge(finding(a), finding(b), file, randomId<16>()), Errc::AnotherVault);
}

void VaultFormatTest::vaultStateIsStrict()
{
    const TemporaryPlace at;
    const VaultStateFile file(at.place.dataPath);
    QVERIFY(!file.read());
    VaultState state{.committed = 7, .writing = VaultState::Writing{8, 7}, .toRemove = {}};
    state.addToRemove(PageId{});
    state.addToRemove(PageId{});
    VERIFY_OK(file.write(state));
    QVERIFY(file.read() == state);
    QFile raw(at.place.dataPath + u"/vault.state"_s);
    QVERIFY(raw.open(QIODevice::ReadWrite));
    QCOMPARE(raw.readAll(), "committed 7\nwriting 8 after 7\npage 0000000000000000\n"_ba);
    for (const char *text : {"", "committed 7", "committed 07\n", "committed -1\n", "page 00\n",
                             "committed 7\npage 000000000000000G\n", "committed 7\n\n",
                             "committed 7\nwriting 8\n", "committed 7\ncommitted 8\n"}) {
        raw.resize(0);
        raw.seek(0);
        raw.write(text);
        raw.flush();
        QVERIFY2(!file.read(), text);
    }
}

void VaultFormatTest::profileNamesAreChecked()
{
    VERIFY_OK(VaultPlace::ofProfile(u"default"_s));
    VERIFY_OK(VaultPlace::ofProfile(QString(32, u'9')));
    for (const QString &name :
         {u""_s, u"Demo"_s, u"-demo"_s, u"de/mo"_s, u"demo\n"_s, u".."_s, QString(33, u'a')})
        VERIFY_FAILS(VaultPlace::ofProfile(name), Errc::ProfileNameInvalid);
    QCOMPARE(VaultPlace::ofProfile(u"demo"_s)->entryKey(u"head-a"_s), u"hufu/demo/head-a"_s);
}

void VaultFormatTest::aRemovedProfileLeavesNothing()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    (*keychain)[u"hufu/test-2/head-a"_s] = "of another profile";
    MemoryStore store(keychain);
    std::optional<Result<int>> removed;
    const auto remove = [&](const VaultPlace &place) {
        removed.reset();
        removeProfile(store, place, this,
                      [&removed](Result<int> result) { removed = std::move(result); });
        return QTest::qWaitFor([&removed] { return removed.has_value(); });
    };
    {
        WaitingVault vault(keychain, at.place, clock);
        VERIFY_DONE(vault.commit(adding(u"alice"_s)));
        VERIFY_DONE(vault.commit(adding(u"bob"_s)));
    }
    store.unavailable = Errc::KeychainLocked;
    QVERIFY(remove(at.place));
    VERIFY_FAILS(*removed, Errc::KeychainLocked);
    QVERIFY(QFileInfo::exists(at.place.dataPath));
    store.unavailable.reset();

    QVERIFY(remove(at.place));
    VERIFY_OK(*removed);
    QCOMPARE(**removed, 4);
    QCOMPARE(keychain->size(), std::size_t{1});
    QVERIFY(!QFileInfo::exists(at.place.dataPath) && !QFileInfo::exists(at.place.configPath));
    QVERIFY(remove(at.place)); // nothing is left, which is no failure
    QCOMPARE(**removed, 0);

    VaultPlace common = at.place;
    common.profile = u"default"_s;
    QVERIFY(remove(common));
    VERIFY_FAILS(*removed, Errc::ProfileProtected);
}

QTEST_GUILESS_MAIN(VaultFormatTest)
#include "vault_format_test.moc"
