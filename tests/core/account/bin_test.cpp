#include "core/account/bin.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_printing.h"

#include <QTest>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

AccountId idOf(int number)
{
    AccountId id{};
    id.back() = static_cast<std::byte>(number);
    return id;
}

AccountSet threeAccounts()
{
    AccountSet accounts;
    for (int i = 1; i <= 3; ++i) {
        Account account;
        account.id = idOf(i);
        account.issuer = i == 3 ? QString() : u"Corvus  Mail"_s;
        account.account = u"alice"_s;
        account.secret = *SecretBytes::copyOf("12345678901234567890");
        if (!accounts.add(std::move(account)))
            qFatal("an account cannot be added");
    }
    return accounts;
}

} // namespace

class BinTest : public QObject
{
    Q_OBJECT

private slots:
    void anAccountStaysThirtyDaysInTheBin();
    void aClockThatWentBackMakesNothingExpire();
    void whatComesBackHasItsOldPlace();
    void theLastDeletedComesFirst();
    void onlyTheBinIsDeletedForEver();
    void deletingTwiceKeepsTheFirstDate();
    void theIssuersNameIsTyped();
};

void BinTest::anAccountStaysThirtyDaysInTheBin()
{
    test::ManualClock clock;
    AccountSet accounts = threeAccounts();
    VERIFY_OK(moveToBin(accounts, idOf(1), clock.second()));
    clock.advance(24h);
    VERIFY_OK(moveToBin(accounts, idOf(2), clock.second()));

    clock.advance(29 * 24h - 1s);
    QCOMPARE(purgeBin(accounts, clock.second()).size(), 0U);
    QCOMPARE(accounts.size(), 3U);
    clock.advance(1s);
    QCOMPARE(purgeBin(accounts, clock.second()).size(), 1U);
    QVERIFY(!accounts.find(idOf(1)));
    QVERIFY(accounts.find(idOf(2)));
    clock.advance(365 * 24h);
    QCOMPARE(purgeBin(accounts, clock.second()).size(), 1U);
    QVERIFY(accounts.find(idOf(3))); // never deleted, so never purged
}

void BinTest::aClockThatWentBackMakesNothingExpire()
{
    test::ManualClock clock;
    AccountSet accounts = threeAccounts();
    VERIFY_OK(moveToBin(accounts, idOf(1), clock.second()));
    clock.set(clock.now() - 400 * 24h);
    QCOMPARE(purgeBin(accounts, clock.second()).size(), 0U);
    QCOMPARE(accounts.size(), 3U);
}

void BinTest::whatComesBackHasItsOldPlace()
{
    AccountSet accounts = threeAccounts();
    const std::chrono::sys_seconds now{1'700'000'000s};
    VERIFY_OK(moveToBin(accounts, idOf(2), now));
    VERIFY_OK(takeOutOfBin(accounts, idOf(2), now + 5s));
    QCOMPARE(accounts.all().at(1)->id, idOf(2));
    QVERIFY(!accounts.find(idOf(2))->deleted);
    QCOMPARE(accounts.find(idOf(2))->changed, now + 5s);
    QVERIFY(inBin(accounts).empty());
}

void BinTest::theLastDeletedComesFirst()
{
    AccountSet accounts = threeAccounts();
    const std::chrono::sys_seconds now{1'700'000'000s};
    VERIFY_OK(moveToBin(accounts, idOf(3), now));
    VERIFY_OK(moveToBin(accounts, idOf(1), now + 1s));
    const std::vector<AccountPtr> bin = inBin(accounts);
    QCOMPARE(bin.size(), 2U);
    QCOMPARE(bin.at(0)->id, idOf(1));
    QCOMPARE(bin.at(1)->id, idOf(3));
}

void BinTest::onlyTheBinIsDeletedForEver()
{
    AccountSet accounts = threeAccounts();
    VERIFY_FAILS(deleteForEver(accounts, idOf(1)), Errc::NoSuchAccount);
    VERIFY_FAILS(deleteForEver(accounts, idOf(9)), Errc::NoSuchAccount);
    VERIFY_OK(moveToBin(accounts, idOf(1), std::chrono::sys_seconds(1s)));
    VERIFY_OK(deleteForEver(accounts, idOf(1)));
    QCOMPARE(accounts.size(), 2U);
}

void BinTest::deletingTwiceKeepsTheFirstDate()
{
    AccountSet accounts = threeAccounts();
    const std::chrono::sys_seconds now{1'700'000'000s};
    VERIFY_OK(moveToBin(accounts, idOf(1), now));
    VERIFY_OK(moveToBin(accounts, idOf(1), now + 60s));
    QCOMPARE(accounts.find(idOf(1))->deleted, now);
}

void BinTest::theIssuersNameIsTyped()
{
    const AccountSet accounts = threeAccounts();
    const Account &withIssuer = *accounts.find(idOf(1));
    QVERIFY(isTyped(withIssuer, u" corvus mail "_s));
    QVERIFY(!isTyped(withIssuer, u"corvus"_s));
    QVERIFY(!isTyped(withIssuer, u""_s));
    QVERIFY(!isTyped(withIssuer, u"alice"_s));
    QVERIFY(isTyped(*accounts.find(idOf(3)), u"Alice"_s));
}

QTEST_APPLESS_MAIN(BinTest)
#include "bin_test.moc"
