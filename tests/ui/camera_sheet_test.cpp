// The camera's sheet, with a camera that does what the test says.

#include "tests/ui/lock_fixture.h"
#include "tests/ui/scripted_camera.h"
#include "ui/bind_sheet.h"
#include "ui/button.h"
#include "ui/camera_sheet.h"
#include "ui/camera_view.h"
#include "ui/header_button.h"
#include "ui/scan_result_sheet.h"
#include "ui/setting_rows.h"
#include "ui/text.h"
#include "ui/tokens.h"

#include <QElapsedTimer>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace hufu;
using namespace Qt::StringLiterals;
using test::CameraLog;
using test::codeAt;
using test::frameWith;
using test::LockedDesk;
using test::ScriptedCamera;

namespace {

constexpr auto keyUri = "otpauth://totp/Northgate:bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        "&issuer=Northgate";
constexpr auto otherUri = "otpauth://totp/Corvus:carol?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJR"
                          "&issuer=Corvus";
constexpr auto loginCode =
    "https://auth.northgate.example/v1/verify/?token=0123456789abcdef0123456789abcdef";
const QRect place(100, 80, 120, 120); // of a code on a frame of 640 x 360

/// A sheet with its scripted camera.
struct Shown
{
    explicit Shown(const CameraSettings &settings = {})
    {
        sheet = std::make_unique<CameraSheet>(
            CameraSheet::Seams{
                .makeSource = [this] { return std::make_unique<ScriptedCamera>(log); },
                .sort =
                    [this](const ScanReport &report) {
                        return flow.sort(report, LoginChannel::Camera);
                    }},
            settings);
        QObject::connect(sheet.get(), &CameraSheet::found,
                         [this](const std::vector<ReadingPtr> &codes,
                                const std::shared_ptr<const ScanReport> &report) {
                             ++handedOver;
                             readings = codes;
                             seen = report;
                             aliveWhenHandedOver = log->alive;
                         });
        QObject::connect(sheet.get(), &CameraSheet::settingsChanged,
                         [this](const CameraSettings &changed) { kept = changed; });
        sheet->show();
        if (!QTest::qWaitForWindowExposed(sheet.get()))
            qFatal("The sheet is not shown.");
    }

    [[nodiscard]] CameraView *view() const { return sheet->findChild<CameraView *>(); }
    [[nodiscard]] PickBox *box() const { return sheet->findChild<PickBox *>(); }
    [[nodiscard]] QString said() const { return view()->accessibleDescription(); }

    /// The words of the notice that stands in the place of the picture.
    [[nodiscard]] QStringList notice() const
    {
        QStringList words;
        for (const Text *text : sheet->findChildren<Text *>()) {
            if (text->isVisible() && !text->text().startsWith(u"Pictures stay"_s))
                words << text->text();
        }
        return words;
    }

    /// A visible button with these words; null if there is none.
    [[nodiscard]] Button *button(const QString &words) const
    {
        for (Button *button : sheet->findChildren<Button *>()) {
            if (button->text() == words && button->isVisible())
                return button;
        }
        return nullptr;
    }

    /// The segment with this name.
    [[nodiscard]] QAbstractButton *segment(const QString &name) const
    {
        for (auto *button : sheet->findChildren<QAbstractButton *>()) {
            if (button->accessibleName() == name)
                return button;
        }
        return nullptr;
    }

    std::shared_ptr<CameraLog> log = std::make_shared<CameraLog>();
    ScanFlow flow{{}, Loopback::Refused};
    std::unique_ptr<CameraSheet> sheet;
    std::vector<ReadingPtr> readings;
    std::shared_ptr<const ScanReport> seen;
    std::optional<CameraSettings> kept;
    int handedOver = 0;
    int aliveWhenHandedOver = -1;
};

} // namespace

class CameraSheetTest : public QObject
{
    Q_OBJECT

private slots:
    void everyStateHasItsSentenceAndWaysOn_data();
    void everyStateHasItsSentenceAndWaysOn();
    void thePictureComesBackWhenTheCameraDoes();
    void withoutAFactoryThereIsNoCamera();
    void theBestCameraIsOpenedFirst();
    void theLastChoiceIsOpenedAgain_data();
    void theLastChoiceIsOpenedAgain();
    void aChoiceIsKept();
    void theListFollowsWhatIsPluggedIn();
    void anUnpluggedCameraIsOpenedWhenItIsBack();
    void unpluggingTheOnlyCameraIsNotHavingNone();
    void aFoundCodeIsHeldOutlinedThenHandedOver();
    void theCameraMayGoWhileACodeIsHeld();
    void severalCodesAreHandedOverAsTheyWereSeen();
    void aCodeThatIsNotOursIsExplainedWhileScanningGoesOn();
    void pictureAndOutlineAreMirrored();
    void theMirrorCanBeSwitched();
    void framesDoNotQueue();
    void aFrameThatIsTooShortIsNotShown();
    void anyWayOfClosingEndsTheCamera_data();
    void anyWayOfClosingEndsTheCamera();
    void aFailureOffersAnotherTry();
    void aLockClosesTheSheetAndTheCamera();
    void theDeskGoesOnWithWhatTheCameraFound();
    void theDeskLetsPickOneOfSeveral();
    void theDeskRemembersTheCamera();
    void anotherSourceEndsTheCamera();
};

void CameraSheetTest::everyStateHasItsSentenceAndWaysOn_data()
{
    QTest::addColumn<CameraState>("state");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<bool>("mayTryAgain");
    const auto headline = [](Errc code) { return ErrorText::of(code).headline; };
    QTest::newRow("no frames") << CameraState::NoFrames << u"The camera shows nothing."_s << false;
    QTest::newRow("gone") << CameraState::Gone << headline(Errc::CameraGone) << false;
    QTest::newRow("busy") << CameraState::Busy << headline(Errc::CameraBusy) << true;
    QTest::newRow("refused") << CameraState::Refused << headline(Errc::CameraRefused) << true;
}

void CameraSheetTest::everyStateHasItsSentenceAndWaysOn()
{
    QFETCH(const CameraState, state);
    QFETCH(const QString, headline);
    QFETCH(const bool, mayTryAgain);
    Shown shown;
    QCOMPARE(shown.log->starts, 1);
    QVERIFY(shown.said().startsWith(u"Starting"_s));
    shown.log->newest->goLive();
    QVERIFY(shown.view()->isVisible());
    QVERIFY(!shown.said().startsWith(u"Starting"_s));

    emit shown.log->newest->stateChanged(state);
    QVERIFY(!shown.view()->isVisible());
    QVERIFY2(shown.notice().contains(headline), qPrintable(shown.notice().join(u'|')));
    QVERIFY(shown.button(u"Scan the screen"_s) != nullptr);
    QVERIFY(shown.button(u"Open a picture"_s) != nullptr);
    QCOMPARE(shown.button(u"Try again"_s) != nullptr, mayTryAgain);
    QCOMPARE(shown.log->alive, 1);
    if (mayTryAgain) {
        shown.button(u"Try again"_s)->click();
        QCOMPARE(shown.log->opened, QStringList({u"usb-1"_s, u"usb-1"_s}));
        QVERIFY(shown.view()->isVisible());
    }
}

void CameraSheetTest::thePictureComesBackWhenTheCameraDoes()
{
    Shown shown;
    shown.log->newest->goLive();
    const int welcomes = shown.log->welcomes;
    emit shown.log->newest->frame(test::plainFrame(640, 360, '\x40')); // never painted
    emit shown.log->newest->stateChanged(CameraState::NoFrames);
    QVERIFY(!shown.view()->isVisible());
    emit shown.log->newest->stateChanged(CameraState::Live);
    QVERIFY(shown.view()->isVisible());
    QCOMPARE(shown.log->welcomes, welcomes + 1);
    QVERIFY(shown.notice().isEmpty());
}

void CameraSheetTest::withoutAFactoryThereIsNoCamera()
{
    CameraSheet sheet({.makeSource = {}, .sort = {}}, {});
    sheet.show();
    const auto words = sheet.findChildren<Text *>();
    QVERIFY(std::any_of(words.begin(), words.end(), [](const Text *text) {
        return text->isVisible() && text->text() == ErrorText::of(Errc::CameraMissing).headline;
    }));
}

void CameraSheetTest::theBestCameraIsOpenedFirst()
{
    Shown shown;
    emit shown.log->newest->devicesChanged({});
    QVERIFY(shown.notice().contains(ErrorText::of(Errc::CameraMissing).headline));
    QVERIFY(!shown.box()->isVisible());
    shown.log->newest->goLive();
    QCOMPARE(shown.log->opened, QStringList{u"usb-1"_s});
    QVERIFY(shown.log->previewWidth >= 1 && shown.log->previewWidth <= 640);
    QVERIFY(shown.log->welcomes >= 1);
    QVERIFY(shown.box()->isVisible());
    QCOMPARE(shown.box()->text(), u"Integrated Camera"_s);
    QVERIFY(!shown.kept); // nobody chose it
}

void CameraSheetTest::theLastChoiceIsOpenedAgain_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("opened");
    QTest::newRow("same id") << u"usb-2"_s << u"Another name"_s << u"usb-2"_s;
    QTest::newRow("at another place") << u"usb-7"_s << u"Desk Camera"_s << u"usb-2"_s;
    QTest::newRow("not here today") << u"usb-7"_s << u"Phone"_s << u"usb-1"_s;
}

void CameraSheetTest::theLastChoiceIsOpenedAgain()
{
    QFETCH(const QString, id);
    QFETCH(const QString, name);
    QFETCH(const QString, opened);
    Shown shown({.id = id, .name = name});
    shown.log->newest->goLive();
    QCOMPARE(shown.log->opened, QStringList{opened});
}

void CameraSheetTest::aChoiceIsKept()
{
    Shown shown;
    shown.log->newest->goLive();
    QTest::keyClick(shown.box(), Qt::Key_Down);
    QCOMPARE(shown.log->opened, QStringList({u"usb-1"_s, u"usb-2"_s}));
    QVERIFY(shown.kept.has_value());
    QCOMPARE(shown.kept->id, u"usb-2"_s);
    QCOMPARE(shown.kept->name, u"Desk Camera"_s);

    const QTemporaryDir folder;
    const QString file = folder.filePath(u"settings.ini"_s);
    shown.kept->write(file);
    QVERIFY(CameraSettings::read(file) == *shown.kept);
}

void CameraSheetTest::theListFollowsWhatIsPluggedIn()
{
    Shown shown;
    shown.log->newest->goLive();
    shown.box()->click();
    const auto *menu = shown.box()->findChild<QMenu *>();
    QVERIFY(menu != nullptr);
    QCOMPARE(menu->actions().size(), 2);
    emit shown.log->newest->devicesChanged({{u"usb-1"_s, u"Integrated Camera"_s},
                                            {u"usb-2"_s, u"Desk Camera"_s},
                                            {u"usb-3"_s, u"Desk Camera"_s}});
    QVERIFY(menu->isVisible());
    QCOMPARE(menu->actions().size(), 3);
    QCOMPARE(menu->actions().at(2)->text(), u"Desk Camera (2)"_s);
    QVERIFY(menu->actions().at(0)->isChecked());
    QVERIFY(shown.sheet->isVisible());
    QCOMPARE(shown.log->opened, QStringList{u"usb-1"_s});
    menu->actions().at(2)->trigger();
    QCOMPARE(shown.log->opened, QStringList({u"usb-1"_s, u"usb-3"_s}));
}

void CameraSheetTest::anUnpluggedCameraIsOpenedWhenItIsBack()
{
    Shown shown;
    shown.log->newest->goLive();
    emit shown.log->newest->devicesChanged({{u"usb-2"_s, u"Desk Camera"_s}});
    QVERIFY(shown.notice().contains(ErrorText::of(Errc::CameraGone).headline));
    QCOMPARE(shown.box()->text(), u"Choose a camera"_s);
    QCOMPARE(shown.log->opened, QStringList{u"usb-1"_s}); // another one is a person's choice
    emit shown.log->newest->devicesChanged(
        {{u"usb-9"_s, u"Integrated Camera"_s}, {u"usb-2"_s, u"Desk Camera"_s}});
    QCOMPARE(shown.log->opened, QStringList({u"usb-1"_s, u"usb-9"_s}));
    QVERIFY(shown.view()->isVisible());
    QCOMPARE(shown.box()->text(), u"Integrated Camera"_s);
}

void CameraSheetTest::unpluggingTheOnlyCameraIsNotHavingNone()
{
    Shown shown;
    shown.log->newest->goLive();
    emit shown.log->newest->stateChanged(CameraState::Gone);
    emit shown.log->newest->devicesChanged({});
    emit shown.log->newest->stateChanged(CameraState::None);
    QVERIFY(shown.notice().contains(ErrorText::of(Errc::CameraGone).headline));
    QVERIFY(!shown.box()->isVisible());
}

void CameraSheetTest::aFoundCodeIsHeldOutlinedThenHandedOver()
{
    Shown shown;
    shown.log->newest->goLive();
    emit shown.log->newest->frame(test::plainFrame(640, 360, '\x40'));
    QElapsedTimer held;
    held.start();
    emit shown.log->newest->found(frameWith(codeAt(keyUri, place)));
    QCOMPARE(shown.said(), u"Reading the code…"_s);
    QCOMPARE(shown.handedOver, 0);
    QVERIFY(shown.sheet->isVisible());
    emit shown.log->newest->found(frameWith(codeAt(keyUri, place.translated(2, 0))));
    QTRY_COMPARE(shown.handedOver, 1);
    QVERIFY(held.elapsed() >= CameraSheet::holdTime.count() * 9 / 10);
    QCOMPARE(shown.readings.size(), 1U);
    QVERIFY(std::holds_alternative<KeyUri>(shown.readings.front()->payload));
    QCOMPARE(shown.readings.front()->channel, LoginChannel::Camera);
    QCOMPARE(shown.readings.front()->origin, u"Read by the camera"_s);
    QVERIFY(!shown.sheet->isVisible());
    QCOMPARE(shown.aliveWhenHandedOver, 0);
}

void CameraSheetTest::theCameraMayGoWhileACodeIsHeld()
{
    Shown shown;
    shown.log->newest->goLive();
    emit shown.log->newest->found(frameWith(codeAt(keyUri, place)));
    emit shown.log->newest->stateChanged(CameraState::Gone);
    QVERIFY(shown.notice().contains(ErrorText::of(Errc::CameraGone).headline));
    QTest::qWait(static_cast<int>(2 * CameraSheet::holdTime.count()));
    QCOMPARE(shown.handedOver, 0);
    QVERIFY(shown.sheet->isVisible());
}

void CameraSheetTest::severalCodesAreHandedOverAsTheyWereSeen()
{
    Shown shown;
    shown.log->newest->goLive();
    auto frame = test::plainFrame(640, 360, '\x40');
    frame->rgb[0] = '\x7f'; // the top left pixel; a mirror shows it at the right
    emit shown.log->newest->frame(frame);
    // The first frame shows only one of them clearly.
    emit shown.log->newest->found(frameWith(codeAt(keyUri, place)));
    emit shown.log->newest->found(
        frameWith(codeAt(keyUri, place), codeAt(otherUri, place.translated(300, 0))));
    emit shown.log->newest->found(frameWith(codeAt(otherUri, place.translated(300, 0))));
    QTRY_COMPARE(shown.handedOver, 1);
    QCOMPARE(shown.readings.size(), 2U);
    QCOMPARE(shown.seen->searched.size(), 1U);
    QCOMPARE(shown.seen->searched.front().name, u"Integrated Camera"_s);
    QVERIFY(shown.seen->codes.empty());
    QCOMPARE(shown.seen->previews.front().rgb.at(0), '\x40');
    QCOMPARE(shown.seen->previews.front().rgb.at(3 * 639), '\x7f');
    QCOMPARE(shown.readings.front()->outline.front(), QPoint(640 - place.x(), place.y()));
}

void CameraSheetTest::aCodeThatIsNotOursIsExplainedWhileScanningGoesOn()
{
    Shown shown;
    const QSignalSpy announced(shown.view(), &CameraView::announced);
    shown.log->newest->goLive();
    emit shown.log->newest->frame(test::plainFrame(640, 360, '\x40'));
    for (int i = 0; i < 20; ++i)
        emit shown.log->newest->found(frameWith(codeAt("https://www.example.com/path", place)));
    QVERIFY2(shown.said().contains(u"www.example.com"_s), qPrintable(shown.said()));
    QCOMPARE(announced.count(), 1);
    emit shown.log->newest->found(frameWith(codeAt("WIFI:S:guests;;", place)));
    QVERIFY(!shown.said().contains(u"www.example.com"_s));
    QCOMPARE(announced.count(), 2);
    QVERIFY(shown.sheet->isVisible());
    QCOMPARE(shown.log->alive, 1);
    QCOMPARE(shown.handedOver, 0);
    emit shown.log->newest->found(
        frameWith(codeAt("WIFI:S:guests;;", place), codeAt(loginCode, place.translated(300, 0))));
    QTRY_COMPARE(shown.handedOver, 1);
    QCOMPARE(shown.readings.size(), 1U);
}

void CameraSheetTest::pictureAndOutlineAreMirrored()
{
    // The left half of the frame is dark, with a code; the right half is bright.
    auto frame = test::plainFrame(640, 360, '\x20');
    for (int y = 0; y < 360; ++y)
        std::fill_n(frame->rgb.begin() + 3 * (640 * y + 320), 3 * 320, '\x70');
    for (const bool isMirrored : {true, false}) {
        Shown shown({.id = {}, .name = {}, .isMirrored = isMirrored});
        shown.log->newest->goLive();
        emit shown.log->newest->frame(frame);
        emit shown.log->newest->found(frameWith(codeAt("https://www.example.com/", place)));
        emit shown.log->newest->found(frameWith(codeAt(keyUri, place)));
        CameraView *view = shown.view();
        const QImage picture = view->grab().toImage();
        const auto lightnessAt = [&](double x) {
            return picture.pixelColor(qRound(x * picture.width()), picture.height() / 12)
                .lightness();
        };
        QVERIFY((lightnessAt(.25) > lightnessAt(.75)) == isMirrored);
        const QPointF middle = view->placeOf(QRectF(place).center());
        QCOMPARE(middle.x() > view->width() / 2.0, isMirrored);
        // The accent's brackets stand around the code as it is shown, and nowhere else.
        const QColor accent = Tokens::current().accent;
        QRect found;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if (picture.pixelColor(x, y) == accent)
                    found |= QRect(x, y, 1, 1);
            }
        }
        const double scale = view->width() / 640.0;
        QVERIFY(qAbs(found.center().x() - middle.x()) <= 3);
        QVERIFY(qAbs(found.center().y() - middle.y()) <= 3);
        QVERIFY(found.width() >= place.width() * scale);
        QVERIFY(found.width() <= place.width() * scale * 1.3);
    }
}

void CameraSheetTest::theMirrorCanBeSwitched()
{
    Shown shown;
    shown.log->newest->goLive();
    emit shown.log->newest->frame(test::plainFrame(640, 360, '\x40'));
    const QPointF before = shown.view()->placeOf({0, 0});
    auto *mirror = shown.sheet->findChild<HeaderButton *>();
    QVERIFY(mirror->isChecked());
    mirror->click();
    const QPointF after = shown.view()->placeOf({0, 0});
    QVERIFY(before.x() > after.x());
    QVERIFY(shown.kept && !shown.kept->isMirrored);
}

void CameraSheetTest::framesDoNotQueue()
{
    Shown shown;
    shown.log->newest->goLive();
    QTRY_VERIFY(shown.log->welcomes > 0);
    const int before = shown.log->welcomes;
    std::weak_ptr<const SourcePreview> first;
    for (int i = 0; i < 500; ++i) {
        const auto frame = test::plainFrame(640, 360, static_cast<char>(i % 100));
        if (i == 0)
            first = frame;
        emit shown.log->newest->frame(frame);
    }
    QVERIFY(first.expired()); // only the newest is kept
    QCOMPARE(shown.log->welcomes, before);
    QTRY_COMPARE(shown.log->welcomes, before + 1);
    shown.view()->repaint(); // the same frame again asks for no other
    QCoreApplication::processEvents();
    QCOMPARE(shown.log->welcomes, before + 1);
}

void CameraSheetTest::aFrameThatIsTooShortIsNotShown()
{
    Shown shown;
    shown.log->newest->goLive();
    auto frame = test::plainFrame(640, 360, '\x40');
    frame->rgb.chop(1);
    emit shown.log->newest->frame(frame);
    QVERIFY(!shown.view()->frame());
    emit shown.log->newest->frame(std::make_shared<SourcePreview>(SourcePreview{0, -1, -1, {}}));
    QVERIFY(!shown.view()->frame());
    shown.view()->repaint();
}

void CameraSheetTest::anyWayOfClosingEndsTheCamera_data()
{
    QTest::addColumn<std::function<void(Shown &)>>("close");
    using Close = std::function<void(Shown &)>;
    QTest::newRow("Escape") << Close(
        [](Shown &shown) { QTest::keyClick(shown.sheet.get(), Qt::Key_Escape); });
    QTest::newRow("Cancel") << Close([](Shown &shown) { shown.button(u"Cancel"_s)->click(); });
    QTest::newRow("the window's cross") << Close([](Shown &shown) { shown.sheet->close(); });
    QTest::newRow("the screen instead")
        << Close([](Shown &shown) { shown.segment(u"Scan the screen"_s)->click(); });
    QTest::newRow("Ctrl+O") << Close(
        [](Shown &shown) { QTest::keyClick(shown.sheet.get(), Qt::Key_O, Qt::ControlModifier); });
    QTest::newRow("Ctrl+V") << Close(
        [](Shown &shown) { QTest::keyClick(shown.sheet.get(), Qt::Key_V, Qt::ControlModifier); });
    QTest::newRow("destroyed") << Close([](Shown &shown) { shown.sheet.reset(); });
}

void CameraSheetTest::anyWayOfClosingEndsTheCamera()
{
    using Close = std::function<void(Shown &)>;
    QFETCH(const Close, close);
    Shown shown;
    shown.log->newest->goLive();
    emit shown.log->newest->frame(test::plainFrame(640, 360, '\x40'));
    emit shown.log->newest->found(frameWith(codeAt(keyUri, place))); // and nothing comes of it
    QCOMPARE(shown.log->alive, 1);
    close(shown);
    QCOMPARE(shown.log->alive, 0);
    QVERIFY(!shown.sheet || !shown.sheet->isVisible());
    QTest::qWait(static_cast<int>(CameraSheet::holdTime.count()) + 100);
    QCOMPARE(shown.handedOver, 0);
}

void CameraSheetTest::aFailureOffersAnotherTry()
{
    Shown shown;
    shown.log->newest->goLive();
    emit shown.log->newest->failed(Error{Errc::HelperFailed, {}});
    QVERIFY(shown.notice().contains(ErrorText::of(Errc::HelperFailed).headline));
    QVERIFY(!shown.box()->isVisible());
    emit shown.log->newest->stateChanged(CameraState::Live); // it is over: nothing of it counts
    QVERIFY(!shown.view()->isVisible());
    QVERIFY(shown.button(u"Scan the screen"_s) != nullptr);
    shown.button(u"Try again"_s)->click();
    QCOMPARE(shown.log->made, 2);
    QCOMPARE(shown.log->alive, 1);
    QVERIFY(shown.view()->isVisible());
    shown.log->newest->goLive();
    QVERIFY(shown.box()->isVisible());
}

namespace {

/// A desk whose camera is scripted, with its camera sheet open and live.
struct DeskWithCamera
{
    explicit DeskWithCamera(bool hasPassword = false)
        : desk({}, hasPassword)
    {
        desk.openCameras = [this] { return std::make_unique<ScriptedCamera>(log); };
    }

    void openSheet()
    {
        QTRY_VERIFY(desk.showsList());
        QTest::keyClick(desk.window, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(LockedDesk::sheet<CameraSheet>() != nullptr);
        log->newest->goLive();
    }

    std::shared_ptr<CameraLog> log = std::make_shared<CameraLog>();
    LockedDesk desk;
};

} // namespace

void CameraSheetTest::aLockClosesTheSheetAndTheCamera()
{
    DeskWithCamera shown(true);
    shown.openSheet();
    emit shown.log->newest->found(frameWith(codeAt(keyUri, place)));
    QCOMPARE(shown.log->alive, 1);
    QTest::keyClick(shown.desk.window, Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(shown.log->alive, 0);
    QVERIFY(LockedDesk::sheet<CameraSheet>() == nullptr);
    QTRY_VERIFY(shown.desk.isLocked());
    QTest::keyClick(shown.desk.window, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::qWait(static_cast<int>(CameraSheet::holdTime.count()) + 100);
    QVERIFY(LockedDesk::sheet<Sheet>() == nullptr);
    QCOMPARE(shown.log->made, 1);
}

void CameraSheetTest::theDeskGoesOnWithWhatTheCameraFound()
{
    DeskWithCamera shown;
    shown.openSheet();
    emit shown.log->newest->found(frameWith(codeAt(keyUri, place)));
    QTRY_VERIFY(LockedDesk::sheet<BindSheet>() != nullptr);
    QCOMPARE(shown.log->alive, 0);
    LockedDesk::sheet<BindSheet>()->reject();

    shown.openSheet();
    emit shown.log->newest->found(frameWith(codeAt(loginCode, place)));
    QTRY_COMPARE(shown.desk.begun, 1);
    QCOMPARE(shown.desk.channel, LoginChannel::Camera);
    QCOMPARE(shown.log->alive, 0);
}

void CameraSheetTest::theDeskLetsPickOneOfSeveral()
{
    DeskWithCamera shown;
    shown.openSheet();
    emit shown.log->newest->frame(test::plainFrame(640, 360, '\x40'));
    emit shown.log->newest->found(
        frameWith(codeAt(keyUri, place), codeAt(otherUri, place.translated(300, 0))));
    QTRY_VERIFY(LockedDesk::sheet<ScanResultSheet>() != nullptr);
    QCOMPARE(shown.log->alive, 0);
    QTest::keyClick(LockedDesk::sheet<ScanResultSheet>(), Qt::Key_2);
    QTRY_VERIFY(LockedDesk::sheet<BindSheet>() != nullptr);
    QCOMPARE(LockedDesk::sheet<BindSheet>()->uri().account, u"carol"_s);
}

void CameraSheetTest::theDeskRemembersTheCamera()
{
    DeskWithCamera shown;
    shown.openSheet();
    QTest::keyClick(LockedDesk::sheet<CameraSheet>()->findChild<PickBox *>(), Qt::Key_Down);
    LockedDesk::sheet<CameraSheet>()->reject();
    shown.openSheet();
    QCOMPARE(shown.log->opened, QStringList({u"usb-1"_s, u"usb-2"_s, u"usb-2"_s}));
    QCOMPARE(shown.log->alive, 1);
}

void CameraSheetTest::anotherSourceEndsTheCamera()
{
    DeskWithCamera shown;
    shown.openSheet();
    QMimeData text;
    text.setText(QString::fromLatin1(keyUri));
    emit shown.desk.window->dropped(&text);
    QTRY_VERIFY(LockedDesk::sheet<BindSheet>() != nullptr);
    QCOMPARE(shown.log->alive, 0);
    LockedDesk::sheet<BindSheet>()->reject();

    shown.openSheet();
    QTest::keyClick(shown.desk.window, Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(shown.log->alive, 0);
    QVERIFY(LockedDesk::sheet<CameraSheet>() == nullptr);
}

QTEST_MAIN(CameraSheetTest)
#include "camera_sheet_test.moc"
