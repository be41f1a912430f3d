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
    void theLastOfSeveralNewOnesReplacesThemAll();
    void anotherUserOrServerIsNothingToReplace();
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

void ProvenBindingTest::theLastOfSeveralNewOnesReplacesThemAll()
{
    AccountSet accounts;
    std::vector<AccountId> ids;
    for (const char *secret : {"the first secret of alice", "the second secret of her",
                               "the third secret of alice", "the fourth secret of her"})
        ids.push_back(*addFromUri(accounts, uri(secret), AddChoice::Replace, now));
    VERIFY_OK(settleBinding(accounts, ids.at(2), now + 60s));
    for (std::size_t i = 0; i < ids.size(); ++i)
        QCOMPARE(accounts.find(ids.at(i))->deleted.has_value(), i < 2);
    VERIFY_OK(settleBinding(accounts, ids.at(3), now + 90s));
    QCOMPARE(accounts.find(ids.at(2))->deleted, now + 90s);
    QCOMPARE(accounts.find(ids.at(0))->deleted, now + 60s);
    QVERIFY(!accounts.find(ids.at(3))->deleted);
}

void ProvenBindingTest::anotherUserOrServerIsNothingToReplace()
{
    AccountSet accounts;
    static_cast<void>(
        *addFromUri(accounts, uri("the first secret of alice"), AddChoice::KeepBoth, now));
    using Kind = AddConflict::Kind;
    QCOMPARE(conflictOf(uri("the first secret of alice"), accounts).kind, Kind::SameAccount);
    QCOMPARE(conflictOf(uri("the second secret of her"), accounts).kind, Kind::SameBinding);
    for (std::string BindingOffer::*part :
         {&BindingOffer::api, &BindingOffer::appId, &BindingOffer::uid}) {
        KeyUri other = uri("the second secret of her");
        (*other.binding).*part += "2";
        QCOMPARE(conflictOf(other, accounts).kind, Kind::SameName);
        other.account = QStringLiteral("bob");
        QCOMPARE(conflictOf(other, accounts).kind, Kind::None);
    }
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
