#include "tests/core/payload/export_links.h"
#include "tests/support/result_printing.h"
#include "ui/incoming.h"
#include "ui/scan_flow.h"

#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QUrl>

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

constexpr auto keyUri = "otpauth://totp/Northgate:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        "&issuer=Northgate";
constexpr auto loginCode =
    "https://auth.northgate.example/v1/verify/?token=0123456789abcdef0123456789abcdef";

FoundCode codeOf(const char *text, int source = 0)
{
    FoundCode code;
    code.text = std::move(*SecretBytes::copyOf(std::string_view(text)));
    code.source = source;
    return code;
}

ScanReport reportOf(std::initializer_list<const char *> texts)
{
    ScanReport report;
    report.searched = {{u"one"_s, 1920, 1080}};
    for (const char *text : texts)
        report.codes.push_back(codeOf(text));
    return report;
}

/// A flow whose searches answer when the test says so.
struct Scanned
{
    Scanned()
        : flow({.searchScreens =
                    [this](const QList<QRect> &areas, QObject *, Answer<ScanReport> answer) {
                        asked << areas;
                        pending = std::move(answer);
                    },
                .searchPicture = [this](const QByteArray &, QObject *,
                                        Answer<ScanReport> answer) { pending = std::move(answer); },
                .ownWindows = [this] { return own; },
                .hideOwnWindows = [this](bool hidden) { hides << hidden; }},
               Loopback::Refused)
    {
        QObject::connect(&flow, &ScanFlow::usable,
                         [this](const ReadingPtr &reading) { used.push_back(reading); });
        QObject::connect(&flow, &ScanFlow::severalUsable,
                         [this](const std::vector<ReadingPtr> &readings,
                                const std::shared_ptr<const ScanReport> &) { several = readings; });
        QObject::connect(&flow, &ScanFlow::useless,
                         [this](const Explanation &words) { useless << words.headline; });
        QObject::connect(&flow, &ScanFlow::nothingOnScreens,
                         [this](const std::shared_ptr<const ScanReport> &) { ++nothing; });
        QObject::connect(&flow, &ScanFlow::failed,
                         [this](const Error &error) { failures << error.code; });
    }

    void answer(Result<ScanReport> result) { pending(std::move(result)); }

    QList<QList<QRect>> asked;
    Answer<ScanReport> pending;
    QList<QRect> own;
    QList<bool> hides;
    std::vector<ReadingPtr> used;
    std::vector<ReadingPtr> several;
    QStringList useless;
    QList<Errc> failures;
    int nothing = 0;
    ScanFlow flow;
};

} // namespace

class ScanFlowTest : public QObject
{
    Q_OBJECT

private slots:
    void oneKeyUriIsUsedAtOnce();
    void theOneThatIsOursIsUsedAmongOthers();
    void severalAreOffered();
    void theSameCodeTwiceIsOne();
    void codesOfAnExportAreUsedTogether();
    void anExportBesideAnotherCodeIsAChoice();
    void whatIsNotOursIsNamed();
    void ourWindowsAreHiddenOnceIfNothingElseWasFound();
    void withoutOwnWindowsItIsSearchedOnce();
    void aFailureShowsTheWindowsAgain();
    void aPictureWithoutACodeSaysSo();
    void aLoginAddressAsTextIsExplained();
    void plainTextIsNoCode();
    void picturesAreTakenAsEncodedBytes();
    void filesThatCannotBeReadAreNamed();
};

void ScanFlowTest::oneKeyUriIsUsedAtOnce()
{
    Scanned scanned;
    scanned.flow.scanScreens();
    QCOMPARE(scanned.flow.state(), ScanFlow::State::Searching);
    scanned.answer(reportOf({keyUri}));
    QCOMPARE(scanned.used.size(), 1U);
    QVERIFY(std::holds_alternative<KeyUri>(scanned.used.front()->payload));
    QCOMPARE(scanned.used.front()->origin, u"Read from screen 1"_s);
    QCOMPARE(scanned.flow.state(), ScanFlow::State::Idle);
}

void ScanFlowTest::theOneThatIsOursIsUsedAmongOthers()
{
    Scanned scanned;
    scanned.flow.scanScreens();
    scanned.answer(reportOf({"https://www.example.com/", loginCode, "WIFI:S:x;;"}));
    QCOMPARE(scanned.used.size(), 1U);
    QVERIFY(std::holds_alternative<LoginCode>(scanned.used.front()->payload));
    QVERIFY(scanned.useless.isEmpty());
}

void ScanFlowTest::severalAreOffered()
{
    Scanned scanned;
    scanned.flow.scanScreens();
    scanned.answer(reportOf({keyUri, loginCode}));
    QCOMPARE(scanned.used.size(), 0U);
    QCOMPARE(scanned.several.size(), 2U);
}

void ScanFlowTest::theSameCodeTwiceIsOne()
{
    Scanned scanned;
    scanned.flow.scanScreens();
    scanned.answer(reportOf({keyUri, keyUri, keyUri}));
    QCOMPARE(scanned.used.size(), 1U);
}

void ScanFlowTest::codesOfAnExportAreUsedTogether()
{
    Scanned scanned;
    scanned.flow.scanScreens();
    scanned.answer(reportOf({test::partsOfThree[2], "https://www.example.com/",
                             test::partsOfThree[0], test::partsOfThree[2]}));
    QCOMPARE(scanned.used.size(), 1U);
    const Reading &reading = *scanned.used.front();
    QCOMPARE(std::get<MigrationPart>(reading.payload).index, 2);
    QCOMPARE(reading.further.size(), 1U);
    QCOMPARE(reading.further.front().index, 0);
    QVERIFY(scanned.flow.readText(test::partsOfThree[1]));
    QCOMPARE(scanned.used.size(), 2U);
    QVERIFY(scanned.useless.isEmpty());
    QVERIFY(scanned.flow.readText("otpauth-migration://offline?data=CgR"));
    QCOMPARE(scanned.useless, QStringList{ErrorText::of(Errc::MalformedExport).headline});
}

void ScanFlowTest::anExportBesideAnotherCodeIsAChoice()
{
    Scanned scanned;
    scanned.flow.scanScreens();
    scanned.answer(reportOf({keyUri, test::partsOfThree[0], test::partsOfThree[1]}));
    QCOMPARE(scanned.used.size(), 0U);
    QCOMPARE(scanned.several.size(), 2U);
    QVERIFY(std::holds_alternative<KeyUri>(scanned.several[0]->payload));
    QVERIFY(std::holds_alternative<MigrationPart>(scanned.several[1]->payload));
    QCOMPARE(scanned.several[1]->further.size(), 1U);
}

void ScanFlowTest::whatIsNotOursIsNamed()
{
    Scanned scanned;
    scanned.flow.scanScreens();
    scanned.answer(reportOf({"https://www.example.com/path"}));
    QCOMPARE(scanned.useless.size(), 1);
    QVERIFY(scanned.useless.first().contains(u"www.example.com"_s));
    scanned.flow.scanPicture("bytes");
    ScanReport tooLong = reportOf({});
    tooLong.codes.push_back({});
    tooLong.codes.back().tooLong = true;
    scanned.answer(std::move(tooLong));
    QCOMPARE(scanned.useless.size(), 2);
}

void ScanFlowTest::ourWindowsAreHiddenOnceIfNothingElseWasFound()
{
    Scanned scanned;
    scanned.own = {QRect(0, 0, 400, 600)};
    scanned.flow.scanScreens();
    QCOMPARE(scanned.asked, QList<QList<QRect>>{scanned.own});
    scanned.answer(reportOf({}));
    QCOMPARE(scanned.flow.state(), ScanFlow::State::Uncovering);
    QCOMPARE(scanned.hides, QList<bool>{true});
    QTRY_COMPARE(scanned.flow.state(), ScanFlow::State::SearchingUncovered);
    QCOMPARE(scanned.asked.last(), QList<QRect>());
    scanned.answer(reportOf({}));
    QCOMPARE(scanned.hides, QList<bool>({true, false}));
    QCOMPARE(scanned.nothing, 1);
    QCOMPARE(scanned.asked.size(), 2);
}

void ScanFlowTest::withoutOwnWindowsItIsSearchedOnce()
{
    Scanned scanned;
    scanned.flow.scanScreens();
    scanned.answer(reportOf({}));
    QCOMPARE(scanned.nothing, 1);
    QVERIFY(scanned.hides.isEmpty());
}

void ScanFlowTest::aFailureShowsTheWindowsAgain()
{
    Scanned scanned;
    scanned.own = {QRect(0, 0, 400, 600)};
    scanned.flow.scanScreens();
    scanned.answer(reportOf({}));
    QTRY_COMPARE(scanned.flow.state(), ScanFlow::State::SearchingUncovered);
    scanned.answer(failure(Errc::HelperTimedOut));
    QCOMPARE(scanned.hides, QList<bool>({true, false}));
    QCOMPARE(scanned.failures, QList{Errc::HelperTimedOut});
}

void ScanFlowTest::aPictureWithoutACodeSaysSo()
{
    Scanned scanned;
    scanned.flow.scanPicture("bytes");
    scanned.answer(reportOf({}));
    QCOMPARE(scanned.failures, QList{Errc::NoCodeFound});
}

void ScanFlowTest::aLoginAddressAsTextIsExplained()
{
    Scanned scanned;
    QVERIFY(scanned.flow.readText(loginCode));
    QCOMPARE(scanned.used.size(), 0U);
    QCOMPARE(scanned.useless.size(), 1);
    QVERIFY(scanned.flow.readText(keyUri));
    QCOMPARE(scanned.used.size(), 1U);
}

void ScanFlowTest::plainTextIsNoCode()
{
    Scanned scanned;
    QVERIFY(!scanned.flow.readText("northgate"));
    QVERIFY(scanned.useless.isEmpty());
}

void ScanFlowTest::picturesAreTakenAsEncodedBytes()
{
    QMimeData data;
    data.setData(u"image/png"_s, "not decoded here");
    data.setText(u"some text"_s);
    const auto incoming = readIncoming(data);
    VERIFY_OK(incoming);
    QCOMPARE(incoming->picture, QByteArray("not decoded here"));
    QMimeData text;
    text.setText(u"  otpauth://totp/x  "_s);
    QCOMPARE(readIncoming(text)->text, QByteArray("otpauth://totp/x"));
    QMimeData nothing;
    VERIFY_FAILS(readIncoming(nothing), Errc::PictureUnreadable);
}

void ScanFlowTest::filesThatCannotBeReadAreNamed()
{
    VERIFY_FAILS(readPictureFile(u"/nowhere/at/all.png"_s), Errc::FileUnreadable);
    QTemporaryFile file;
    QVERIFY(file.open());
    VERIFY_FAILS(readPictureFile(file.fileName()), Errc::PictureUnreadable); // empty
    QVERIFY(file.resize(largestPicture + 1));
    VERIFY_FAILS(readPictureFile(file.fileName()), Errc::PictureTooLarge);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName())});
    VERIFY_FAILS(readIncoming(data), Errc::PictureTooLarge);
}

QTEST_MAIN(ScanFlowTest)
#include "scan_flow_test.moc"
