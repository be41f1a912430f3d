#include "core/vault/side_key.h"

#include "core/base/crypto.h"
#include "core/base/fields.h"
#include "core/vault/page.h"
#include "core/vault/vault_contents.h"
#include "tests/core/vault/vault_fixture.h"

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using State = Vault::State;

namespace {

VaultId vaultId(std::uint8_t last)
{
    VaultId id{};
    id.back() = std::byte{last};
    return id;
}

SideKey keyOf(std::string_view text, std::uint8_t vault = 1)
{
    return {secretOf(text), vaultId(vault)};
}

constexpr std::string_view someKey = "0123456789abcdef0123456789abcdef";

} // namespace

class SideKeyTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsSealedOpensInItsPlaceOnly();
    void theSealIsThatOfTheFormat();
    void oneOtherCharacterIsRefused();
    void theKeyIsThereWhileTheVaultIsOpen();
    void theKeyOutlivesANewVaultKey();
};

void SideKeyTest::whatIsSealedOpensInItsPlaceOnly()
{
    const SideKey key = keyOf(someKey);
    const Result<QByteArray> text = key.seal(SideValue::activity(7), bytesOf("an event"));
    VERIFY_OK(text);
    const Result<SecretBytes> plain = key.open(SideValue::activity(7), *text);
    VERIFY_OK(plain);
    QVERIFY(plain->text() == "an event");
    QVERIFY(*key.seal(SideValue::activity(7), bytesOf("an event")) != *text); // another nonce

    VERIFY_FAILS(key.open(SideValue::activity(8), *text), Errc::SealBroken);
    VERIFY_FAILS(key.open(SideValue::usage(), *text), Errc::SealBroken);
    VERIFY_FAILS(keyOf(someKey, 2).open(SideValue::activity(7), *text), Errc::SealBroken);
    VERIFY_FAILS(keyOf("1123456789abcdef0123456789abcdef").open(SideValue::activity(7), *text),
                 Errc::SealBroken);
}

// storage.md 9: base64(nonce ‖ GCM(text, AAD = "hufu1 activity" ‖ vault id ‖ sequence 8) ‖ tag).
void SideKeyTest::theSealIsThatOfTheFormat()
{
    const SideKey key = keyOf(someKey);
    const QByteArray vault = QByteArray(15, '\0') + '\1';
    const std::map<QByteArray, SideValue> places{
        {"hufu1 activity" + vault + QByteArray::fromHex("0000000000000102"),
         SideValue::activity(0x102)},
        {"hufu1 usage" + vault, SideValue::usage()}};
    for (const auto &[associated, place] : places) {
        const QByteArray sealed = QByteArray::fromBase64(*key.seal(place, bytesOf("text")));
        QCOMPARE(sealed.size(), 12 + 4 + 16);
        const auto bytes = std::as_bytes(std::span(sealed));
        const Result<SecretBytes> plain =
            openAes256Gcm(secretOf(someKey), bytes.first(12), bytes.subspan(12),
                          std::as_bytes(std::span(associated)));
        VERIFY_OK(plain);
        QVERIFY(plain->text() == "text");
    }
}

void SideKeyTest::oneOtherCharacterIsRefused()
{
    const SideKey key = keyOf(someKey);
    const QByteArray text = *key.seal(SideValue::usage(), bytesOf("1234"));
    QVERIFY(text.endsWith('='));
    for (qsizetype i = 0; i < text.size(); ++i) {
        QByteArray other = text;
        other[i] = other[i] == 'A' ? 'B' : 'A';
        VERIFY_FAILS(key.open(SideValue::usage(), other), Errc::SealBroken);
    }
    for (const QByteArray &other :
         {QByteArray(), QByteArray("AAAA"), text.chopped(1), text + '=', text + '\n', ' ' + text})
        VERIFY_FAILS(key.open(SideValue::usage(), other), Errc::SealBroken);
}

void SideKeyTest::theKeyIsThereWhileTheVaultIsOpen()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    QVERIFY(!one.vault().sideKey());
    VERIFY_DONE(one.open());
    QCOMPARE(one.vault().state(), State::Empty);
    QVERIFY(!one.vault().sideKey());
    bool wasThere = false;
    QObject::connect(&one.vault(), &Vault::stateChanged, &one.vault(), [&] {
        wasThere = one.vault().sideKey() != nullptr;
        QCOMPARE(wasThere, one.vault().state() == State::Open);
    });
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    QVERIFY(wasThere);
    QVERIFY(one.vault().sideKey());
    VERIFY_DONE(one.changePassword("", "secret"));
    VERIFY_DONE(one.lock());
    QVERIFY(!wasThere);
    QVERIFY(!one.vault().sideKey());
    VERIFY_DONE(one.unlock("secret"));
    QVERIFY(wasThere);
}

void SideKeyTest::theKeyOutlivesANewVaultKey()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    const QByteArray text = *one.vault().sideKey()->seal(SideValue::usage(), bytesOf("usage"));
    VERIFY_DONE(one.changePassword("", "secret"));
    VERIFY_OK(one.vault().sideKey()->open(SideValue::usage(), text));
    VERIFY_DONE(one.move(Vault::Storage::File, "secret", "secret"));
    VERIFY_OK(one.vault().sideKey()->open(SideValue::usage(), text));
    VERIFY_DONE(one.commit(
        [](AccountSet &accounts) { return accounts.remove(accounts.all().front()->id); }));
    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(two.unlock("secret"));
    QCOMPARE(two.vault().accounts().size(), std::size_t{0});
    VERIFY_OK(two.vault().sideKey()->open(SideValue::usage(), text));
}

QTEST_GUILESS_MAIN(SideKeyTest)
#include "side_key_test.moc"
