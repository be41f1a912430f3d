#include "tests/core/vault/keychain_fixture.h"

using namespace hufu;
using namespace hufu::test;
using State = Vault::State;

// The question that gnome-keyring asks for the password of a locked collection, on a display:
// dismissed, answered wrongly, answered. A nightly script asks for many rounds. Run by
// tests/support/with_xvfb and with_keyring.

namespace {

/// Types into the question once it is shown. Runs beside the test, since that waits meanwhile.
class Person
{
public:
    explicit Person(const QStringList &keys)
    {
        QString script = u"w=$(xdotool search --sync --onlyvisible --name 'Unlock') && "
                         "xdotool windowfocus --sync $w && sleep 0.2"_s;
        for (const QString &key : keys)
            script += key.startsWith(u"type "_s) ? u" && xdotool "_s + key
                                                 : u" && xdotool key "_s + key + u" && sleep 0.2"_s;
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(u"timeout"_s, {u"20"_s, u"bash"_s, u"-c"_s, script});
    }
    ~Person() { m_process.waitForFinished(); }

private:
    QProcess m_process;
};

} // namespace

class KeychainPromptTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void aDismissedQuestionIsALockedKeychain();
    void aDismissedUnlockIsALockedKeychain();
    void anAnsweredQuestionOpensTheVault();
};

void KeychainPromptTest::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("HUFU_TEST_KEYRING_PID"),
             "run it by tests/support/with_keyring: it must never touch your own keychain");
    Program one(u"prompt"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
}

void KeychainPromptTest::init()
{
    QVERIFY(lockKeyring());
}

void KeychainPromptTest::cleanup()
{
    QVERIFY(unlockKeyring());
    Program one(u"prompt"_s);
    VERIFY_DONE(one.open());
    QCOMPARE(namesIn(one.vault), QStringList{u"alice"_s});
}

void KeychainPromptTest::aDismissedQuestionIsALockedKeychain()
{
    for (int round = 0; round < rounds(1); ++round) {
        Program one(u"prompt"_s);
        const Person person({u"Escape"_s});
        VERIFY_REFUSED(one.open(), Errc::KeychainLocked);
        QCOMPARE(one.vault.state(), State::Closed);
        cleanup();
        init();
        if (QTest::currentTestFailed())
            return;
    }
}

void KeychainPromptTest::aDismissedUnlockIsALockedKeychain()
{
    Program one(u"prompt"_s);
    const Person person({u"type wrong"_s, u"Return"_s, u"Escape"_s});
    VERIFY_REFUSED(one.unlock(), Errc::KeychainLocked);
}

void KeychainPromptTest::anAnsweredQuestionOpensTheVault()
{
    Program one(u"prompt"_s);
    const Person person({u"type pw"_s, u"Return"_s});
    VERIFY_DONE(one.unlock());
    VERIFY_DONE(one.open());
    QCOMPARE(namesIn(one.vault), QStringList{u"alice"_s});
}

QTEST_GUILESS_MAIN(KeychainPromptTest)
#include "keychain_prompt_test.moc"
