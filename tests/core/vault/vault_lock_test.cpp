#include "core/vault/platform_lock_file.h"
#include "core/vault/vault_lock.h"
#include "tests/core/vault/waited_outcome.h"

#include <QFile>
#include <QTemporaryDir>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

using namespace hufu;
using namespace Qt::StringLiterals;

class VaultLockTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void oneWhoIsKilledBeforeHisNameIsWrittenHoldsNothing();
    void aYoungLockStays();
    void aLockWithANameStays();
    void aLockThatSomebodyHoldsStays();

private:
    void makeLock(const QByteArray &content, int age);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void VaultLockTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"vault.lock"_s);
}

/// @param age  seconds since it was written
void VaultLockTest::makeLock(const QByteArray &content, int age)
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size() &&
            file.flush());
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-age),
                             QFileDevice::FileModificationTime));
}

void VaultLockTest::oneWhoIsKilledBeforeHisNameIsWrittenHoldsNothing()
{
    makeLock({}, 60);
    VaultLock lock(m_folder->path(), nullptr);
    std::optional<Result<void>> answer;
    lock.acquire([&answer](Result<void> result) { answer = std::move(result); });
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 5000);
    VERIFY_OK(*answer);
    QVERIFY(lock.isHeld());
}

void VaultLockTest::aYoungLockStays()
{
    makeLock({}, 0); // its maker may be about to write
    QVERIFY(!removeAbandonedLock(m_path));
    QVERIFY(QFile::exists(m_path));
}

void VaultLockTest::aLockWithANameStays()
{
    makeLock("1\nhufu\nhost\n", 60); // QLockFile judges by the name
    QVERIFY(!removeAbandonedLock(m_path));
    QVERIFY(QFile::exists(m_path));
}

void VaultLockTest::aLockThatSomebodyHoldsStays()
{
#ifdef Q_OS_UNIX
    makeLock({}, 60);
    const int holder = ::open(QFile::encodeName(m_path).constData(), O_RDWR | O_CLOEXEC);
    QCOMPARE(::flock(holder, LOCK_EX | LOCK_NB), 0);
    QVERIFY(!removeAbandonedLock(m_path));
    ::close(holder);
    QVERIFY(removeAbandonedLock(m_path));
    QVERIFY(!QFile::exists(m_path));
#else
    QSKIP("locks of Unix");
#endif
}

QTEST_GUILESS_MAIN(VaultLockTest)
#include "vault_lock_test.moc"
