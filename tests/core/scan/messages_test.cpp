#include "core/base/fields.h"
#include "core/scan/messages.h"
#include "tests/support/result_printing.h"

using namespace hufu;

namespace {

QByteArray arrayOf(const Result<SecretBytes> &message)
{
    const std::string_view text = message ? message->text() : std::string_view();
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// Hands out `bytes` in pieces of `step`.
MessageReader::Source piecewise(QByteArray bytes, qsizetype step)
{
    return [bytes = std::move(bytes), step](std::span<std::byte> room) mutable {
        const qsizetype count = std::min({step, bytes.size(), static_cast<qsizetype>(room.size())});
        std::copy_n(reinterpret_cast<const std::byte *>(bytes.constData()), count, room.begin());
        bytes.remove(0, count);
        return qint64{count};
    };
}

Result<Message> messageOf(const QByteArray &bytes,
                          MessageReader::From from = MessageReader::From::Helper)
{
    MessageReader reader(from);
    Result<std::optional<Message>> message = reader.next(piecewise(bytes, 7));
    if (!message)
        return tl::unexpected(message.error());
    if (!*message)
        return failure(Errc::FileUnreadable, QStringLiteral("not a whole message"));
    return std::move(**message);
}

QByteArray header(std::uint32_t length, int kind)
{
    QByteArray bytes;
    for (const std::byte byte : bigEndian<4>(length))
        bytes.append(static_cast<char>(byte));
    return bytes.append(static_cast<char>(kind));
}

QByteArray message(MessageKind kind, const char *hexFields)
{
    const QByteArray fields = QByteArray::fromHex(hexFields);
    return header(static_cast<std::uint32_t>(fields.size()) + 1, static_cast<int>(kind)) + fields;
}

FoundCode sampleCode()
{
    FoundCode code;
    code.text = *SecretBytes::copyOf(std::string_view("a\0\xff", 3));
    code.outline = {QPoint(0, 2), QPoint(300, 4), QPoint(5, 70'000), QPoint(7, 8)};
    code.source = 3;
    code.part = 2;
    code.parts = 5;
    return code;
}

} // namespace

class MessagesTest : public QObject
{
    Q_OBJECT

private slots:
    void helloIsWrittenAsTheContractSays();
    void aCodeComesBackAsWritten();
    void aTextThatIsTooLongTravelsAsAMark();
    void screensComeBackWithTheirWindows();
    void aPictureComesBackAsWritten();
    void aPictureAboveTheLimitIsNotSent();
    void aFrameComesBackAsWritten();
    void doneComesBackAsWritten();
    void camerasComeBackAsWritten();
    void aCameraToOpenComesBackAsWritten();
    void controlsComeBackWithWhatWasNamed();
    void statesComeBackAsWritten();
    void bareMessagesHaveNoFields();
    void anErrorComesBackWithAHarmlessDetail();
    void messagesComeOutOneByOne();
    void streamsThatBreakTheRulesAreRefused_data();
    void streamsThatBreakTheRulesAreRefused();
    void fieldsThatBreakTheRulesAreRefused_data();
    void fieldsThatBreakTheRulesAreRefused();
    void requestsThatBreakTheRulesAreRefused_data();
    void requestsThatBreakTheRulesAreRefused();
    void anotherProtocolIsToldApart();
};

void MessagesTest::helloIsWrittenAsTheContractSays()
{
    const QByteArray expected = QByteArray::fromHex("00000013" // length of the rest
                                                    "41"       // 65
                                                    "0001"
                                                    "00000001"
                                                    "01"
                                                    "0002"
                                                    "00000005") +
                                HUFU_VERSION;
    QCOMPARE(arrayOf(writeHello(MessageKind::HelperHello)), expected);
    const Result<Message> read = messageOf(expected);
    VERIFY_OK(read);
    VERIFY_OK(readHello(*read));
}

void MessagesTest::aCodeComesBackAsWritten()
{
    const FoundCode code = sampleCode();
    const Result<Message> sent = messageOf(arrayOf(writeFound(code)));
    VERIFY_OK(sent);
    const Result<FoundCode> read = readFound(*sent);
    VERIFY_OK(read);
    QVERIFY(equalInConstantTime(read->text.view(), code.text.view()));
    QVERIFY(read->outline == code.outline);
    QCOMPARE(read->source, 3);
    QCOMPARE(read->part, 2);
    QCOMPARE(read->parts, 5);
    QVERIFY(!read->tooLong);
}

void MessagesTest::aTextThatIsTooLongTravelsAsAMark()
{
    FoundCode code;
    code.tooLong = true;
    const Result<Message> sent = messageOf(arrayOf(writeFound(code)));
    VERIFY_OK(sent);
    const Result<FoundCode> read = readFound(*sent);
    VERIFY_OK(read);
    QVERIFY(read->tooLong);
    QVERIFY(read->text.empty());
    QCOMPARE(read->parts, 0);
}

void MessagesTest::screensComeBackWithTheirWindows()
{
    const ScreensRequest request{ScreenWay::X11, {{-1920, -7, 300, 200}, {5, 6, 7, 8}}};
    const Result<Message> sent =
        messageOf(arrayOf(writeScreens(request)), MessageReader::From::Client);
    VERIFY_OK(sent);
    const Result<ScreensRequest> read = readScreens(*sent);
    VERIFY_OK(read);
    QCOMPARE(read->way, ScreenWay::X11);
    QCOMPARE(read->ownWindows, request.ownWindows);
}

void MessagesTest::aPictureComesBackAsWritten()
{
    const QByteArray encoded(static_cast<qsizetype>(largestPicture), 'p');
    const Result<QByteArray> written = writePicture(encoded);
    VERIFY_OK(written);
    MessageReader reader(MessageReader::From::Client);
    Result<std::optional<Message>> sent = reader.next(piecewise(*written, written->size()));
    VERIFY_OK(sent);
    QVERIFY(*sent);
    const Result<std::span<const std::byte>> read = readPicture(**sent);
    VERIFY_OK(read);
    QVERIFY(std::ranges::equal(*read, std::as_bytes(std::span(encoded))));
}

void MessagesTest::aPictureAboveTheLimitIsNotSent()
{
    const QByteArray encoded(static_cast<qsizetype>(largestPicture) + 1, 'p');
    VERIFY_FAILS(writePicture(encoded), Errc::PictureTooLarge);
}

void MessagesTest::aFrameComesBackAsWritten()
{
    const SourcePreview preview{4, 2, 1, QByteArray("abcdef")};
    const Result<QByteArray> written = writeFrame(preview);
    VERIFY_OK(written);
    const Result<Message> sent = messageOf(*written);
    VERIFY_OK(sent);
    const Result<SourcePreview> read = readFrame(*sent);
    VERIFY_OK(read);
    QCOMPARE(read->source, 4);
    QCOMPARE(read->width, 2);
    QCOMPARE(read->height, 1);
    QCOMPARE(read->rgb, preview.rgb);
}

void MessagesTest::doneComesBackAsWritten()
{
    const DoneMessage done{{{QStringLiteral("DP-1"), 3840, 2160}, {{}, 1, 1}},
                           std::chrono::milliseconds(77)};
    const Result<Message> sent = messageOf(arrayOf(writeDone(done)));
    VERIFY_OK(sent);
    const Result<DoneMessage> read = readDone(*sent);
    VERIFY_OK(read);
    QCOMPARE(read->took.count(), 77);
    QCOMPARE(read->searched.size(), std::size_t{2});
    QCOMPARE(read->searched[0].name, QStringLiteral("DP-1"));
    QCOMPARE(read->searched[0].width, 3840);
    QCOMPARE(read->searched[0].height, 2160);
    QVERIFY(read->searched[1].name.isEmpty());

    // A name is for a window: one that does not fit there is none.
    for (const QString &name : {QStringLiteral("a\nb"), QStringLiteral("\u202eevil"),
                                QString(longestDeviceText + 1, QLatin1Char('x'))}) {
        const Result<Message> odd = messageOf(arrayOf(writeDone({{{name, 1, 1}}, {}})));
        VERIFY_OK(odd);
        const Result<DoneMessage> nameless = readDone(*odd);
        VERIFY_OK(nameless);
        QCOMPARE(nameless->searched.front().name, QString());
    }
    const std::vector<SearchedSource> many(mostSources + 1, {{}, 1, 1});
    const Result<Message> tooMany = messageOf(arrayOf(writeDone({many, {}})));
    VERIFY_OK(tooMany);
    VERIFY_FAILS(readDone(*tooMany), Errc::HelperFailed);
}

void MessagesTest::camerasComeBackAsWritten()
{
    std::vector<CameraDevice> devices{
        {QStringLiteral("a1"), QStringLiteral("Kamera \u00e4 \U0001f4f7")},
        {QStringLiteral("b2"), QStringLiteral("\u76f8\u673a")}};
    const Result<Message> sent = messageOf(arrayOf(writeDevices(devices)));
    VERIFY_OK(sent);
    const Result<std::vector<CameraDevice>> read = readDevices(*sent);
    VERIFY_OK(read);
    QVERIFY(*read == devices);

    for (int i = 0; i < 40; ++i)
        devices.push_back({QString::number(i), QStringLiteral("many")});
    const Result<Message> many = messageOf(arrayOf(writeDevices(devices)));
    VERIFY_OK(many);
    const Result<std::vector<CameraDevice>> first = readDevices(*many);
    VERIFY_OK(first);
    QCOMPARE(first->size(), mostCameras);

    const Result<Message> none = messageOf(arrayOf(writeDevices({})));
    VERIFY_OK(none);
    const Result<std::vector<CameraDevice>> empty = readDevices(*none);
    VERIFY_OK(empty);
    QVERIFY(empty->empty());
}

void MessagesTest::aCameraToOpenComesBackAsWritten()
{
    const Result<Message> sent =
        messageOf(arrayOf(writeCamera({QStringLiteral("id 7"), 1})), MessageReader::From::Client);
    VERIFY_OK(sent);
    const Result<CameraRequest> read = readCamera(*sent);
    VERIFY_OK(read);
    QCOMPARE(read->id, QStringLiteral("id 7"));
    QCOMPARE(read->previewWidth, 1);
}

void MessagesTest::controlsComeBackWithWhatWasNamed()
{
    const auto sent = [](const CameraControl &control) {
        const Result<Message> message =
            messageOf(arrayOf(writeControl(control)), MessageReader::From::Client);
        return message ? readControl(*message) : tl::unexpected(message.error());
    };
    const Result<CameraControl> nothing = sent({});
    VERIFY_OK(nothing);
    QVERIFY(!nothing->torch && !nothing->zoom);
    const Result<CameraControl> torch = sent({.torch = false});
    VERIFY_OK(torch);
    QVERIFY(torch->torch.has_value() && !*torch->torch && !torch->zoom);
    const Result<CameraControl> both = sent({.torch = true, .zoom = 250});
    VERIFY_OK(both);
    QVERIFY(both->torch.value_or(false));
    QCOMPARE(both->zoom.value_or(0), 250);
}

void MessagesTest::statesComeBackAsWritten()
{
    for (int number = 1; number <= 7; ++number) {
        const auto state = static_cast<CameraState>(number);
        const Result<Message> sent = messageOf(arrayOf(writeState(state)));
        VERIFY_OK(sent);
        QCOMPARE(sent->fields().back(), static_cast<std::byte>(number));
        const Result<CameraState> read = readState(*sent);
        VERIFY_OK(read);
        QCOMPARE(*read, state);
    }
}

void MessagesTest::bareMessagesHaveNoFields()
{
    const Result<Message> alive = messageOf(arrayOf(writeBare(MessageKind::Alive)));
    VERIFY_OK(alive);
    QCOMPARE(alive->kind, MessageKind::Alive);
    VERIFY_OK(readBare(*alive));
    for (const MessageKind kind : {MessageKind::Cameras, MessageKind::Next, MessageKind::Stop}) {
        const Result<Message> sent =
            messageOf(arrayOf(writeBare(kind)), MessageReader::From::Client);
        VERIFY_OK(sent);
        QCOMPARE(sent->kind, kind);
        VERIFY_OK(readBare(*sent));
    }
    const Result<Message> words = messageOf(message(MessageKind::Alive, "00010000000141"));
    VERIFY_OK(words);
    VERIFY_FAILS(readBare(*words), Errc::HelperFailed);
}

void MessagesTest::anErrorComesBackWithAHarmlessDetail()
{
    const Error error{Errc::ScreenUnavailable, QStringLiteral("a\nb\u202e") + QString(300, u'x')};
    const Result<Message> sent = messageOf(arrayOf(writeError(error)));
    VERIFY_OK(sent);
    const Result<Error> read = readError(*sent);
    VERIFY_OK(read);
    QCOMPARE(read->code, Errc::ScreenUnavailable);
    QCOMPARE(read->detail, QStringLiteral("a?b?") + QString(196, u'x'));
}

void MessagesTest::messagesComeOutOneByOne()
{
    const QByteArray both =
        arrayOf(writeHello(MessageKind::HelperHello)) + arrayOf(writeFound(sampleCode()));
    for (const qsizetype step : {1, 3, 1000}) {
        MessageReader reader(MessageReader::From::Helper);
        const MessageReader::Source source = piecewise(both, step);
        const Result<std::optional<Message>> first = reader.next(source);
        VERIFY_OK(first);
        QCOMPARE((**first).kind, MessageKind::HelperHello);
        const Result<std::optional<Message>> second = reader.next(source);
        VERIFY_OK(second);
        QCOMPARE((**second).kind, MessageKind::Found);
        VERIFY_OK(readFound(**second));
        const Result<std::optional<Message>> none = reader.next(source);
        VERIFY_OK(none);
        QVERIFY(!*none);
    }
}

void MessagesTest::streamsThatBreakTheRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no length") << header(0, 65);
    QTest::newRow("longer than 4 MiB") << header((4u << 20) + 1, 65);
    QTest::newRow("a code longer than 8 KiB") << header((8u << 10) + 1, 66);
    QTest::newRow("unknown kind") << header(1, 99);
    QTest::newRow("a kind that only the client sends") << header(1, 1);
    QTest::newRow("text instead of messages") << QByteArray("Segmentation fault\n");
}

void MessagesTest::streamsThatBreakTheRulesAreRefused()
{
    QFETCH(QByteArray, bytes);
    VERIFY_FAILS(messageOf(bytes), Errc::HelperFailed);
}

void MessagesTest::fieldsThatBreakTheRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray outline = "000200000020" + QByteArray(64, '0');
    const QByteArray text = "00010000000161";
    const QByteArray source = "00030000000100";
    const auto found = [](const QByteArray &hex) {
        return message(MessageKind::Found, hex.constData());
    };
    QTest::newRow("code without a text") << found(outline + source);
    QTest::newRow("code without an outline") << found(text + source);
    QTest::newRow("code without a source") << found(text + outline);
    QTest::newRow("code with a short outline") << found(text + "000200000001ff" + source);
    QTest::newRow("code with a negative corner")
        << found(text + "000200000020ffffffff" + QByteArray(56, '0') + source);
    QTest::newRow("code with fields in a wrong order") << found(outline + text + source);
    QTest::newRow("code with two texts") << found(text + text + outline + source);
    QTest::newRow("code with a text of 4,097")
        << found("000100001001" + QByteArray(8194, '6') + outline + source);
    QTest::newRow("code too long, and yet a text")
        << found(text + outline + source + "00060000000101");
    QTest::newRow("part 3 of 2") << found(text + outline + source + "00040000000103" +
                                          "00050000000102");
    QTest::newRow("part 0") << found(text + outline + source + "00040000000100" + "00050000000102");
    QTest::newRow("part of nothing") << found(text + outline + source + "00040000000101");
    QTest::newRow("frame with a row too few") << message(MessageKind::Frame, "00010000000101"
                                                                             "00020000000102"
                                                                             "000300000003616263"
                                                                             "00040000000100");
    QTest::newRow("frame wider than 640") << message(MessageKind::Frame, "0001000000020281"
                                                                         "00020000000101"
                                                                         "000300000000"
                                                                         "00040000000100");
    QTest::newRow("frame of nothing") << message(MessageKind::Frame, "00010000000100"
                                                                     "00020000000100"
                                                                     "000300000000"
                                                                     "00040000000100");
    QTest::newRow("done without a time") << message(MessageKind::Done, "");
    QTest::newRow("done with a source without a size")
        << message(MessageKind::Done, "000100000006000100000000"
                                      "00020000000101");
    QTest::newRow("error of an unknown name") << message(MessageKind::Error, "00010000000141"
                                                                             "00020000000161");
    QTest::newRow("error that a scan cannot have") // VaultFull
        << message(MessageKind::Error, "0001000000095661756c7446756c6c"
                                       "00020000000161");
    const auto devices = [](const QByteArray &hex) {
        return message(MessageKind::Devices, hex.constData());
    };
    const QByteArray device = "00010000000e"
                              "00010000000161"
                              "00020000000162";
    QTest::newRow("the same camera twice") << devices(device + device);
    QTest::newRow("camera without an id") << devices("000100000007"
                                                     "00020000000162");
    QTest::newRow("camera with an empty id") << devices("00010000000d"
                                                        "000100000000"
                                                        "00020000000162");
    QTest::newRow("camera without a name") << devices("000100000007"
                                                      "00010000000161");
    QTest::newRow("camera with a name of two lines") << devices("000100000010"
                                                                "00010000000161"
                                                                "000200000003620a63");
    QTest::newRow("camera with a name of 201 bytes") << devices("0001000000d6"
                                                                "00010000000161"
                                                                "0002000000c9" +
                                                                QByteArray(402, '6'));
    QTest::newRow("camera with a name that is not UTF-8") << devices("00010000000e"
                                                                     "00010000000161"
                                                                     "000200000001ff");
    QByteArray many;
    for (int i = 0; i < 33; ++i) {
        many += "00010000000e000100000001" + QByteArray::number(0x40 + i, 16) + "00020000000162";
    }
    QTest::newRow("33 cameras") << devices(many);
    QTest::newRow("no state") << message(MessageKind::State, "");
    QTest::newRow("state 0") << message(MessageKind::State, "00010000000100");
    QTest::newRow("state 8") << message(MessageKind::State, "00010000000108");
    QTest::newRow("state of two bytes") << message(MessageKind::State, "0001000000020101");
    QTest::newRow("field longer than its message") << message(MessageKind::Done, "0002000000ff01");
}

void MessagesTest::fieldsThatBreakTheRulesAreRefused()
{
    QFETCH(QByteArray, bytes);
    const Result<Message> read = messageOf(bytes);
    VERIFY_OK(read);
    switch (read->kind) {
    case MessageKind::Found:
        VERIFY_FAILS(readFound(*read), Errc::HelperFailed);
        break;
    case MessageKind::Frame:
        VERIFY_FAILS(readFrame(*read), Errc::HelperFailed);
        break;
    case MessageKind::Done:
        VERIFY_FAILS(readDone(*read), Errc::HelperFailed);
        break;
    case MessageKind::Devices:
        VERIFY_FAILS(readDevices(*read), Errc::HelperFailed);
        break;
    case MessageKind::State:
        VERIFY_FAILS(readState(*read), Errc::HelperFailed);
        break;
    default:
        VERIFY_FAILS(readError(*read), Errc::HelperFailed);
        break;
    }
}

void MessagesTest::requestsThatBreakTheRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray id = "00010000000161";
    const auto camera = [](const QByteArray &hex) {
        return message(MessageKind::Camera, hex.constData());
    };
    QTest::newRow("camera without an id") << camera("00020000000140");
    QTest::newRow("camera with an empty id") << camera("00010000000000020000000140");
    QTest::newRow("camera without a width") << camera(id);
    QTest::newRow("camera with a width of 0") << camera(id + "00020000000100");
    QTest::newRow("camera with a width of 641") << camera(id + "0002000000020281");
    QTest::newRow("torch 2") << message(MessageKind::Control, "00010000000102");
    QTest::newRow("zoom of 99 percent") << message(MessageKind::Control, "00020000000163");
    QTest::newRow("zoom of 1,001 percent") << message(MessageKind::Control, "00020000000203e9");
    QTest::newRow("torch twice") << message(MessageKind::Control, "0001000000010100010000000101");
    QTest::newRow("next with words") << message(MessageKind::Next, "00010000000141");
}

void MessagesTest::requestsThatBreakTheRulesAreRefused()
{
    QFETCH(QByteArray, bytes);
    const Result<Message> read = messageOf(bytes, MessageReader::From::Client);
    VERIFY_OK(read);
    switch (read->kind) {
    case MessageKind::Camera:
        VERIFY_FAILS(readCamera(*read), Errc::HelperFailed);
        break;
    case MessageKind::Control:
        VERIFY_FAILS(readControl(*read), Errc::HelperFailed);
        break;
    default:
        VERIFY_FAILS(readBare(*read), Errc::HelperFailed);
        break;
    }
}

void MessagesTest::anotherProtocolIsToldApart()
{
    const Result<Message> next = messageOf(message(MessageKind::HelperHello, "00010000000102"
                                                                             "00020000000131"));
    VERIFY_OK(next);
    VERIFY_FAILS(readHello(*next), Errc::HelperVersion);
}

QTEST_GUILESS_MAIN(MessagesTest)
#include "messages_test.moc"
