#include "tests/support/result_printing.h"
#include "tests/ui/samples.h"
#include "ui/account_list_view.h"
#include "ui/main_window.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::sys_seconds early{std::chrono::seconds(1'699'999'991)}; // 19 s left of 30
constexpr std::chrono::sys_seconds late{std::chrono::seconds(1'700'000'006)};  // 4 s left of 30

QStringList titles(const AccountListModel &model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list << model.at(row).title;
    return list;
}

} // namespace

class AccountListTest : public QObject
{
    Q_OBJECT

private slots:
    void favouritesComeFirstThenTheOwnOrder();
    void theBinIsNotShown();
    void theSearchIsCaseBlindAndTakesWordsInAnyOrder();
    void theNextCodeIsOfferedInTheLastFiveSeconds();
    void aCodeIsThatOfItsKeyAndItsSecond();
    void rowsOfAnotherClockHaveTheirOwnBoundary();
    void aCounterShowsNothingBeforeItsFirstUse();
    void readersHearIssuerAccountAndCode();
    void everyStateOfARowPaints_data();
    void everyStateOfARowPaints();
    void keysReachTheListWhileTheSearchHasTheFocus();
    void aClickOnTheCodeCopies();
    void theTickerRestsWhileNobodyLooks();
    void anErrorIsNeverAnEmptyList();
};

void AccountListTest::favouritesComeFirstThenTheOwnOrder()
{
    AccountListModel model;
    model.setNow(early);
    model.setAccounts(test::setOf({{1, u"a"_s, {}, {}, false},
                                   {2, u"b"_s, {}, {}, true},
                                   {3, u"c"_s, {}, {}, false},
                                   {4, u"d"_s, {}, {}, true}}));
    QCOMPARE(titles(model), QStringList({u"b"_s, u"d"_s, u"a"_s, u"c"_s}));
    QCOMPARE(model.lastFavourite(), 1);
}

void AccountListTest::theBinIsNotShown()
{
    AccountSet set;
    Account binned = test::makeSample({1, u"gone"_s, {}, {}, false});
    binned.deleted = early;
    VERIFY_OK(set.add(std::move(binned)));
    AccountListModel model;
    model.setNow(early);
    model.setAccounts(set);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.hasAccounts());
}

void AccountListTest::theSearchIsCaseBlindAndTakesWordsInAnyOrder()
{
    AccountListModel model;
    model.setNow(early);
    model.setAccounts(test::sampleAccounts());
    model.setFilter(u"ALICE"_s);
    QCOMPARE(titles(model), QStringList({u"Northgate"_s, u"Kestrel Git"_s, u"Corvus Mail"_s}));
    model.setFilter(u"chen corvus"_s);
    QCOMPARE(titles(model), QStringList{u"Corvus Mail"_s});
    model.setFilter(u"nobody"_s);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.hasAccounts());
    model.setFilter({});
    QCOMPARE(model.rowCount(), 8);
}

void AccountListTest::theNextCodeIsOfferedInTheLastFiveSeconds()
{
    AccountListModel model;
    model.setAccounts(test::sampleAccounts());
    model.setNow(early);
    const AccountRow before = model.at(0);
    QCOMPARE(before.secondsLeft, 19);
    QCOMPARE(before.next, QString());
    model.setNow(late);
    const AccountRow after = model.at(0);
    QCOMPARE(after.secondsLeft, 4);
    model.setNow(late + std::chrono::seconds(4));
    QCOMPARE(model.at(0).code, after.next);
}

void AccountListTest::aCodeIsThatOfItsKeyAndItsSecond()
{
    const auto codeNow = [](const AccountListModel &model, std::chrono::sys_seconds now) {
        return model.accountAt(0)->codeAt(now)->text;
    };
    AccountListModel model;
    for (const int key : {1, 2}) { // the second time another key under the same id
        Account account = test::makeSample({key, u"a"_s, {}, {}, false});
        account.id = test::idOf(1);
        AccountSet set;
        VERIFY_OK(set.add(std::move(account)));
        model.setAccounts(set);
        for (const std::chrono::sys_seconds now :
             {early, late, early}) { // clocks are set back, too
            model.setNow(now);
            QCOMPARE(model.at(0).code, codeNow(model, now));
        }
    }
}

void AccountListTest::rowsOfAnotherClockHaveTheirOwnBoundary()
{
    AccountListModel model;
    model.setAccounts(test::setOf({{1, u"a"_s, {}, {}, false}, {2, u"b"_s, {}, {}, false}}));
    model.setNow(early);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    const AccountListModel::Offsets offsets{{test::idOf(2), std::chrono::seconds(-47)}};
    model.setOffsets(offsets);
    model.setOffsets(offsets);
    QCOMPARE(changes.size(), 1);
    int boundaries = 0;
    int left = 0;
    for (int second = 0; second <= 60; ++second) { // one tick for all rows
        const auto now = early + std::chrono::seconds(second);
        model.setNow(now);
        const auto its = now - std::chrono::seconds(47);
        const AccountRow row = model.at(1);
        QCOMPARE(row.code, row.account->codeAt(its)->text);
        QCOMPARE(row.secondsLeft, (row.account->codeAt(its)->until - its).count());
        QCOMPARE(row.next.isEmpty(), row.secondsLeft > 5);
        if (second > 0)
            QCOMPARE(row.secondsLeft, left == 1 ? row.period : left - 1);
        boundaries += row.secondsLeft == row.period ? 1 : 0;
        left = row.secondsLeft;
        QCOMPARE(model.at(0).code, model.at(0).account->codeAt(now)->text);
    }
    QCOMPARE(boundaries, 2);
    model.setOffsets({});
    QCOMPARE(model.at(1).code, model.at(1).account->codeAt(early + std::chrono::minutes(1))->text);
}

void AccountListTest::aCounterShowsNothingBeforeItsFirstUse()
{
    AccountListModel model;
    model.setNow(early);
    model.setAccounts(test::sampleAccounts());
    const int row = model.rowOf(test::idOf(3));
    QVERIFY(model.at(row).isHotp);
    QCOMPARE(model.at(row).code, QString());
    model.showCounterCode(test::idOf(3), 42, u"558102"_s);
    QCOMPARE(model.at(row).code, u"558102"_s);
    QCOMPARE(model.at(row).counter.value(), 42ULL);
}

void AccountListTest::readersHearIssuerAccountAndCode()
{
    AccountListModel model;
    model.setNow(early);
    model.setAccounts(test::sampleAccounts());
    model.showCounterCode(test::idOf(3), 42, u"558102"_s);
    const QModelIndex index = model.index(model.rowOf(test::idOf(3)));
    QCOMPARE(model.data(index, Qt::AccessibleTextRole).toString(),
             u"Acorn Console, root@build-04, 558 102"_s);
}

void AccountListTest::everyStateOfARowPaints_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("isLate");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("rest") << 380 << false << Qt::LeftToRight;
    QTest::newRow("last seconds") << 380 << true << Qt::LeftToRight;
    QTest::newRow("narrow") << 280 << true << Qt::LeftToRight;
    QTest::newRow("wide") << 1'000 << false << Qt::LeftToRight;
    QTest::newRow("mirrored") << 380 << true << Qt::RightToLeft;
    QTest::newRow("mirrored, narrow") << 280 << false << Qt::RightToLeft;
}

void AccountListTest::everyStateOfARowPaints()
{
    QFETCH(int, width);
    QFETCH(bool, isLate);
    QFETCH(Qt::LayoutDirection, direction);
    QGuiApplication::setLayoutDirection(direction);
    AccountListModel model;
    model.setNow(isLate ? late : early);
    model.setAccounts(test::sampleAccounts());
    model.setCopied(test::idOf(4));
    model.setResting(test::idOf(3), true);
    AccountListView view(model);
    view.resize(width, 640);
    view.setCurrentIndex(model.index(0));
    const QImage image = view.grab().toImage();
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QSet<QRgb> colours;
    for (int x = 0; x < image.width(); ++x)
        colours << image.pixel(x, 40);
    QVERIFY2(colours.size() > 8, "the first row is empty");
    // Rows are equally high but for the first, the last favourite and the last.
    QVERIFY(view.visualRect(model.index(1)).top() > view.visualRect(model.index(0)).top());
}

void AccountListTest::keysReachTheListWhileTheSearchHasTheFocus()
{
    test::ManualClock clock{UtcTime(early)};
    AccountListModel model;
    model.setNow(early);
    model.setAccounts(test::sampleAccounts());
    MainWindow window(model, clock);
    window.showAccounts();
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto *search = window.findChild<QLineEdit *>();
    QVERIFY(search->hasFocus());
    QSignalSpy copies(&window, &MainWindow::copyRequested);
    QSignalSpy deletes(&window, &MainWindow::deleteRequested);
    QSignalSpy scans(&window, &MainWindow::scanScreenRequested);

    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(copies.size(), 1);
    QCOMPARE(copies.first().first().value<AccountId>(), test::idOf(2));
    QTest::keyClick(search, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(copies.last().at(1).toBool(), true);
    QTest::keyClick(search, Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(scans.size(), 1);
    QTest::keyClicks(search, u"mail"_s);
    QCOMPARE(titles(model), QStringList{u"Corvus Mail"_s});
    QTest::keyClick(search, Qt::Key_Delete); // belongs to the text
    QCOMPARE(deletes.size(), 0);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(copies.last().first().value<AccountId>(), test::idOf(4));
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(search->text(), QString());
    QTest::keyClick(search, Qt::Key_Delete);
    QCOMPARE(deletes.size(), 1);
}

void AccountListTest::aClickOnTheCodeCopies()
{
    AccountListModel model;
    model.setNow(early);
    model.setAccounts(test::sampleAccounts());
    model.showCounterCode(test::idOf(3), 42, u"558102"_s);
    AccountListView view(model);
    view.resize(380, 640);
    view.show();
    QSignalSpy copies(&view, &AccountListView::copyRequested);
    QSignalSpy nexts(&view, &AccountListView::nextRequested);
    const RowDelegate delegate(model);
    const auto layoutOf = [&](int row) {
        return delegate.layoutOf(view.visualRect(model.index(row)), row, true);
    };
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, layoutOf(1).code.center());
    QCOMPARE(copies.size(), 1);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, layoutOf(0).issuer.center());
    QCOMPARE(copies.size(), 1); // elsewhere makes current
    QCOMPARE(view.currentIndex().row(), 0);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, layoutOf(2).next.center());
    QCOMPARE(nexts.size(), 1);
    QCOMPARE(copies.size(), 1);
}

void AccountListTest::theTickerRestsWhileNobodyLooks()
{
    test::ManualClock clock{UtcTime(early)};
    AccountListModel model;
    model.setNow(early);
    model.setAccounts(test::sampleAccounts());
    MainWindow window(model, clock);
    window.showAccounts();
    QVERIFY(!window.ticker().isRunning());
    window.show();
    QVERIFY(window.ticker().isRunning());
    window.hide();
    QVERIFY(!window.ticker().isRunning());
    window.show();
    window.showMinimized();
    QTRY_VERIFY(!window.ticker().isRunning());
}

void AccountListTest::anErrorIsNeverAnEmptyList()
{
    test::ManualClock clock;
    AccountListModel model;
    MainWindow window(model, clock);
    for (const Errc code : {Errc::KeychainLocked, Errc::KeychainMissing, Errc::KeychainDenied,
                            Errc::KeychainStalled, Errc::VaultCorrupt, Errc::VaultMissing}) {
        window.showProblem({code, {}});
        window.show();
        QVERIFY(!window.list().isVisible());
        const auto says = [&window] {
            const QList<QLabel *> labels = window.findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
                return label->isVisible() && label->text().size() > 20;
            });
        };
        QTRY_VERIFY(says());
    }
}

QTEST_MAIN(AccountListTest)
#include "account_list_test.moc"
