#include "core/activity/activity_file.h"
#include "core/base/crypto.h"
#include "core/vault/side_key.h"
#include "tests/core/vault/vault_fixture.h"

#include <QElapsedTimer>
#include <QLockFile>
#include <QProcess>
#include <QSet>
#include <QTest>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ActivityEvent::Kind;

namespace {

const std::chrono::sys_seconds now(1'700'000'000s);

SideKey makeKey(std::uint8_t vault = 1)
{
    VaultId id{};
    id.back() = std::byte{vault};
    return {secretOf("0123456789abcdef0123456789abcdef"), id};
}

ActivityEvent eventOf(const QString &name)
{
    ActivityEvent event;
    event.kind = Kind::AccountAdded;
    event.time = now;
    event.name = name;
    return event;
}

Result<void> append(ActivityFile &file, const SideKey &key, const QString &name,
                    std::chrono::milliseconds patience = 2s)
{
    const ActivityEvent event = eventOf(name);
    return file.append(key, std::span(&event, 1), now, patience);
}

/// The names in the file in its order; what is no account is shown by its kind.
QStringList namesOf(ActivityFile &file, const SideKey &key)
{
    const Result<std::vector<ActivityEvent>> events = file.read(key, now, 2s);
    if (!events)
        return {errcName(events.error().code)};
    QStringList names;
    for (const ActivityEvent &event : *events)
        names << (event.kind == Kind::AccountAdded ? event.name : activityName(event.kind));
    return names;
}

struct Folder
{
    QTemporaryDir folder{quickFolder()};
    QString path = folder.filePath(u"activity"_s);
    ActivityFile file{folder.path()};

    [[nodiscard]] QByteArray text() const
    {
        QFile opened(path);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    void write(const QByteArray &text) const
    {
        QFile opened(path);
        QVERIFY(opened.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(opened.write(text), text.size());
    }
};

} // namespace

class ActivityFileTest : public QObject
{
    Q_OBJECT

private slots:
    void eventsComeBackInTheirOrder();
    void nothingStandsInClearAndOnlyTheOwnerReads();
    void anIncompleteLastLineIsDropped();
    void aDamagedFileIsSetAsideAndBegunAnew_data();
    void aDamagedFileIsSetAsideAndBegunAnew();
    void anotherVaultsFileIsNotContinued();
    void theOlderHalfGoesAtTheLimits();
    void whoeverHoldsTheLockIsWaitedFor();
    void aKilledHolderHoldsNothing();
    void programsSideBySideLoseNoLine();
    void aLinkIsNotFollowed();
    void aRemovedProfileStaysRemoved();
    void thousandsAreReadAtOnce();
};

void ActivityFileTest::eventsComeBackInTheirOrder()
{
    Folder at;
    const SideKey key = makeKey();
    QCOMPARE(namesOf(at.file, key), QStringList());
    VERIFY_OK(append(at.file, key, u"one"_s));
    const std::vector<ActivityEvent> more{eventOf(u"two"_s), eventOf(u"three"_s)};
    VERIFY_OK(at.file.append(key, more, now, 2s));
    QCOMPARE(namesOf(at.file, key), (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    QCOMPARE(at.text().count('\n'), 3);
}

void ActivityFileTest::nothingStandsInClearAndOnlyTheOwnerReads()
{
    Folder at;
    VERIFY_OK(append(at.file, makeKey(), u"alice@example.com"_s));
    QVERIFY(!at.text().contains("alice"));
    QVERIFY(!QByteArray::fromBase64(at.text()).contains("alice"));
    QCOMPARE(QFile::permissions(at.path) & 0x0077, QFile::Permissions());
    QCOMPARE(QDir(at.folder.path()).entryList(QDir::Files | QDir::Hidden),
             QStringList{u"activity"_s});
}

void ActivityFileTest::anIncompleteLastLineIsDropped()
{
    Folder at;
    const SideKey key = makeKey();
    for (const QString &name : {u"one"_s, u"two"_s, u"three"_s})
        VERIFY_OK(append(at.file, key, name));
    const QByteArray whole = at.text();
    at.write(whole.chopped(1)); // whole but for its line break: nobody was told that it is there
    QCOMPARE(namesOf(at.file, key), (QStringList{u"one"_s, u"two"_s}));
    at.write(whole.chopped(20));
    QCOMPARE(namesOf(at.file, key), (QStringList{u"one"_s, u"two"_s}));
    VERIFY_OK(append(at.file, key, u"four"_s));
    QCOMPARE(namesOf(at.file, key), (QStringList{u"one"_s, u"two"_s, u"four"_s}));
    at.write("AAAA");
    QCOMPARE(namesOf(at.file, key), QStringList());
    VERIFY_OK(append(at.file, key, u"five"_s));
    QCOMPARE(namesOf(at.file, key), QStringList{u"five"_s});
}

void ActivityFileTest::aDamagedFileIsSetAsideAndBegunAnew_data()
{
    QTest::addColumn<std::function<QByteArray(QByteArray)>>("damage");
    QTest::addColumn<bool>("seenAtAppend"); // else it is seen when the list is read
    const auto row = [](const char *name, bool seen, std::function<QByteArray(QByteArray)> damage) {
        QTest::newRow(name) << damage << seen;
    };
    row("last line changed", true, [](QByteArray text) {
        text[text.size() - 10] = text[text.size() - 10] == 'A' ? 'B' : 'A';
        return text;
    });
    row("first line gone", true,
        [](const QByteArray &text) { return text.mid(text.indexOf('\n') + 1); });
    row("a line twice", true, [](const QByteArray &text) {
        return text + text.mid(text.chopped(1).lastIndexOf('\n') + 1);
    });
    row("lines changed about", true, [](const QByteArray &text) {
        QList<QByteArray> lines = text.chopped(1).split('\n');
        lines.swapItemsAt(0, 2);
        return lines.join('\n') + '\n';
    });
    row("not ours", true, [](const QByteArray &) { return QByteArray("hello\n"); });
    row("too long", true,
        [](const QByteArray &) { return QByteArray(ActivityFile::mostBytes + 1, 'A'); });
    row("first line changed", false, [](QByteArray text) {
        text[10] = text[10] == 'A' ? 'B' : 'A';
        return text;
    });
}

void ActivityFileTest::aDamagedFileIsSetAsideAndBegunAnew()
{
    QFETCH(std::function<QByteArray(QByteArray)>, damage);
    QFETCH(bool, seenAtAppend);
    const SideKey key = makeKey();
    for (const bool readsFirst : {true, false}) {
        Folder at;
        for (const QString &name : {u"one"_s, u"two"_s, u"three"_s})
            VERIFY_OK(append(at.file, key, name));
        const QByteArray damaged = damage(at.text());
        at.write(damaged);
        if (readsFirst)
            QCOMPARE(namesOf(at.file, key), QStringList{u"begun-anew"_s});
        VERIFY_OK(append(at.file, key, u"four"_s));
        if (readsFirst || seenAtAppend)
            QCOMPARE(namesOf(at.file, key), (QStringList{u"begun-anew"_s, u"four"_s}));
        else
            QCOMPARE(namesOf(at.file, key), QStringList{u"begun-anew"_s});
        QFile aside(at.path + u".bad"_s);
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QVERIFY(aside.readAll().startsWith(damaged));
    }
}

void ActivityFileTest::anotherVaultsFileIsNotContinued()
{
    Folder at;
    VERIFY_OK(append(at.file, makeKey(1), u"one"_s));
    VERIFY_OK(append(at.file, makeKey(2), u"two"_s));
    QCOMPARE(namesOf(at.file, makeKey(2)), (QStringList{u"begun-anew"_s, u"two"_s}));
}

void ActivityFileTest::theOlderHalfGoesAtTheLimits()
{
    const SideKey key = makeKey();
    {
        Folder at;
        std::vector<ActivityEvent> events;
        for (std::size_t i = 0; i < ActivityFile::mostEvents; ++i)
            events.push_back(eventOf(QString::number(i)));
        VERIFY_OK(at.file.append(key, events, now, 2s));
        QCOMPARE(namesOf(at.file, key).size(), qsizetype(ActivityFile::mostEvents));
        VERIFY_OK(append(at.file, key, u"last"_s));
        const QStringList names = namesOf(at.file, key);
        QCOMPARE(names.size(), qsizetype(ActivityFile::mostEvents / 2 + 1));
        QCOMPARE(names.first(), QString::number(ActivityFile::mostEvents / 2));
        QCOMPARE(names.last(), u"last"_s);
    }
    Folder at;
    const std::vector<ActivityEvent> events(100, eventOf(QString(10'000, u'x')));
    for (int round = 0; round < 4; ++round) {
        VERIFY_OK(at.file.append(key, events, now, 2s));
        QVERIFY(at.text().size() <= ActivityFile::mostBytes);
    }
    // 156 of these fit, so the present ones are halved until a hundred more do: from 100 to 50,
    // from 150 to 75 to 37, and from 137 to 68 to 34.
    QCOMPARE(namesOf(at.file, key).size(), 134);
}

void ActivityFileTest::whoeverHoldsTheLockIsWaitedFor()
{
    Folder at;
    const SideKey key = makeKey();
    QLockFile other(at.path + u".lock"_s);
    QVERIFY(other.tryLock(0));
    VERIFY_FAILS(append(at.file, key, u"one"_s, 20ms), Errc::VaultBusy);
    QVERIFY(!QFile::exists(at.path));
    other.unlock();
    VERIFY_OK(append(at.file, key, u"one"_s, 0ms));
}

void ActivityFileTest::aKilledHolderHoldsNothing()
{
    Folder at;
    QFile abandoned(at.path + u".lock"_s);
    QVERIFY(abandoned.open(QIODevice::WriteOnly));
    QVERIFY(abandoned.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-60),
                                  QFileDevice::FileModificationTime));
    abandoned.close();
    VERIFY_FAILS(append(at.file, makeKey(), u"one"_s, 0ms), Errc::VaultBusy);
    VERIFY_OK(append(at.file, makeKey(), u"one"_s, 0ms));
}

void ActivityFileTest::programsSideBySideLoseNoLine()
{
    constexpr int programs = 3;
    constexpr int events = 40;
    Folder at;
    std::vector<std::unique_ptr<QProcess>> others;
    for (int i = 0; i < programs; ++i) {
        others.push_back(std::make_unique<QProcess>());
        others.back()->start(
            QCoreApplication::applicationFilePath(),
            {u"--append"_s, at.folder.path(), QString(QChar(u'a' + i)), QString::number(events)});
    }
    for (const auto &other : others) {
        QVERIFY(other->waitForFinished(60'000));
        QCOMPARE(other->exitCode(), 0);
    }
    const QStringList names = namesOf(at.file, makeKey());
    QCOMPARE(names.size(), programs * events);
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), programs * events);
    QVERIFY(!QFile::exists(at.path + u".bad"_s));
}

void ActivityFileTest::aLinkIsNotFollowed()
{
    Folder at;
    const QString elsewhere = at.folder.filePath(u"elsewhere"_s);
    QFile target(elsewhere);
    QVERIFY(target.open(QIODevice::WriteOnly));
    target.close();
    QVERIFY(QFile::link(elsewhere, at.path));
    VERIFY_FAILS(append(at.file, makeKey(), u"one"_s), Errc::FileUnreadable);
    QCOMPARE(QFileInfo(elsewhere).size(), 0);
}

void ActivityFileTest::aRemovedProfileStaysRemoved()
{
    Folder at;
    const QString gone = at.folder.filePath(u"gone"_s);
    ActivityFile file(gone);
    VERIFY_FAILS(append(file, makeKey(), u"one"_s), Errc::FileUnwritable);
    QVERIFY(!QFile::exists(gone));
}

void ActivityFileTest::thousandsAreReadAtOnce()
{
    Folder at;
    const SideKey key = makeKey();
    ActivityEvent login = eventOf(u"alice.of.the.long.name@example.com"_s);
    login.issuer = login.application = u"Example Corporation"_s;
    login.server = u"auth.example.com"_s;
    login.browser = u"Firefox 145"_s;
    login.place = u"Somewhere in the Netherlands"_s;
    const std::vector<ActivityEvent> events(ActivityFile::mostEvents, login);
    VERIFY_OK(at.file.append(key, events, now, 2s));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(at.file.read(key, now, 2s)->size(), ActivityFile::mostEvents);
    qInfo("5,000 events read in %lld ms", timer.elapsed());
    timer.start();
    VERIFY_OK(append(at.file, key, u"one more"_s));
    qInfo("the older half dropped in %lld ms", timer.elapsed());
    timer.start();
    VERIFY_OK(append(at.file, key, u"one more"_s));
    qInfo("one appended to 2,501 in %lld ms", timer.elapsed());
}

/// `--append FOLDER NAME COUNT`: another program that writes.
static int appendMany(const QStringList &arguments)
{
    ActivityFile file(arguments.at(2));
    const SideKey key = makeKey();
    for (int i = 0; i < arguments.at(4).toInt(); ++i) {
        if (!append(file, key, arguments.at(3) + QString::number(i), 20s))
            return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 5 && QCoreApplication::arguments().at(1) == u"--append"_s)
        return appendMany(QCoreApplication::arguments());
    ActivityFileTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "activity_file_test.moc"
