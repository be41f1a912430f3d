// Links from strangers, pasted and dropped by the thousand (security.md 7): none is stored unless a
// person says so, and none ends the program.

#include "tests/ui/link_grammar.h"
#include "tests/ui/lock_fixture.h"
#include "ui/bind_sheet.h"
#include "ui/notice_sheet.h"
#include "ui/scan_flow.h"

#include <QClipboard>
#include <QDropEvent>
#include <QMimeData>

using namespace hufu;
using test::LinkGrammar;
using test::LockedDesk;

namespace {

#if defined(HUFU_SANITIZED)
constexpr int linksInWindow = 100;
#else
constexpr int linksInWindow = 600;
#endif
constexpr int linksRead = 5'000;

/// tests/nightly/fuzzed_links tries more of them.
int linksToTry()
{
    const int wanted = qEnvironmentVariableIntValue("HUFU_TEST_ROUNDS");
    return wanted > 0 ? wanted : linksInWindow;
}

} // namespace

class FuzzedLinksTest : public QObject
{
    Q_OBJECT

private slots:
    void eachBecomesAReviewOrASentence();
    void noneIsStoredWithoutAClick();
};

void FuzzedLinksTest::eachBecomesAReviewOrASentence()
{
    ScanFlow flow({}, Loopback::Refused); // nothing but reading
    int reviews = 0;
    int sentences = 0;
    connect(&flow, &ScanFlow::usable, this, [&](const ReadingPtr &reading) {
        QVERIFY(!std::holds_alternative<LoginCode>(reading->payload)); // those come from pictures
        ++reviews;
    });
    connect(&flow, &ScanFlow::useless, this, [&](const Explanation &words) {
        QVERIFY(!words.headline.isEmpty());
        ++sentences;
    });
    connect(&flow, &ScanFlow::failed, this, [&](const Error &) { ++sentences; });
    LinkGrammar grammar(20'261'122);
    int others = 0;
    for (int i = 0; i < linksRead; ++i) {
        const QByteArray link = grammar.next();
        const int before = reviews + sentences;
        const bool isOurs =
            flow.readText({link.constData(), static_cast<std::size_t>(link.size())});
        if (!isOurs)
            ++others;
        QCOMPARE(reviews + sentences - before, isOurs ? 1 : 0);
    }
    qInfo("%d reviews, %d sentences, %d are no links of ours", reviews, sentences, others);
    QVERIFY(reviews > linksRead / 50);
    QVERIFY(sentences > linksRead / 10);
}

void FuzzedLinksTest::noneIsStoredWithoutAClick()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    const auto writes = desk.vault->accounts().all().size();
    LinkGrammar grammar(7);
    const int links = linksToTry();
    int reviews = 0;
    for (int i = 0; i < links; ++i) {
        auto data = std::make_unique<QMimeData>();
        data->setData(QStringLiteral("text/plain"), grammar.next());
        if (i % 2 == 0) {
            QDragEnterEvent enter({50, 50}, Qt::CopyAction, data.get(), Qt::LeftButton,
                                  Qt::NoModifier);
            QApplication::sendEvent(desk.window, &enter);
            QDropEvent dropped({50, 50}, Qt::CopyAction, data.get(), Qt::LeftButton,
                               Qt::NoModifier);
            QApplication::sendEvent(desk.window, &dropped);
        } else {
            QApplication::clipboard()->setMimeData(data.release());
            QTest::keyClick(desk.window, Qt::Key_V, Qt::ControlModifier);
        }
        if (LockedDesk::sheet<BindSheet>())
            ++reviews;
        QCOMPARE(desk.vault->accounts().all().size(), writes);
        // The person goes away from it; a sheet has no way to store but its button.
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *dialog = qobject_cast<QDialog *>(top))
                dialog->reject();
        }
        QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QVERIFY(reviews > links / 50);
    QCOMPARE(desk.vault->accounts().all().size(), writes);
    QCOMPARE(desk.begun, 0);
}

QTEST_MAIN(FuzzedLinksTest)
#include "fuzzed_links_test.moc"
