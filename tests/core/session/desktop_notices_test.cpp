#include "core/session/desktop_notices.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

/// The notification service of tests/support, and what it has printed.
class Service
{
public:
    Service()
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(HUFU_FAKE_NOTIFICATIONS), {});
        if (!waitFor(u"ready"_s))
            qFatal("no service");
    }
    ~Service()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }

    /// Whether it prints this line, now or in a while.
    bool waitFor(const QString &line)
    {
        return QTest::qWaitFor(
            [&] {
                while (m_process.canReadLine())
                    m_lines << QString::fromUtf8(m_process.readLine().chopped(1));
                return m_lines.contains(line);
            },
            10'000);
    }
    void tell(const char *order) { m_process.write(QByteArray(order) + '\n'); }
    [[nodiscard]] QStringList lines() const { return m_lines; }

private:
    QProcess m_process;
    QStringList m_lines;
};

} // namespace

/// A notification on a private bus.
class DesktopNoticesTest : public QObject
{
    Q_OBJECT

private slots:
    void nobodyThereIsSaid();
    void oneIsShownReplacedAndTakenAway();
    void aClickIsHeardAndADismissalIsNot();
    void whatIsTakenAwayBeforeItIsShownGoes();
    void itGoesWithItsOwner();
};

void DesktopNoticesTest::nobodyThereIsSaid()
{
    const auto notices = DesktopNotices::ofThisSystem();
    const QSignalSpy notShown(notices.get(), &DesktopNotices::notShown);
    notices->show(u"A login waits"_s, u"Unlock Hufu to see it."_s);
    QTRY_COMPARE_WITH_TIMEOUT(notShown.count(), 1, 30'000);
}

void DesktopNoticesTest::oneIsShownReplacedAndTakenAway()
{
    Service service;
    const auto notices = DesktopNotices::ofThisSystem();
    notices->show(u"Are you signing in to Acorn & Söhne?"_s, u"Click to see."_s);
    QVERIFY(service.waitFor(u"show 1 Are you signing in to Acorn & Söhne? | Click to see."_s));
    // What a click on it does, and no button.
    QVERIFY(service.waitFor(u"actions default Are you signing in to Acorn & Söhne?"_s));
    QTest::qWait(100); // its number has come
    notices->show(u"A login waits"_s, u"Unlock Hufu to see it."_s);
    QVERIFY(service.waitFor(u"show 1 1 A login waits | Unlock Hufu to see it."_s));
    notices->withdraw();
    QVERIFY(service.waitFor(u"close 1"_s));
}

void DesktopNoticesTest::aClickIsHeardAndADismissalIsNot()
{
    Service service;
    const auto notices = DesktopNotices::ofThisSystem();
    const QSignalSpy clicked(notices.get(), &DesktopNotices::clicked);
    notices->show(u"one"_s, u"."_s);
    QVERIFY(service.waitFor(u"show 1 one | ."_s));
    QTest::qWait(100);
    service.tell("dismiss");
    QTest::qWait(100);
    QCOMPARE(clicked.count(), 0);
    notices->show(u"two"_s, u"."_s);
    QVERIFY(service.waitFor(u"show 2 two | ."_s)); // a new one: the first is gone
    QTest::qWait(100);
    service.tell("click");
    QTRY_COMPARE(clicked.count(), 1);
}

void DesktopNoticesTest::whatIsTakenAwayBeforeItIsShownGoes()
{
    Service service;
    const auto notices = DesktopNotices::ofThisSystem();
    notices->show(u"one"_s, u"."_s);
    notices->withdraw();
    QVERIFY(service.waitFor(u"close 1"_s));
    QCOMPARE(service.lines().filter(u"show"_s).size(), 1);
}

void DesktopNoticesTest::itGoesWithItsOwner()
{
    Service service;
    auto notices = DesktopNotices::ofThisSystem();
    notices->show(u"one"_s, u"."_s);
    QVERIFY(service.waitFor(u"show 1 one | ."_s));
    QTest::qWait(100);
    notices.reset();
    QVERIFY(service.waitFor(u"close 1"_s));
}

QTEST_GUILESS_MAIN(DesktopNoticesTest)
#include "desktop_notices_test.moc"
