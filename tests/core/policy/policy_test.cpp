#include "core/policy/policy_file.h"
#include "tests/support/result_printing.h"

#include <QTemporaryDir>
#include <QTest>

#if defined(Q_OS_UNIX)
#include <unistd.h>
#endif

using namespace hufu;

class PolicyTest : public QObject
{
    Q_OBJECT

private slots:
    void readsTheFormat();
    void defaultsAreTheStrictOnes();
    void refusesEverythingElse_data();
    void refusesEverythingElse();
    void saysTheLine();
    void takesAFileOfTheirOwnOnly();
    void isNotForTheDefaultProfile();
    void theMachinesPolicyIsFixed();

private:
    QString write(const QByteArray &text, const QString &name = QStringLiteral("policy.json"))
    {
        QFile file(m_folder.filePath(name));
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return written ? file.fileName() : QString();
    }

    const QString m_profile = QStringLiteral("demo");
    const QString m_noSystemPolicy = QStringLiteral("/nonexistent/hufu/policy.json");
    const QByteArray m_good = R"({"version":1,"servers":{"allow_loopback":true}})";
    QTemporaryDir m_folder;
};

void PolicyTest::readsTheFormat()
{
    const Result<Policy> policy = readPolicy(R"({ "version": 1, "servers": { "allow_loopback": true,
        "extra_ca": ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"] } })");
    VERIFY_OK(policy);
    QCOMPARE(policy->loopback, Loopback::Allowed);
    QCOMPARE(policy->extraCa.size(), 1);
    QVERIFY(policy->extraCa.first().startsWith("-----BEGIN CERTIFICATE-----\nMIIB"));
}

void PolicyTest::defaultsAreTheStrictOnes()
{
    const Result<Policy> policy = readPolicy(R"({"version":1})");
    VERIFY_OK(policy);
    QCOMPARE(policy->loopback, Loopback::Refused);
    QVERIFY(policy->extraCa.isEmpty());
}

void PolicyTest::refusesEverythingElse_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no version") << QByteArray(R"({"servers":{}})");
    QTest::newRow("version 2") << QByteArray(R"({"version":2})");
    QTest::newRow("version as text") << QByteArray(R"({"version":"1"})");
    QTest::newRow("unknown member") << QByteArray(R"({"version":1,"tls":"off"})");
    QTest::newRow("unknown member of servers")
        << QByteArray(R"({"version":1,"servers":{"allow_http":true}})");
    QTest::newRow("member twice") << QByteArray(
        R"({"version":1,"servers":{"allow_loopback":false,"allow_loopback":true}})");
    QTest::newRow("loopback as number")
        << QByteArray(R"({"version":1,"servers":{"allow_loopback":1}})");
    QTest::newRow("servers as list") << QByteArray(R"({"version":1,"servers":[]})");
    QTest::newRow("one certificate, no list")
        << QByteArray(R"({"version":1,"servers":{"extra_ca":"x"}})");
    QTest::newRow("a certificate that is none")
        << QByteArray(R"({"version":1,"servers":{"extra_ca":["x"]}})");
    QTest::newRow("a key") << QByteArray(
        R"({"version":1,"servers":{"extra_ca":["-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"]}})");
    QTest::newRow("a certificate cut off") << QByteArray(
        R"({"version":1,"servers":{"extra_ca":["-----BEGIN CERTIFICATE-----\nMIIB"]}})");
    QTest::newRow("larger than 64 KiB") << QByteArray(R"({"version":1})") + QByteArray(65'536, ' ');
}

void PolicyTest::refusesEverythingElse()
{
    QFETCH(QByteArray, text);
    VERIFY_FAILS(readPolicy(text), Errc::PolicyRefused);
    VERIFY_FAILS(loadPolicyFile(write(text), m_profile, m_noSystemPolicy), Errc::PolicyRefused);
}

void PolicyTest::saysTheLine()
{
    QCOMPARE(readPolicy("{\"version\":1,\n\"servers\":{\n\"allow_http\":true}}").error().detail,
             QStringLiteral("line 3: unknown member"));
    QCOMPARE(readPolicy("{\"version\":1,\n,}").error().detail,
             QStringLiteral("line 2: a member's name is missing"));
}

void PolicyTest::takesAFileOfTheirOwnOnly()
{
    const QString path = write(m_good);
    VERIFY_OK(loadPolicyFile(path, m_profile, m_noSystemPolicy));
    VERIFY_FAILS(loadPolicyFile(path + QStringLiteral(".gone"), m_profile, m_noSystemPolicy),
                 Errc::PolicyRefused);
    VERIFY_FAILS(loadPolicyFile(m_folder.path(), m_profile, m_noSystemPolicy), Errc::PolicyRefused);
#if defined(Q_OS_UNIX)
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::WriteGroup));
    VERIFY_FAILS(loadPolicyFile(path, m_profile, m_noSystemPolicy), Errc::PolicyRefused);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::WriteOther));
    VERIFY_FAILS(loadPolicyFile(path, m_profile, m_noSystemPolicy), Errc::PolicyRefused);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    if (geteuid() == 0) {
        QCOMPARE(chown(qPrintable(path), 65534, 65534), 0);
        VERIFY_FAILS(loadPolicyFile(path, m_profile, m_noSystemPolicy), Errc::PolicyRefused);
        QVERIFY(QFile::remove(path));
    }
#endif
}

void PolicyTest::isNotForTheDefaultProfile()
{
    VERIFY_FAILS(loadPolicyFile(write(m_good), QStringLiteral("default"), m_noSystemPolicy),
                 Errc::PolicyFixed);
}

void PolicyTest::theMachinesPolicyIsFixed()
{
    const QString path = write(m_good);
    const QString systemWide = write(R"({"version":1})", QStringLiteral("system.json"));
    VERIFY_FAILS(loadPolicyFile(path, m_profile, systemWide), Errc::PolicyFixed);
    // One that nobody can make sense of is still not the person's to replace.
    VERIFY_FAILS(loadPolicyFile(path, m_profile, m_folder.path()), Errc::PolicyFixed);
}

QTEST_GUILESS_MAIN(PolicyTest)
#include "policy_test.moc"
