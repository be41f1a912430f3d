#include "core/scan/camera_obstacle.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace hufu {
namespace {

QStringList cameraNodes(const QString &devices)
{
    const QDir folder(devices);
    QStringList nodes;
    const QStringList names =
        folder.entryList({QStringLiteral("video*")}, QDir::Files | QDir::System);
    for (const QString &name : names)
        nodes.append(folder.filePath(name));
    return nodes;
}

bool isReadWrite(const QString &path)
{
    const QFileInfo info(path);
    return info.isReadable() && info.isWritable();
}

/// Whether a process hands the camera on to others.
bool isMediator(const QDir &process)
{
    QFile file(process.filePath(QStringLiteral("comm")));
    if (!file.open(QIODevice::ReadOnly))
        return true; // it has ended meanwhile
    const QByteArray name = file.readLine().trimmed();
    return name == "pipewire" || name == "wireplumber";
}

} // namespace

bool areCamerasRefused(const CameraFiles &files)
{
    const QStringList nodes = cameraNodes(files.devices);
    return !nodes.isEmpty() && std::ranges::none_of(nodes, [&files](const QString &node) {
        return files.mayUse ? files.mayUse(node) : isReadWrite(node);
    });
}

bool isCameraInUse(const CameraFiles &files)
{
    const QStringList nodes = cameraNodes(files.devices);
    if (nodes.isEmpty())
        return false;
    const QString own = QString::number(QCoreApplication::applicationPid());
    const QDir processes(files.processes);
    const QStringList pids = processes.entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
    return std::ranges::any_of(pids, [&](const QString &pid) {
        const QDir process(processes.filePath(pid));
        if (pid == own || isMediator(process))
            return false;
        const QDir open(process.filePath(QStringLiteral("fd")));
        const QFileInfoList links = open.entryInfoList(QDir::Files | QDir::System);
        return std::ranges::any_of(links, [&nodes](const QFileInfo &link) {
            return nodes.contains(link.symLinkTarget());
        });
    });
}

} // namespace hufu
