// From a binding code to the account in the list, where the code holds an address instead of the
// key (protocol.md B1), and where an account is bound anew.

#include "tests/support/qr_picture.h"
#include "tests/ui/lock_fixture.h"
#include "ui/approve_sheet.h"
#include "ui/bind_sheet.h"
#include "ui/binding_fetch_sheet.h"
#include "ui/button.h"
#include "ui/choice.h"
#include "ui/first_code_sheet.h"
#include "ui/notice_sheet.h"
#include "ui/tabular_digits.h"

#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto address =
    "https://auth.northgate.example:8443/v1/bind/?token=0123456789abcdef0123456789abcdef";
constexpr auto loginAddress =
    "https://auth.elsewhere.example/v1/verify/?token=0123456789abcdef0123456789abcdef";

void dropPicture(const LockedDesk &desk, const char *text)
{
    QMimeData picture;
    picture.setData(u"image/png"_s, qrPng(text));
    emit desk.window->dropped(&picture);
}

Button *shownButton(const QWidget *in, const QString &words)
{
    for (Button *found : in->findChildren<Button *>()) {
        if (found->isVisibleTo(in) && found->text() == words)
            return found;
    }
    return nullptr;
}

QString wordsOf(const QWidget *in)
{
    QStringList words;
    for (const QLabel *label : in->findChildren<QLabel *>()) {
        if (label->isVisibleTo(in))
            words << label->text().remove(QChar(0x200b));
    }
    return words.join(u'\n');
}

Choice *choiceOf(const QWidget *in, const QString &words)
{
    for (Choice *found : in->findChildren<Choice *>()) {
        if (found->text() == words)
            return found;
    }
    return nullptr;
}

/// A desk that shows the sheet of a scanned address.
class AskingDesk : public LockedDesk
{
public:
    AskingDesk()
    {
        listens = true;
        QTRY_VERIFY(showsList());
        dropPicture(*this, address);
        QTRY_VERIFY(sheet<BindingFetchSheet>());
        shown = sheet<BindingFetchSheet>();
        fetch = dynamic_cast<FakeFetch *>(&shown->fetch());
    }

    /// The server offers `uri`, under another name if one is given, and the person takes it.
    void agreeTo(KeyUri uri, const QString &name) const
    {
        shownButton(shown, u"Ask the server"_s)->click();
        fetch->uri = std::move(uri);
        if (!name.isEmpty())
            fetch->uri.account = name;
        if (!name.isEmpty() && fetch->uri.binding)
            fetch->uri.binding->uid = "2";
        if (fetch->uri.binding)
            fetch->uri.binding->deviceId = idOf(77);
        fetch->go(BindingFetch::State::Fetched);
        QTRY_VERIFY(sheet<BindSheet>());
        shownButton(sheet<BindSheet>(), u"Add account"_s)->click();
        QTRY_COMPARE(vault->accounts().size(), 4U);
    }

    BindingFetchSheet *shown = nullptr;
    FakeFetch *fetch = nullptr;
};

} // namespace

class BindingInTheWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void anAddressIsAskedOnlyOnceThatIsAgreed();
    void whatComesBackIsReviewedAndStored();
    void theFirstCodeIsShownLargeAndCopied();
    void theFirstCodeFollowsTheClock();
    void theOldKeyStaysUntilTheNewOneHasWorked();
    void aPlainAccountWantsNoFirstCode();
    void aFailureIsSaidAndMayBeTriedAgain();
    void whatTheServerDecidedIsNotTriedAgain();
    void aCodeThatIsOverOffersToScanTheNext();
    void aLockDropsTheQuestion();
    void aPastedAddressIsNotFollowed();
    void bindingAnewOffersToReplace();
    void anUnboundServerOffersToScanABindingCode();
    void aLoginThatFailedLeadsToTheNextScan();
};

void BindingInTheWindowTest::anAddressIsAskedOnlyOnceThatIsAgreed()
{
    AskingDesk desk;
    QVERIFY(desk.fetch != nullptr);
    QVERIFY(wordsOf(desk.shown).contains(u"auth.northgate.example:8443"_s));
    QVERIFY(desk.fetch->address.token == "0123456789abcdef0123456789abcdef");
    QCOMPARE(desk.fetch->starts, 0);
    QVERIFY(shownButton(desk.shown, u"Cancel"_s)->hasFocus());
    QTest::keyClick(desk.shown, Qt::Key_Return); // meant for another window
    QCOMPARE(desk.fetch->starts, 0);
    shownButton(desk.shown, u"Ask the server"_s)->click();
    QCOMPARE(desk.fetch->starts, 1);
    QVERIFY(!shownButton(desk.shown, u"Asking…"_s)->isEnabled());
    const QPointer<BindingFetch> fetch = desk.fetch;
    shownButton(desk.shown, u"Cancel"_s)->click();
    QTRY_VERIFY(!fetch); // and what is under way ends
}

void BindingInTheWindowTest::whatComesBackIsReviewedAndStored()
{
    AskingDesk desk;
    shownButton(desk.shown, u"Ask the server"_s)->click();
    desk.fetch->uri = sampleUri(true, "a key that nobody has seen");
    desk.fetch->uri.account = u"bob"_s;
    desk.fetch->uri.binding->deviceId = idOf(77);
    desk.fetch->go(BindingFetch::State::Fetched);
    QTRY_VERIFY(LockedDesk::sheet<BindSheet>());
    QTRY_VERIFY(!LockedDesk::sheet<BindingFetchSheet>());
    auto *review = LockedDesk::sheet<BindSheet>();
    QVERIFY(wordsOf(review).contains(u"Sent by auth.northgate.example:8443"_s));
    QCOMPARE(desk.vault->accounts().size(), 3U); // nothing is stored before that is agreed, too
    shownButton(review, u"Add account"_s)->click();
    QTRY_COMPARE(desk.vault->accounts().size(), 4U);
    const AccountPtr added = desk.vault->accounts().all().back();
    QCOMPARE(added->account, u"bob"_s);
    QVERIFY(added->binding->deviceId == idOf(77));
}

void BindingInTheWindowTest::theFirstCodeIsShownLargeAndCopied()
{
    AskingDesk desk;
    desk.agreeTo(sampleUri(true, "a key that nobody has seen"), u"bob"_s);
    const AccountPtr added = desk.vault->accounts().all().back();
    QTRY_VERIFY(LockedDesk::sheet<FirstCodeSheet>());
    auto *sheet = LockedDesk::sheet<FirstCodeSheet>();
    QVERIFY(!LockedDesk::sheet<BindSheet>());
    QVERIFY(sheet->account() == added->id);
    const QString code = added->codeAt(desk.clock.second())->text;
    QVERIFY(everythingShown().contains(groupedCode(code)));
    QVERIFY(wordsOf(sheet).contains(u"Type this code on the page"_s));
    QVERIFY(!wordsOf(sheet).contains(u"old key"_s));
    QTest::keyClick(sheet, Qt::Key_Return);
    QCOMPARE(QApplication::clipboard()->text(), code);
    QVERIFY(shownButton(sheet, u"Copied"_s));
    shownButton(sheet, u"Done"_s)->click();
    QTRY_VERIFY(!LockedDesk::sheet<FirstCodeSheet>());
}

void BindingInTheWindowTest::theFirstCodeFollowsTheClock()
{
    ManualClock clock{UtcTime(std::chrono::seconds(1'699'999'980))}; // where a period begins
    const auto account = std::make_shared<const Account>(
        makeSample({1, u"Northgate"_s, u"alice"_s, {}, false, true}));
    FirstCodeSheet sheet(account, clock);
    QSignalSpy copies(&sheet, &FirstCodeSheet::copyRequested);
    const auto copied = [&] {
        QTest::keyClick(&sheet, Qt::Key_Return);
        return copies.last().at(0).toString();
    };
    const auto codeIn = [&](int seconds) {
        return account
            ->codeAt(std::chrono::sys_seconds(std::chrono::seconds(1'699'999'980 + seconds)))
            ->text;
    };
    QCOMPARE(copied(), codeIn(0));
    QVERIFY(wordsOf(&sheet).contains(u"Code now"_s));
    sheet.setCodeOffset(std::chrono::seconds(26)); // 4 s are left
    QCOMPARE(copied(), codeIn(0));
    QVERIFY(wordsOf(&sheet).contains(u"next "_s + groupedCode(codeIn(30))));
    sheet.setCodeOffset(std::chrono::seconds(30));
    QCOMPARE(copied(), codeIn(30));
    QVERIFY(wordsOf(&sheet).contains(u"Code now"_s));
}

void BindingInTheWindowTest::theOldKeyStaysUntilTheNewOneHasWorked()
{
    AskingDesk desk;
    desk.agreeTo(sampleUri(true, "a key that nobody has seen"), {});
    QCOMPARE(desk.vault->accounts().size(), 4U);
    QVERIFY(!desk.vault->accounts().find(idOf(1))->deleted);
    QTRY_VERIFY(LockedDesk::sheet<FirstCodeSheet>());
    auto *sheet = LockedDesk::sheet<FirstCodeSheet>();
    QVERIFY(wordsOf(sheet).contains(u"old key is kept"_s));
    const auto *rows = qobject_cast<AccountListModel *>(desk.window->list().model());
    QVERIFY(rows);
    QVERIFY(rows->at(rows->rowOf(idOf(1))).isReplaced);
    const AccountId anew = desk.vault->accounts().all().back()->id;
    QVERIFY(!rows->at(rows->rowOf(anew)).isReplaced);
    QVERIFY(rows->index(rows->rowOf(idOf(1)))
                .data(Qt::AccessibleTextRole)
                .toString()
                .endsWith(u"old key"_s));

    const std::weak_ptr<const Account> unproven = desk.vault->accounts().find(anew);
    QTRY_VERIFY(desk.watch);
    emit desk.watch->works(idOf(78)); // whose it is nobody knows
    emit desk.watch->works(idOf(77));
    emit desk.watch->works(idOf(77));
    QTRY_VERIFY(desk.vault->accounts().find(idOf(1))->deleted);
    QTRY_VERIFY(wordsOf(sheet).contains(u"The server has taken the new key."_s));
    const AccountPtr proven = desk.vault->accounts().find(anew);
    QCOMPARE(proven->binding->state, Binding::State::WorkedOnce);
    QVERIFY(!proven->binding->replaces);
    QTRY_VERIFY(unproven.expired()); // its secret is nowhere a second time
    QCOMPARE(rows->rowOf(idOf(1)), -1);
    QTest::qWait(50); // the second answer has changed nothing
    const std::vector<ActivityEvent> events = *desk.activity->newestFirst();
    QCOMPARE(std::ranges::count(events, ActivityEvent::Kind::AccountBinned, &ActivityEvent::kind),
             1);
}

void BindingInTheWindowTest::aPlainAccountWantsNoFirstCode()
{
    AskingDesk desk;
    desk.agreeTo(sampleUri(false, "a key that nobody has seen"), u"bob"_s);
    QTRY_VERIFY(!LockedDesk::sheet<BindSheet>());
    QTest::qWait(50);
    QVERIFY(!LockedDesk::sheet<FirstCodeSheet>());
}

void BindingInTheWindowTest::aFailureIsSaidAndMayBeTriedAgain()
{
    AskingDesk desk;
    shownButton(desk.shown, u"Ask the server"_s)->click();
    desk.fetch->go(BindingFetch::State::Failed);
    QVERIFY(wordsOf(desk.shown).contains(u"The server cannot be reached."_s));
    shownButton(desk.shown, u"Try again"_s)->click();
    QCOMPARE(desk.fetch->starts, 2);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!wordsOf(desk.shown).contains(u"The server cannot be reached."_s));
}

void BindingInTheWindowTest::whatTheServerDecidedIsNotTriedAgain()
{
    for (const Errc code : {Errc::AnswerMalformed, Errc::ServerRefused}) {
        AskingDesk desk;
        shownButton(desk.shown, u"Ask the server"_s)->click();
        desk.fetch->error.code = code;
        desk.fetch->go(BindingFetch::State::Failed);
        QVERIFY(wordsOf(desk.shown).contains(ErrorText::ofBinding(code).headline));
        QVERIFY(!wordsOf(desk.shown).contains(u"signed in"_s)); // that is about logins
        QVERIFY(!shownButton(desk.shown, u"Try again"_s));
        QVERIFY(shownButton(desk.shown, u"Close"_s));
    }
}

void BindingInTheWindowTest::aCodeThatIsOverOffersToScanTheNext()
{
    AskingDesk desk;
    shownButton(desk.shown, u"Ask the server"_s)->click();
    desk.fetch->error.code = Errc::BindingExpired;
    desk.fetch->go(BindingFetch::State::Failed);
    QVERIFY(wordsOf(desk.shown).contains(u"This binding code is over or was used."_s));
    QVERIFY(wordsOf(desk.shown).contains(u"accounts that you have stay as they are"_s));
    QVERIFY(!wordsOf(desk.shown).contains(u"signed in"_s)); // that is about logins
    const QPointer<BindingFetchSheet> sheet = desk.shown;
    shownButton(desk.shown, u"Scan again"_s)->click();
    QVERIFY(everythingShown().contains(u"Looking for a code…"_s));
    QTRY_VERIFY(!sheet);
}

void BindingInTheWindowTest::aLockDropsTheQuestion()
{
    AskingDesk desk;
    shownButton(desk.shown, u"Ask the server"_s)->click();
    const QPointer<BindingFetch> fetch = desk.fetch;
    emit desk.window->lockRequested();
    QTRY_VERIFY(desk.isLocked());
    QVERIFY(!fetch);
    dropPicture(desk, address);
    QTRY_VERIFY(LockedDesk::sheet<NoticeSheet>());
    QVERIFY(!LockedDesk::sheet<BindingFetchSheet>());
    QCOMPARE(desk.begun, 1);
}

void BindingInTheWindowTest::aPastedAddressIsNotFollowed()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    QMimeData text;
    text.setText(QLatin1String(address));
    emit desk.window->dropped(&text);
    QTRY_VERIFY(LockedDesk::sheet<NoticeSheet>());
    const QString words = wordsOf(LockedDesk::sheet<NoticeSheet>());
    QVERIFY2(words.contains(u"auth.northgate.example:8443"_s), qPrintable(words));
    QVERIFY(words.contains(u"not followed"_s));
    QCOMPARE(desk.begun, 0);
}

void BindingInTheWindowTest::bindingAnewOffersToReplace()
{
    AccountSet accounts;
    VERIFY_OK(addFromUri(accounts, sampleUri(), AddChoice::KeepBoth,
                         std::chrono::sys_seconds(std::chrono::seconds(1))));
    const ManualClock clock;
    const BindSheet anew(sampleUri(true, "another secret than before"), u"here"_s, accounts, clock);
    QCOMPARE(anew.conflict().kind, AddConflict::Kind::SameBinding);
    QCOMPARE(anew.choice(), AddChoice::Replace); // a server has one key for a person
    QVERIFY(choiceOf(&anew, u"Replace"_s)->isChecked());
    QVERIFY(wordsOf(&anew).contains(u"The page may ask for this code once."_s));

    const BindSheet another(sampleUri(false, "another secret than before"), u"here"_s, accounts,
                            clock);
    QCOMPARE(another.conflict().kind, AddConflict::Kind::SameName);
    QCOMPARE(another.choice(), AddChoice::KeepBoth);
}

void BindingInTheWindowTest::anUnboundServerOffersToScanABindingCode()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    desk.refusal = Errc::UnboundServer;
    dropPicture(desk, loginAddress);
    QTRY_VERIFY(LockedDesk::sheet<NoticeSheet>());
    auto *sheet = LockedDesk::sheet<NoticeSheet>();
    const QString words = wordsOf(sheet);
    QVERIFY2(words.contains(u"No account of yours belongs to auth.elsewhere.example."_s),
             qPrintable(words));
    QVERIFY(shownButton(sheet, u"Scan a binding code"_s));
    sheet->close();
}

void BindingInTheWindowTest::aLoginThatFailedLeadsToTheNextScan()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    desk.failsAtOnce = true;
    dropPicture(desk, loginAddress);
    QTRY_VERIFY(LockedDesk::sheet<ApproveSheet>());
    const QPointer<ApproveSheet> sheet = LockedDesk::sheet<ApproveSheet>();
    shownButton(sheet, u"Scan again"_s)->click();
    QVERIFY(everythingShown().contains(u"Looking for a code…"_s));
    QTRY_VERIFY(!sheet);
}

QTEST_MAIN(BindingInTheWindowTest)
#include "binding_in_the_window_test.moc"
