#include "tests/core/vault/keychain_fixture.h"

using namespace hufu;
using namespace Qt::StringLiterals;

/// On a bus without a keychain service, or where nobody may call it: run by
/// tests/support/with_keyring --no-service, or --denied and HUFU_TEST_DENIED=1.
class NoKeychainTest : public QObject
{
    Q_OBJECT

private slots:
    void aServiceOutOfReachIsNotAnEmptyVault();

private:
    static void isRefusedWith(Errc code);
};

void NoKeychainTest::aServiceOutOfReachIsNotAnEmptyVault()
{
    const Errc code = qEnvironmentVariableIsSet("HUFU_TEST_DENIED") ? Errc::KeychainDenied
                                                                    : Errc::KeychainMissing;
    for (int round = 0; round < test::rounds(1) && !QTest::currentTestFailed(); ++round)
        isRefusedWith(code);
}

void NoKeychainTest::isRefusedWith(Errc code)
{
    const test::ManualClock clock;
    Vault vault(std::make_unique<KeychainStore>(), *VaultPlace::ofProfile(u"none"_s), clock);
    std::optional<Result<void>> opened;
    vault.open(&vault, [&opened](Result<void> result) { opened = std::move(result); });
    QTRY_VERIFY_WITH_TIMEOUT(opened.has_value(), 30'000);
    VERIFY_FAILS(*opened, code);
    QCOMPARE(vault.state(), Vault::State::Closed);
    QCOMPARE(vault.problem()->code, code);

    std::optional<Result<void>> committed;
    vault.commit([](AccountSet &) { return Result<void>(); }, &vault,
                 [&committed](Result<void> result) { committed = std::move(result); });
    QTRY_VERIFY_WITH_TIMEOUT(committed.has_value(), 30'000);
    VERIFY_FAILS(*committed, code);

    std::optional<Result<VaultReport>> report;
    vault.diagnose(&vault, [&report](Result<VaultReport> result) { report = std::move(result); });
    QTRY_VERIFY_WITH_TIMEOUT(report.has_value(), 30'000);
    QVERIFY((*report)->problem && (*report)->problem->code == code);
    QVERIFY(!(*report)->accounts);
}

QTEST_GUILESS_MAIN(NoKeychainTest)
#include "no_keychain_test.moc"
