#include "core/account/adding.h"
#include "core/account/proven_binding.h"
#include "tests/support/result_printing.h"

#include <QTest>

using namespace hufu;
using namespace std::chrono_literals;

class ProvenBindingTest : public QObject
{
    Q_OBJECT

private slots:
    void theOldAccountStaysUntilTheNewOneHasWorked();
    void aPlainAccountHasNothingToProve();

private:
    static KeyUri uri(std::string_view secret, bool binds = true)
    {
        KeyUri uri{.issuer = QStringLiteral("Northgate"),
                   .account = QStringLiteral("alice"),
                   .secret = *SecretBytes::copyOf(secret)};
        if (binds)
            uri.binding = {.api = "https://auth.example.com/v1", .appId = "app", .uid = "alice"};
        return uri;
    }

    static constexpr std::chrono::sys_seconds now{1'700'000'000s};
};

void ProvenBindingTest::theOldAccountStaysUntilTheNewOneHasWorked()
{
    AccountSet accounts;
    const AccountId old =
        *addFromUri(accounts, uri("the first secret of alice"), AddChoice::KeepBoth, now);
    const AccountId fresh =
        *addFromUri(accounts, uri("the second secret of her"), AddChoice::Replace, now);
    QVERIFY(!accounts.find(old)->deleted);
    QVERIFY(isUnproven(*accounts.find(fresh)));

    VERIFY_OK(settleBinding(accounts, fresh, now + 60s));
    QCOMPARE(accounts.find(old)->deleted, now + 60s);
    QVERIFY(!accounts.find(fresh)->deleted);
    QVERIFY(!isUnproven(*accounts.find(fresh)));
    QVERIFY(!accounts.find(fresh)->binding->replaces);

    VERIFY_OK(settleBinding(accounts, fresh, now + 90s)); // a second time changes nothing
    QCOMPARE(accounts.find(fresh)->changed, now + 60s);
}

void ProvenBindingTest::aPlainAccountHasNothingToProve()
{
    AccountSet accounts;
    const AccountId id =
        *addFromUri(accounts, uri("the first secret of alice", false), AddChoice::KeepBoth, now);
    QVERIFY(!isUnproven(*accounts.find(id)));
    VERIFY_FAILS(settleBinding(accounts, id, now), Errc::UnboundAccount);
    VERIFY_FAILS(settleBinding(accounts, AccountId{}, now), Errc::NoSuchAccount);
}

QTEST_GUILESS_MAIN(ProvenBindingTest)
#include "proven_binding_test.moc"
