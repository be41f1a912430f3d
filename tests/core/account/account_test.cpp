#include "core/account/adding.h"
#include "tests/support/result_printing.h"

using namespace hufu;
using namespace Qt::StringLiterals;
using Kind = AddConflict::Kind;

namespace {

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'700'000'000)};

KeyUri uri(const char *issuer, const char *account, std::string_view secret)
{
    KeyUri uri;
    uri.issuer = QString::fromUtf8(issuer);
    uri.account = QString::fromUtf8(account);
    uri.secret = std::move(*SecretBytes::copyOf(secret));
    return uri;
}

KeyUri boundUri(std::string_view secret)
{
    KeyUri bound = uri("Example", "alice", secret);
    bound.binding =
        BindingOffer{.api = "https://auth.example.com/v1", .appId = "app", .uid = "uid"};
    return bound;
}

AccountId add(AccountSet &accounts, KeyUri uri, AddChoice choice = AddChoice::KeepBoth)
{
    return *addFromUri(accounts, std::move(uri), choice, now);
}

} // namespace

class AccountTest : public QObject
{
    Q_OBJECT

private slots:
    void accountsStandInTheirOwnOrder();
    void anAccountIsFoundByIdByNameAndByAPartOfIt();
    void aKnownKeyIsNotAddedTwice();
    void aTakenNameGetsANumber();
    void replacingAPlainAccountSendsTheOldOneToTheBin();
    void replacingABoundAccountKeepsTheOldOneUntilTheNewOneWorked();
    void aBindingForAKnownPlainKeyIsNew();
    void aBindingNamesItsServer();
    void aCopyIsWhole();
    void boundAccountsAreFoundByServerAndApplication();
    void anAccountIsFoundByTheDeviceOfItsBinding();
    void addingManyMeetsTheSameConflicts();
    void aCopyOfASetKeepsItsOwnAccounts();
    void idsAreFoundWhateverWasTakenOut();
};

void AccountTest::accountsStandInTheirOwnOrder()
{
    AccountSet accounts;
    const AccountId first = add(accounts, uri("A", "a", "secret-1"));
    const AccountId second = add(accounts, uri("B", "b", "secret-2"));
    QCOMPARE(accounts.all().front()->id, first);
    QCOMPARE(accounts.all().back()->id, second);
    Account moved = *accounts.find(second)->copy();
    moved.order = 1;
    VERIFY_OK(accounts.replace(std::move(moved)));
    QCOMPARE(accounts.all().front()->id, second);
    VERIFY_OK(accounts.remove(second));
    VERIFY_FAILS(accounts.remove(second), Errc::NoSuchAccount);
    VERIFY_FAILS(accounts.restore(*accounts.find(first)->copy()), Errc::AccountExists);
    QCOMPARE(accounts.size(), std::size_t{1});
}

void AccountTest::anAccountIsFoundByIdByNameAndByAPartOfIt()
{
    AccountSet accounts;
    const AccountId mail = add(accounts, uri("Mail", "alice", "secret-1"));
    const AccountId mailing = add(accounts, uri("Mail", "alice.b", "secret-2"));
    QCOMPARE((*accounts.findByName(idText(mail)))->id, mail);
    QCOMPARE((*accounts.findByName(u"Mail:alice"_s))->id, mail); // exact wins over a part
    QCOMPARE((*accounts.findByName(u"ALICE.B"_s))->id, mailing);
    VERIFY_FAILS(accounts.findByName(u"mail"_s), Errc::AmbiguousName);
    VERIFY_FAILS(accounts.findByName(u"bank"_s), Errc::NoSuchAccount);
    QCOMPARE(accounts.matching(u"mail"_s).size(), std::size_t{2});
}

void AccountTest::aKnownKeyIsNotAddedTwice()
{
    AccountSet accounts;
    add(accounts, boundUri("12345678901234567890"));
    QCOMPARE(conflictOf(boundUri("12345678901234567890"), accounts).kind, Kind::SameAccount);
    VERIFY_FAILS(addFromUri(accounts, boundUri("12345678901234567890"), AddChoice::KeepBoth, now),
                 Errc::AccountExists);
    // Under another name it is the same key all the same.
    QCOMPARE(conflictOf(uri("Other", "bob", "12345678901234567890"), accounts).kind,
             Kind::SameAccount);
    QCOMPARE(accounts.size(), std::size_t{1});
}

void AccountTest::aTakenNameGetsANumber()
{
    AccountSet accounts;
    add(accounts, uri("Northgate", "alice", "secret-1"));
    QCOMPARE(conflictOf(uri("Northgate", "alice", "secret-2"), accounts).kind, Kind::SameName);
    const AccountId second = add(accounts, uri("Northgate", "alice", "secret-2"));
    const AccountId third = add(accounts, uri("Northgate", "alice", "secret-3"));
    QCOMPARE(accounts.find(second)->issuer, u"Northgate 2"_s);
    QCOMPARE(accounts.find(third)->issuer, u"Northgate 3"_s);
    QCOMPARE(conflictOf(uri("Northgate", "bob", "secret-4"), accounts).kind, Kind::None);

    // What looks like a place for an argument is a name like others.
    add(accounts, uri("100%1 %2", "alice", "secret-5"));
    const AccountId percent = add(accounts, uri("100%1 %2", "alice", "secret-6"));
    QCOMPARE(accounts.find(percent)->issuer, u"100%1 %2 2"_s);
    add(accounts, uri("", "bob", "secret-7"));
    QCOMPARE(accounts.find(add(accounts, uri("", "bob", "secret-8")))->issuer, u"2"_s);
}

void AccountTest::replacingAPlainAccountSendsTheOldOneToTheBin()
{
    AccountSet accounts;
    const AccountId old = add(accounts, uri("A", "a", "secret-1"));
    const AccountId fresh = add(accounts, uri("A", "a", "secret-2"), AddChoice::Replace);
    QVERIFY(accounts.find(old)->deleted == now);
    QVERIFY(accounts.find(old)->secret.text() == "secret-1");
    QCOMPARE(accounts.find(fresh)->issuer, u"A"_s);
    QVERIFY(!accounts.find(fresh)->deleted);
}

void AccountTest::replacingABoundAccountKeepsTheOldOneUntilTheNewOneWorked()
{
    AccountSet accounts;
    const AccountId old = add(accounts, boundUri("12345678901234567890"));
    const AddConflict conflict = conflictOf(boundUri("09876543210987654321"), accounts);
    QCOMPARE(conflict.kind, Kind::SameBinding);
    QCOMPARE(conflict.existing->id, old);
    const AccountId fresh = add(accounts, boundUri("09876543210987654321"), AddChoice::Replace);
    QVERIFY(!accounts.find(old)->deleted);
    QCOMPARE(accounts.find(fresh)->binding->replaces, old);
    QVERIFY(accounts.find(fresh)->binding->deviceId != accounts.find(old)->binding->deviceId);
}

void AccountTest::aBindingForAKnownPlainKeyIsNew()
{
    AccountSet accounts;
    add(accounts, uri("Example", "alice", "12345678901234567890"));
    QCOMPARE(conflictOf(boundUri("12345678901234567890"), accounts).kind, Kind::SameName);
}

void AccountTest::aBindingNamesItsServer()
{
    QCOMPARE(Binding{.api = "https://localhost:8443/v1"}.server(), u"localhost:8443"_s);
}

void AccountTest::aCopyIsWhole()
{
    Account account = makeAccount(boundUri("12345678901234567890"), now);
    account.parameters = {OtpType::Hotp, HashAlgorithm::Sha512, 8, 60, 41};
    account.pin = std::move(*SecretBytes::copyOf("pin"));
    account.further = {"image=x"};
    account.deleted = now;
    account.favourite = true;
    account.order = 7;
    account.groups = {{}};
    account.note = u"note"_s;
    account.icon = Sha256Digest{};
    account.unknownFields = std::move(*SecretBytes::copyOf("unknown"));
    account.binding->pins = {Sha256Digest{}};
    account.binding->state = Binding::State::WorkedOnce;
    account.binding->replaces = account.id;
    account.binding->unknownFields = std::move(*SecretBytes::copyOf("more"));
    const auto copy = account.copy();
    VERIFY_OK(copy);
    QCOMPARE(copy->id, account.id);
    QCOMPARE(copy->parameters, account.parameters);
    QCOMPARE(copy->issuer, account.issuer);
    QCOMPARE(copy->account, account.account);
    QVERIFY(copy->secret.text() == account.secret.text());
    QVERIFY(copy->pin.text() == "pin");
    QCOMPARE(copy->further, account.further);
    QVERIFY(copy->created == now && copy->changed == now && copy->deleted == now);
    QVERIFY(copy->favourite);
    QCOMPARE(copy->order, std::uint64_t{7});
    QCOMPARE(copy->groups, account.groups);
    QCOMPARE(copy->note, u"note"_s);
    QCOMPARE(*copy->icon, *account.icon);
    QVERIFY(copy->unknownFields.text() == "unknown");
    QVERIFY(copy->binding->uid == "uid" && copy->binding->api == account.binding->api);
    QCOMPARE(copy->binding->deviceId, account.binding->deviceId);
    QCOMPARE(copy->binding->pins, account.binding->pins);
    QCOMPARE(copy->binding->state, Binding::State::WorkedOnce);
    QCOMPARE(copy->binding->replaces, account.id);
    QVERIFY(copy->binding->unknownFields.text() == "more");
}

void AccountTest::boundAccountsAreFoundByServerAndApplication()
{
    AccountSet accounts;
    const AccountId id = add(accounts, boundUri("12345678901234567890"));
    add(accounts, uri("Plain", "bob", "secret-2"));
    QCOMPARE(accounts.boundTo("https://auth.example.com/v1", "app").size(), std::size_t{1});
    QCOMPARE(accounts.boundTo("https://auth.example.com/v1", "app").front()->id, id);
    QVERIFY(accounts.boundTo("https://auth.example.com/v1", "other").empty());
    QVERIFY(accounts.boundTo("https://auth.example.com", "app").empty());
}

void AccountTest::anAccountIsFoundByTheDeviceOfItsBinding()
{
    AccountSet accounts;
    const AccountId binned = add(accounts, boundUri("12345678901234567890"));
    const DeviceId device = accounts.find(binned)->binding->deviceId;
    QCOMPARE(accounts.boundAs(device)->id, binned);
    QVERIFY(!accounts.boundAs(randomId<16>()));

    Result<Account> account = accounts.find(binned)->copy();
    VERIFY_OK(account);
    account->deleted = now;
    VERIFY_OK(accounts.replace(std::move(*account)));
    QCOMPARE(accounts.boundAs(device)->id, binned); // where there is no other
    account = accounts.find(binned)->copy();
    VERIFY_OK(account);
    account->id = randomId<16>();
    account->deleted.reset();
    const AccountId id = account->id;
    VERIFY_OK(accounts.add(std::move(*account)));
    QCOMPARE(accounts.boundAs(device)->id, id);
}

void AccountTest::addingManyMeetsTheSameConflicts()
{
    auto next = [number = 0]() mutable { return ++number * 7919 % 23; };
    AccountSet one;
    AccountSet many;
    AccountAdder adder(many);
    for (int i = 0; i < 400; ++i) {
        const std::string key = "key " + std::to_string(next() + i % 37);
        const QByteArray name = QByteArray::number(next() % 5);
        KeyUri wanted = i % 3 == 0 ? boundUri(key) : uri("Northgate", name.constData(), key);
        if (wanted.binding)
            wanted.binding->uid = std::to_string(next() % 4);
        const AddChoice choice = i % 4 == 0 ? AddChoice::Replace : AddChoice::KeepBoth;
        QCOMPARE(adder.conflictOf(wanted).kind, conflictOf(wanted, one).kind);
        KeyUri again = *wanted.copy();
        const Result<AccountId> slow = addFromUri(one, std::move(wanted), choice, now);
        const Result<AccountId> quick = adder.add(std::move(again), choice, now);
        QCOMPARE(quick.has_value(), slow.has_value());
        QVERIFY(slow || slow.error().code == quick.error().code);
    }
    QVERIFY(one.size() > 50);
    QVERIFY(one.size() < 400);
    QCOMPARE(many.size(), one.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        const Account &a = *one.all()[i];
        const Account &b = *many.all()[i];
        QCOMPARE(b.issuer + u':' + b.account, a.issuer + u':' + a.account);
        QCOMPARE(b.deleted.has_value(), a.deleted.has_value());
        QVERIFY(b.secret.text() == a.secret.text());
    }
}

void AccountTest::aCopyOfASetKeepsItsOwnAccounts()
{
    AccountSet accounts;
    const AccountId first = add(accounts, uri("A", "a", "secret-1"));
    const AccountSet copy = accounts;
    const AccountId second = add(accounts, uri("B", "b", "secret-2"));
    Account changed = *accounts.find(first)->copy();
    changed.account = u"changed"_s;
    VERIFY_OK(accounts.replace(std::move(changed)));
    QCOMPARE(copy.size(), std::size_t{1});
    QCOMPARE(copy.find(first)->account, u"a"_s);
    QVERIFY(!copy.find(second));

    const AccountSet::Difference difference = copy.differenceTo(accounts);
    QCOMPARE(difference.gone.size(), std::size_t{1});
    QCOMPARE(difference.gone.front()->account, u"a"_s);
    QCOMPARE(difference.come.size(), std::size_t{2});
    QCOMPARE(difference.come.front()->account, u"changed"_s);
    QCOMPARE(difference.come.back()->id, second);
    QVERIFY(copy.differenceTo(copy).come.empty());
    QCOMPARE(accounts.differenceTo(AccountSet()).gone.size(), std::size_t{2});
}

// Ids that crowd in one corner of the table, so that every gap has somebody behind it.
void AccountTest::idsAreFoundWhateverWasTakenOut()
{
    const auto idOf = [](int number) {
        AccountId id{};
        id[0] = static_cast<std::byte>(number % 3);
        id[8] = static_cast<std::byte>(number % 251);
        id[9] = static_cast<std::byte>(number / 251);
        return id;
    };
    AccountSet accounts;
    std::vector<bool> there(600, false);
    for (int step = 0; step < 3000; ++step) {
        const int number = step * 7919 % 600;
        if (there[std::size_t(number)]) {
            VERIFY_OK(accounts.remove(idOf(number)));
        } else {
            Account account;
            account.id = idOf(number);
            account.order = std::uint64_t(number % 11);
            VERIFY_OK(accounts.restore(std::move(account)));
        }
        there[std::size_t(number)] = !there[std::size_t(number)];
        if (step % 100 != 0)
            continue;
        for (int i = 0; i < 600; ++i) {
            const AccountPtr found = accounts.find(idOf(i));
            QCOMPARE(found != nullptr, bool(there[std::size_t(i)]));
            QVERIFY(!found || found->id == idOf(i));
        }
    }
    QVERIFY(std::ranges::is_sorted(accounts.all(), {}, &Account::order));
}

QTEST_GUILESS_MAIN(AccountTest)
#include "account_test.moc"
