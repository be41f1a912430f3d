#include "core/session/session_events.h"
#include "tests/support/fake_login1.h"

#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace Qt::StringLiterals;
using Event = SessionEvents::Event;

class SessionEventsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_events.reset(); }
    void theSessionsLockIsHeard();
    void aUserSwitchIsHeardAndTheReturn();
    void theScreenSaverIsHeard_data();
    void theScreenSaverIsHeard();
    void theSleepWaitsUntilItIsReleased();
    void nothingHoldsTheSleepThatNeedNot();

private:
    [[nodiscard]] QList<Event> heard() const { return m_heard; }

    std::unique_ptr<test::FakeLogin1> m_login1;
    std::unique_ptr<SessionEvents> m_events;
    QList<Event> m_heard;
};

void SessionEventsTest::initTestCase()
{
    test::FakeLogin1::standInForTheSystem();
    m_login1 = std::make_unique<test::FakeLogin1>();
    QVERIFY(m_login1->isServing());
}

void SessionEventsTest::init()
{
    m_heard.clear();
    m_events = SessionEvents::ofThisSystem();
    connect(m_events.get(), &SessionEvents::happened, this,
            [this](Event event) { m_heard << event; });
    // The session's path is asked for first: until it is known its signals are not followed.
    QTRY_VERIFY([this] {
        m_login1->lockSession();
        QTest::qWait(20);
        return !m_heard.isEmpty();
    }());
    QTest::qWait(50);
    m_heard.clear();
}

void SessionEventsTest::theSessionsLockIsHeard()
{
    m_login1->lockSession();
    QTRY_COMPARE(heard(), QList<Event>{Event::SessionLocked});
}

void SessionEventsTest::aUserSwitchIsHeardAndTheReturn()
{
    m_login1->setSessionActive(false);
    m_login1->setSessionActive(true);
    QTRY_COMPARE(heard(), (QList<Event>{Event::UserSwitched, Event::UserReturned}));
}

void SessionEventsTest::theScreenSaverIsHeard_data()
{
    QTest::addColumn<QString>("interface");
    QTest::newRow("KDE and others") << u"org.freedesktop.ScreenSaver"_s;
    QTest::newRow("GNOME") << u"org.gnome.ScreenSaver"_s;
    QTest::newRow("Cinnamon") << u"org.cinnamon.ScreenSaver"_s;
    QTest::newRow("MATE") << u"org.mate.ScreenSaver"_s;
    QTest::newRow("Xfce") << u"org.xfce.ScreenSaver"_s;
}

void SessionEventsTest::theScreenSaverIsHeard()
{
    QFETCH(const QString, interface);
    m_login1->screenSaverActive(interface, true);
    m_login1->screenSaverActive(interface, false);
    QTRY_COMPARE(heard(), (QList<Event>{Event::ScreenLocked, Event::ScreenUnlocked}));
}

void SessionEventsTest::theSleepWaitsUntilItIsReleased()
{
    m_events->holdSleep(true);
    for (int i = 1; i <= 20; ++i) {
        QTRY_VERIFY(m_login1->isInhibited());
        QCOMPARE(m_login1->lastMode(), u"delay"_s);
        m_heard.clear();
        m_login1->prepareForSleep(true);
        QTRY_COMPARE(heard(), QList<Event>{Event::Sleeping});
        QTest::qWait(5);
        QVERIFY(m_login1->isInhibited());
        m_events->releaseSleep();
        QTRY_VERIFY(!m_login1->isInhibited());
        m_login1->prepareForSleep(false);
        QTRY_COMPARE(heard().last(), Event::Woken);
    }
    QTRY_VERIFY(m_login1->isInhibited()); // for the next time
    QVERIFY(m_login1->inhibitors() >= 21);
    m_events->holdSleep(false);
    QTRY_VERIFY(!m_login1->isInhibited());
}

void SessionEventsTest::nothingHoldsTheSleepThatNeedNot()
{
    const int before = m_login1->inhibitors();
    m_login1->prepareForSleep(true);
    QTRY_COMPARE(heard(), QList<Event>{Event::Sleeping});
    m_login1->prepareForSleep(false);
    QTRY_COMPARE(heard().last(), Event::Woken);
    QTest::qWait(50);
    QCOMPARE(m_login1->inhibitors(), before);
}

QTEST_GUILESS_MAIN(SessionEventsTest)
#include "session_events_test.moc"
