#include "core/scan/camera_list.h"
#include "core/scan/messages.h"
#include "tests/support/result_printing.h"

using namespace hufu;

namespace {

using Phase = CameraList::Phase;

ListedCamera camera(const char *id, const char *name, const char *formats = "1280x720")
{
    return {id, QString::fromUtf8(name), formats};
}

QStringList names(const CameraList &list)
{
    QStringList names;
    for (const CameraDevice &device : list.devices())
        names.append(device.name);
    return names;
}

} // namespace

class CameraListTest : public QObject
{
    Q_OBJECT

private slots:
    void doublesOfTheStartAreOneCamera();
    void aDoubleThatOutlivesItsCameraIsNone();
    void whereNothingIsDoubledACameraGoesAlike();
    void theYoungestEntryIsOpened();
    void anIdIsTheSameAtEachStart();
    void camerasOfOneNameAreToldApartForGood();
    void infraredAndVirtualOnesComeLast();
    void namesFitIntoAMessage();
    void aListWithoutEndIsCut();
};

void CameraListTest::doublesOfTheStartAreOneCamera()
{
    CameraList list;
    QVERIFY(list.update({camera("0", "a"), camera("1", "b")}, Phase::First));
    QCOMPARE(names(list), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    QVERIFY(!list.update({camera("0", "a"), camera("1", "b"), camera("2", "a"), camera("3", "b")},
                         Phase::Settling));
    QCOMPARE(names(list), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
}

void CameraListTest::aDoubleThatOutlivesItsCameraIsNone()
{
    CameraList list;
    list.update({camera("0", "a")}, Phase::First);
    list.update({camera("0", "a"), camera("1", "a")}, Phase::Settling);
    const QString id = list.devices()[0].id;
    QVERIFY(list.update({camera("1", "a")}, Phase::Settled)); // unplugged
    QVERIFY(list.devices().empty());
    QVERIFY(!list.indexOf(id));
    QVERIFY(list.update({camera("1", "a"), camera("2", "a")}, Phase::Settled)); // and back
    QCOMPARE(list.devices()[0].id, id);
    QCOMPARE(list.indexOf(id), std::size_t{1});
    QVERIFY(list.update({camera("1", "a")}, Phase::Settled));
    QVERIFY(list.devices().empty());
}

void CameraListTest::whereNothingIsDoubledACameraGoesAlike()
{
    CameraList list;
    list.update({camera("usb-1", "a")}, Phase::First);
    QVERIFY(list.update({camera("usb-1", "a"), camera("usb-2", "a")}, Phase::Settled));
    QCOMPARE(list.devices().size(), std::size_t{2});
    QVERIFY(list.update({camera("usb-2", "a")}, Phase::Settled));
    QCOMPARE(names(list), QStringList{QStringLiteral("a (2)")}); // keeps its name
    QVERIFY(list.update({}, Phase::Settled));
    QVERIFY(list.devices().empty());
}

void CameraListTest::theYoungestEntryIsOpened()
{
    CameraList list;
    list.update({camera("0", "a"), camera("1", "b")}, Phase::First);
    const QString a = list.devices()[0].id;
    QCOMPARE(list.indexOf(a), std::size_t{0});
    list.update({camera("0", "a"), camera("1", "b"), camera("2", "a")}, Phase::Settling);
    QCOMPARE(list.indexOf(a), std::size_t{2});
    QVERIFY(!list.indexOf(QStringLiteral("another")));
}

void CameraListTest::anIdIsTheSameAtEachStart()
{
    CameraList one;
    CameraList other;
    one.update({camera("0", "a"), camera("1", "b")}, Phase::First);
    other.update({camera("0", "b"), camera("1", "a")}, Phase::First);
    QCOMPARE(one.devices()[0].id, other.devices()[1].id);
    QCOMPARE(one.devices()[1].id, other.devices()[0].id);
    QVERIFY(one.devices()[0].id != one.devices()[1].id);
}

void CameraListTest::camerasOfOneNameAreToldApartForGood()
{
    CameraList list;
    list.update({camera("0", "a", "1280x720"), camera("1", "a", "640x480")}, Phase::First);
    QCOMPARE(names(list), (QStringList{QStringLiteral("a"), QStringLiteral("a (2)")}));
    list.update({camera("1", "a", "640x480")}, Phase::Settled);
    QCOMPARE(names(list), QStringList{QStringLiteral("a (2)")});
}

void CameraListTest::infraredAndVirtualOnesComeLast()
{
    ListedCamera gray = camera("6", "Rear");
    gray.onlyGray = true;
    CameraList list;
    list.update({camera("0", "OBS Virtual Camera"), camera("1", "Laptop IR Camera"),
                 camera("2", "Dummy video device (0x0000)"), camera("3", "USB Infrared"), gray,
                 camera("4", "Firefly"), camera("5", "Webcam")},
                Phase::First);
    QCOMPARE(names(list),
             (QStringList{QStringLiteral("Firefly"), QStringLiteral("Webcam"),
                          QStringLiteral("Laptop IR Camera"), QStringLiteral("USB Infrared"),
                          QStringLiteral("Rear"), QStringLiteral("OBS Virtual Camera"),
                          QStringLiteral("Dummy video device (0x0000)")}));
}

void CameraListTest::namesFitIntoAMessage()
{
    CameraList list;
    list.update({camera("0", ""), camera("1", "two\nlines\x07\xe2\x80\xae"),
                 ListedCamera{"2", QString(500, QChar(0x76f8)), {}}},
                Phase::First);
    QCOMPARE(names(list).first(), QStringLiteral("Camera"));
    QCOMPARE(names(list)[1], QStringLiteral("two lines"));
    const Result<SecretBytes> message = writeDevices(list.devices());
    VERIFY_OK(message);
    for (const CameraDevice &device : list.devices()) {
        QVERIFY(!device.name.isEmpty());
        QVERIFY(device.name.toUtf8().size() <= static_cast<qsizetype>(longestDeviceText));
    }
}

void CameraListTest::aListWithoutEndIsCut()
{
    std::vector<ListedCamera> listed;
    for (int i = 0; i < 1000; ++i)
        listed.push_back(camera("0", QByteArray::number(i).constData()));
    CameraList list;
    list.update(listed, Phase::First);
    QCOMPARE(list.devices().size(), mostCameras);
}

QTEST_GUILESS_MAIN(CameraListTest)
#include "camera_list_test.moc"
