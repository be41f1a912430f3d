#include "core/scan/camera_obstacle.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;

namespace {

/// A system with folders for its devices and its processes.
class FakeSystem
{
public:
    FakeSystem()
    {
        files.devices = make(QStringLiteral("dev"));
        files.processes = make(QStringLiteral("proc"));
        files.mayUse = [this](const QString &path) { return usable.contains(path); };
    }

    QString addDevice(const QString &name) const
    {
        const QString path = files.devices + u'/' + name;
        write(path, {});
        return path;
    }

    void addProcess(const QString &pid, const QByteArray &name, const QString &opened) const
    {
        const QString folder = make(QStringLiteral("proc/") + pid + QStringLiteral("/fd"));
        write(folder + QStringLiteral("/../comm"), name + '\n');
        if (!QFile::link(opened, folder + QStringLiteral("/7")))
            qFatal("No link can be made.");
    }

    CameraFiles files;
    QStringList usable;

private:
    [[nodiscard]] QString make(const QString &name) const
    {
        QDir(m_folder.path()).mkpath(name);
        return m_folder.filePath(name);
    }

    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("The temporary folder cannot be written.");
    }

    QTemporaryDir m_folder;
};

} // namespace

class CameraObstacleTest : public QObject
{
    Q_OBJECT

private slots:
    void noCameraIsNeitherRefusedNorInUse();
    void camerasAreRefusedIfNoneMayBeUsed();
    void anotherProgramUsesTheCamera();
    void whoDoesNotCount_data();
    void whoDoesNotCount();
};

void CameraObstacleTest::noCameraIsNeitherRefusedNorInUse()
{
    const FakeSystem system;
    const QString disk = system.addDevice(QStringLiteral("sda"));
    system.addProcess(QStringLiteral("7"), "editor", disk);
    QVERIFY(!areCamerasRefused(system.files));
    QVERIFY(!isCameraInUse(system.files));
}

void CameraObstacleTest::camerasAreRefusedIfNoneMayBeUsed()
{
    FakeSystem system;
    system.addDevice(QStringLiteral("video0"));
    const QString second = system.addDevice(QStringLiteral("video1"));
    QVERIFY(areCamerasRefused(system.files));
    system.usable = {second};
    QVERIFY(!areCamerasRefused(system.files));
}

void CameraObstacleTest::anotherProgramUsesTheCamera()
{
    const FakeSystem system;
    const QString camera = system.addDevice(QStringLiteral("video0"));
    QVERIFY(!isCameraInUse(system.files));
    system.addProcess(QStringLiteral("4711"), "video-call", camera);
    QVERIFY(isCameraInUse(system.files));
}

void CameraObstacleTest::whoDoesNotCount_data()
{
    QTest::addColumn<QString>("pid");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("device");
    const QString camera = QStringLiteral("video0");
    QTest::newRow("PipeWire") << QStringLiteral("12") << QByteArray("pipewire") << camera;
    QTest::newRow("WirePlumber") << QStringLiteral("12") << QByteArray("wireplumber") << camera;
    QTest::newRow("we ourselves") << QString::number(QCoreApplication::applicationPid())
                                  << QByteArray("hufu-scanner") << camera;
    QTest::newRow("a program with another file")
        << QStringLiteral("12") << QByteArray("video-call") << QStringLiteral("null");
    QTest::newRow("what is no process")
        << QStringLiteral("self") << QByteArray("video-call") << camera;
}

void CameraObstacleTest::whoDoesNotCount()
{
    QFETCH(QString, pid);
    QFETCH(QByteArray, name);
    QFETCH(QString, device);
    const FakeSystem system;
    system.addDevice(QStringLiteral("video0"));
    system.addProcess(pid, name, system.addDevice(device));
    QVERIFY(!isCameraInUse(system.files));
}

QTEST_GUILESS_MAIN(CameraObstacleTest)
#include "camera_obstacle_test.moc"
