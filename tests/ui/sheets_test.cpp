#include "tests/ui/samples.h"
#include "ui/approve_button.h"
#include "ui/approve_sheet.h"
#include "ui/bind_sheet.h"
#include "ui/choice.h"
#include "ui/number_cells.h"
#include "ui/text.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using State = LoginAttempt::State;

namespace {

/// An approve sheet over a login that waits for an answer, active and one second old if asked.
struct Opened
{
    explicit Opened(const std::function<void(LoginContext &)> &how = {})
    {
        auto attempt = test::sampleAttempt(clock);
        login = attempt.get();
        if (how)
            how(login->shown);
        sheet = std::make_unique<ApproveSheet>(std::move(attempt), clock);
        login->go(State::Reviewing);
        sheet->show();
        isActive = QTest::qWaitForWindowActive(sheet.get());
    }

    void arm()
    {
        clock.advance(1'000ms);
        QTest::qWait(50); // the button looks at the clock each 16 ms
    }

    [[nodiscard]] ApproveButton *approve() const { return sheet->findChild<ApproveButton *>(); }
    void key(Qt::Key key) const
    {
        if (QWidget *focus = QApplication::focusWidget())
            QTest::keyClick(focus, key);
    }

    test::ManualClock clock;
    std::unique_ptr<ApproveSheet> sheet;
    test::FakeAttempt *login = nullptr;
    bool isActive = false;
};

Button *buttonOf(const QWidget &sheet, const QString &text)
{
    for (Button *button : sheet.findChildren<Button *>()) {
        if (button->text() == text && button->isVisible())
            return button;
    }
    return nullptr;
}

QStringList textsOf(const QWidget &sheet)
{
    QStringList texts;
    for (const Text *text : sheet.findChildren<Text *>())
        texts << QString(text->text()).remove(QChar(0x200b));
    return texts;
}

AccountSet setWith(Account account)
{
    AccountSet set;
    if (!set.add(std::move(account)))
        qFatal("An empty set takes an account.");
    return set;
}

} // namespace

class SheetsTest : public QObject
{
    Q_OBJECT

private slots:
    void denyHasTheFocus();
    void mashingEnterAndSpaceApprovesNothing();
    void approveArmsAfterOneSecond();
    void aHeldKeyDoesNotApprove();
    void aPressThatBeganBeforeDoesNotApprove();
    void movingTheSheetStartsTheSecondAnew();
    void theNumberHasToBeComplete();
    void digitsTypedAnywhereLandInTheCells();
    void closingTheSheetDenies();
    void reportingSaysThatItWasNotMe();
    void whoAsksIsShownWhole();
    void whatIsSuspiciousIsSaidInDanger();
    void ofSeveralAccountsThePersonPicksOne();
    void choicesThatDifferAtTheirEndsLookDifferent();
    void everyUnknownRowSaysSo();
    void foreignTextStaysPlainText();
    void aLoginThatFailsSaysWhyInTheSameSheet();
    void theResultIsSeenWholeInTheSameSheet_data();
    void theResultIsSeenWholeInTheSameSheet();
    void bindingStoresNothingBeforeAdd();
    void aKnownAccountIsShownInstead();
    void aTakenNameOffersToKeepBothOrReplace();
    void aRefusedBindingIsExplained();
    void aFailedStoreLetsThePersonTryAgain();
};

void SheetsTest::denyHasTheFocus()
{
    const Opened opened;
    QVERIFY(opened.isActive);
    QCOMPARE(QApplication::focusWidget(), buttonOf(*opened.sheet, u"Deny"_s));
}

void SheetsTest::mashingEnterAndSpaceApprovesNothing()
{
    for (const bool onApprove : {false, true}) {
        const Opened opened;
        if (onApprove)
            opened.approve()->setFocus();
        // Three seconds of real time, but the approval's clock stands before its second is over.
        for (int i = 0; i < 60; ++i) {
            opened.key(i % 2 == 0 ? Qt::Key_Return : Qt::Key_Space);
            QTest::qWait(25);
        }
        QCOMPARE(opened.login->approvals.size(), 0);
    }
    // With the clock running on and the focus where it opens, mashing denies at worst.
    Opened opened;
    for (int i = 0; i < 60; ++i) {
        opened.clock.advance(50ms);
        opened.key(i % 2 == 0 ? Qt::Key_Return : Qt::Key_Space);
        QTest::qWait(20);
    }
    QCOMPARE(opened.login->approvals.size(), 0);
}

void SheetsTest::approveArmsAfterOneSecond()
{
    Opened opened;
    QTest::mouseClick(opened.approve(), Qt::LeftButton);
    QCOMPARE(opened.login->approvals.size(), 0);
    opened.clock.advance(999ms);
    QTest::qWait(50);
    QVERIFY(!opened.approve()->isArmed());
    QTest::mouseClick(opened.approve(), Qt::LeftButton);
    QCOMPARE(opened.login->approvals.size(), 0);
    opened.clock.advance(1ms);
    QTest::qWait(50);
    QVERIFY(opened.approve()->isArmed());
    QTest::mouseClick(opened.approve(), Qt::LeftButton);
    QTest::mouseClick(opened.approve(), Qt::LeftButton);
    QCOMPARE(opened.login->approvals, QStringList{QString()}); // a double click sends once
}

void SheetsTest::aHeldKeyDoesNotApprove()
{
    Opened opened;
    opened.arm();
    opened.approve()->setFocus();
    for (int i = 0; i < 20; ++i) {
        QKeyEvent repeated(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, u" "_s, true);
        QApplication::sendEvent(opened.approve(), &repeated);
    }
    QCOMPARE(opened.login->approvals.size(), 0);
    QTest::keyClick(opened.approve(), Qt::Key_Space);
    QCOMPARE(opened.login->approvals.size(), 1);
}

void SheetsTest::aPressThatBeganBeforeDoesNotApprove()
{
    Opened opened;
    QTest::mousePress(opened.approve(), Qt::LeftButton);
    opened.arm();
    QTest::mouseRelease(opened.approve(), Qt::LeftButton);
    QCOMPARE(opened.login->approvals.size(), 0);
}

void SheetsTest::movingTheSheetStartsTheSecondAnew()
{
    Opened opened;
    opened.arm();
    QVERIFY(opened.approve()->isArmed());
    opened.sheet->move(opened.sheet->pos() + QPoint(30, 0));
    QTest::qWait(50);
    QVERIFY(!opened.approve()->isArmed());
    opened.arm();
    QVERIFY(opened.approve()->isArmed());
}

void SheetsTest::theNumberHasToBeComplete()
{
    Opened opened([](LoginContext &context) { context.numberDigits = 2; });
    opened.arm();
    QVERIFY(!opened.approve()->isEnabled());
    opened.key(Qt::Key_7);
    QVERIFY(!opened.approve()->isEnabled());
    opened.key(Qt::Key_3);
    QVERIFY(opened.approve()->isEnabled());
    opened.key(Qt::Key_Return); // on Deny it would deny; the focus is there
    QCOMPARE(opened.login->approvals.size(), 0);

    Opened second([](LoginContext &context) { context.numberDigits = 2; });
    second.key(Qt::Key_7);
    second.key(Qt::Key_3);
    second.arm();
    QTest::mouseClick(second.approve(), Qt::LeftButton);
    QCOMPARE(second.login->approvals, QStringList{u"73"_s});
}

void SheetsTest::digitsTypedAnywhereLandInTheCells()
{
    const Opened opened([](LoginContext &context) { context.numberDigits = 3; });
    auto *cells = opened.sheet->findChild<NumberCells *>();
    opened.key(Qt::Key_1);
    opened.key(Qt::Key_X);
    opened.key(Qt::Key_2);
    opened.key(Qt::Key_Backspace);
    opened.key(Qt::Key_5);
    opened.key(Qt::Key_9);
    opened.key(Qt::Key_4); // one too many
    QCOMPARE(cells->number(), u"159"_s);
    QCOMPARE(opened.login->denials.size(), 0);
}

void SheetsTest::closingTheSheetDenies()
{
    const Opened opened;
    opened.sheet->close();
    QCOMPARE(opened.login->denials, QList{DenyReason::Cancel});
    QVERIFY(textsOf(*opened.sheet).contains(u"Denied"_s));
}

void SheetsTest::reportingSaysThatItWasNotMe()
{
    const Opened opened;
    QTest::mouseClick(buttonOf(*opened.sheet, u"It wasn’t me: deny and report"_s), Qt::LeftButton);
    QCOMPARE(opened.login->denials, QList{DenyReason::NotMe});
    const QString words = textsOf(*opened.sheet).join(u' ');
    QVERIFY(words.contains(u"Denied and reported"_s));
    QVERIFY(words.contains(u"the server was told that it was not you"_s));
    QVERIFY(words.contains(u"change it now, and tell your administrator"_s)); // what to do next
}

void SheetsTest::whoAsksIsShownWhole()
{
    const Opened opened;
    QString words = textsOf(*opened.sheet).join(u'\n');
    words.remove(QChar(0x200b)); // places to break a line at
    for (const QString &fact :
         {u"Northgate Portal"_s, u"alice.chen@northgate.example"_s, u"auth.northgate.example"_s,
          u"Hangzhou, China"_s, u"203.0.113.24"_s, u"Same as here"_s, u"Firefox 145 on Windows"_s,
          u"8 second"_s, u"read from the screen"_s})
        QVERIFY2(words.contains(fact), qPrintable(fact));
    QVERIFY(!words.contains(u"different network"_s));
    QVERIFY(!words.contains(u"bait"_s));
}

void SheetsTest::whatIsSuspiciousIsSaidInDanger()
{
    const Opened far(
        [](LoginContext &context) { context.network = LoginContext::Network::Different; });
    QString words = textsOf(*far.sheet).join(u'\n');
    QVERIFY(words.contains(u"Asked from a different network"_s));
    QVERIFY(words.contains(u"Different from here"_s));
    QVERIFY(!words.contains(u"bait"_s));
    const Opened picture([](LoginContext &context) { context.channel = LoginChannel::Picture; });
    words = textsOf(*picture.sheet).join(u'\n');
    QVERIFY(words.contains(u"Read from a picture"_s));
    QVERIFY(words.contains(u"Codes sent to you are often bait"_s));
}

void SheetsTest::ofSeveralAccountsThePersonPicksOne()
{
    const test::ManualClock clock;
    auto attempt = test::sampleAttempt(clock);
    test::FakeAttempt *login = attempt.get();
    login->accounts.push_back(std::make_shared<const Account>(
        test::makeSample({2, u"Northgate"_s, u"admin@northgate.example"_s, {}, false, true})));
    ApproveSheet sheet(std::move(attempt), clock);
    login->go(State::ChoosingAccount);
    sheet.show();
    QVERIFY(textsOf(sheet).contains(u"Which account signs in?"_s));
    QVERIFY(!sheet.findChild<ApproveButton *>());
    const QList<Choice *> choices = sheet.findChildren<Choice *>();
    QCOMPARE(choices.size(), 2);
    choices.at(1)->click();
    QCOMPARE(login->choices.size(), std::size_t{0}); // nothing is sent before the person goes on
    QTest::mouseClick(buttonOf(sheet, u"Continue"_s), Qt::LeftButton);
    QVERIFY(login->choices == std::vector<AccountId>{test::idOf(2)});
    QString words = textsOf(sheet).join(u'\n').remove(QChar(0x200b));
    QVERIFY(words.contains(u"admin@northgate.example"_s));
    QVERIFY(sheet.findChild<ApproveButton *>());
}

void SheetsTest::choicesThatDifferAtTheirEndsLookDifferent()
{
    const QString name = u"Northgate Industrial Holdings "_s.repeated(4);
    const QString account = u"alice.chen@"_s + u"subsidiary."_s.repeated(8) + u"example"_s;
    const auto look = [](const QString &title, const QString &meaning) {
        Choice choice(title, meaning);
        choice.resize(300, choice.heightForWidth(300));
        return choice.grab().toImage();
    };
    QVERIFY(look(name + u'1', account) != look(name + u'2', account));
    QVERIFY(look(name, account + u"/1"_s) != look(name, account + u"/2"_s));
}

void SheetsTest::everyUnknownRowSaysSo()
{
    const Opened opened([](LoginContext &context) {
        context = {.application = u"Portal"_s, .expires = context.expires};
    });
    // Server, place, network, browser, asked.
    QCOMPARE(textsOf(*opened.sheet).filter(u"not known"_s).size(), 5);

    const Opened nameless([](LoginContext &context) { context.application.clear(); });
    QVERIFY(textsOf(*nameless.sheet).contains(u"not known"_s));
    nameless.login->go(State::Approved);
    const QString where = u"You are signed in to "_s + nameless.login->shown.server;
    QTRY_VERIFY(textsOf(*nameless.sheet).join(u'\n').contains(where));
}

void SheetsTest::foreignTextStaysPlainText()
{
    const QString hostile = u"<img src=file:///etc/passwd><b>x</b>"_s;
    const Opened opened([&hostile](LoginContext &context) {
        context.application = context.place = context.browser = hostile;
    });
    QVERIFY(textsOf(*opened.sheet).contains(hostile));
    KeyUri uri = test::sampleUri();
    uri.issuer = uri.account = hostile;
    const test::ManualClock clock;
    BindSheet bind(std::move(uri), u"here"_s, {}, clock);
    QVERIFY(textsOf(bind).contains(hostile));
    for (const QWidget *sheet :
         {static_cast<const QWidget *>(opened.sheet.get()), static_cast<const QWidget *>(&bind)}) {
        for (const QLabel *label : sheet->findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
}

void SheetsTest::aLoginThatFailsSaysWhyInTheSameSheet()
{
    Opened opened;
    opened.login->error = {Errc::AnswerNotAuthentic, u"mac"_s};
    opened.login->go(State::Failed);
    const QStringList texts = textsOf(*opened.sheet);
    QVERIFY(texts.contains(u"The server's answer is not genuine."_s));
    QVERIFY(texts.contains(u"7f3a91c0"_s)); // in the fold
    QTRY_VERIFY(buttonOf(*opened.sheet, u"Close"_s));
    QCOMPARE(opened.approve() && opened.approve()->isVisible(), false);

    const Opened elsewhere;
    elsewhere.login->error = {Errc::RedirectRefused, u"evil.example"_s};
    elsewhere.login->go(State::Failed);
    QVERIFY(textsOf(*elsewhere.sheet)
                .contains(u"The server tried to send Hufu elsewhere: evil.example."_s));
}

void SheetsTest::theResultIsSeenWholeInTheSameSheet_data()
{
    QTest::addColumn<LoginAttempt::State>("end");
    QTest::newRow("approved") << LoginAttempt::State::Approved;
    QTest::newRow("denied") << LoginAttempt::State::Denied;
    QTest::newRow("failed") << LoginAttempt::State::Failed;
}

void SheetsTest::theResultIsSeenWholeInTheSameSheet()
{
    QFETCH(LoginAttempt::State, end);
    const Opened opened;
    opened.login->go(end);
    QTRY_VERIFY(buttonOf(*opened.sheet, u"Close"_s));
    const auto *scroll = opened.sheet->findChild<QScrollArea *>();
    QTRY_VERIFY(scroll->widget()->isVisible());
    QTest::qWait(50); // what the event loop lays out later counts too
    QCOMPARE(scroll->verticalScrollBar()->maximum(), 0);
}

void SheetsTest::bindingStoresNothingBeforeAdd()
{
    const test::ManualClock clock;
    BindSheet sheet(test::sampleUri(), u"Read from screen 1"_s, {}, clock);
    QSignalSpy adds(&sheet, &BindSheet::addRequested);
    sheet.show();
    QVERIFY(textsOf(sheet).contains(u"https://auth.northgate.example/v1"_s));
    QVERIFY(textsOf(sheet).contains(u"May ask you to confirm logins"_s));
    QCOMPARE(adds.size(), 0);
    QTest::keyClick(&sheet, Qt::Key_Return);
    QCOMPARE(adds.size(), 1);
    QTest::keyClick(&sheet, Qt::Key_Escape);
    QVERIFY(!sheet.isVisible());
    QCOMPARE(adds.size(), 1);
}

void SheetsTest::aKnownAccountIsShownInstead()
{
    const test::ManualClock clock;
    const AccountSet set = setWith(makeAccount(test::sampleUri(), std::chrono::sys_seconds{}));
    BindSheet sheet(test::sampleUri(), u"here"_s, set, clock);
    QSignalSpy adds(&sheet, &BindSheet::addRequested);
    QSignalSpy shows(&sheet, &BindSheet::showRequested);
    sheet.show();
    QTest::mouseClick(buttonOf(sheet, u"Show it"_s), Qt::LeftButton);
    QCOMPARE(adds.size(), 0);
    QCOMPARE(shows.size(), 1);
}

void SheetsTest::aTakenNameOffersToKeepBothOrReplace()
{
    const test::ManualClock clock;
    const AccountSet set = setWith(makeAccount(test::sampleUri(), std::chrono::sys_seconds{}));
    KeyUri uri = test::sampleUri(true, "ABCDEFGHIJKLMNOPQRST");
    uri.binding->uid = "somebody else of that name";
    BindSheet sheet(std::move(uri), u"here"_s, set, clock);
    sheet.show();
    const QList<Choice *> choices = sheet.findChildren<Choice *>();
    QCOMPARE(choices.size(), 2);
    QCOMPARE(sheet.choice(), AddChoice::KeepBoth);
    QVERIFY(choices.first()->accessibleDescription().contains(u"Northgate 2"_s));
    QTest::mouseClick(choices.last(), Qt::LeftButton);
    QCOMPARE(sheet.choice(), AddChoice::Replace);

    KeyUri first = test::sampleUri();
    KeyUri second = test::sampleUri(false, "ABCDEFGHIJKLMNOPQRST");
    first.issuer = second.issuer = u"100%1"_s;
    const AccountSet odd = setWith(makeAccount(std::move(first), std::chrono::sys_seconds{}));
    const BindSheet other(std::move(second), u"here"_s, odd, clock);
    QVERIFY(other.findChildren<Choice *>().first()->accessibleDescription().contains(u"100%1 2"_s));
}

void SheetsTest::aRefusedBindingIsExplained()
{
    const test::ManualClock clock;
    KeyUri uri = test::sampleUri(false);
    uri.bindingRefused = true;
    const BindSheet sheet(std::move(uri), u"here"_s, {}, clock);
    QVERIFY(textsOf(sheet).contains(u"Without confirming logins"_s));
    const BindSheet weak(test::sampleUri(true, "1234567890"), u"here"_s, {}, clock);
    QVERIFY(textsOf(weak).contains(u"Codes only"_s));
}

void SheetsTest::aFailedStoreLetsThePersonTryAgain()
{
    const test::ManualClock clock;
    BindSheet sheet(test::sampleUri(), u"here"_s, {}, clock);
    QSignalSpy adds(&sheet, &BindSheet::addRequested);
    sheet.show();
    sheet.setStoring();
    QTest::keyClick(&sheet, Qt::Key_Return);
    QCOMPARE(adds.size(), 0);
    sheet.showFailure({Errc::WriteNotConfirmed, {}});
    QVERIFY(textsOf(sheet).contains(u"The keychain did not keep the change."_s));
    QTest::keyClick(&sheet, Qt::Key_Return);
    QCOMPARE(adds.size(), 1);
    // A file has words of its own.
    for (const Errc code : {Errc::WriteNotConfirmed, Errc::KeychainStalled}) {
        sheet.showFailure({code, {}}, KeptIn::File);
        QVERIFY(textsOf(sheet).contains(ErrorText::of(code, KeptIn::File).headline));
        QVERIFY(!textsOf(sheet).join(u' ').contains(u"keychain"_s, Qt::CaseInsensitive));
    }
}

QTEST_MAIN(SheetsTest)
#include "sheets_test.moc"
