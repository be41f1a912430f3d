#include "core/scan/scanner_client.h"

#include "core/scan/camera_run.h"
#include "core/scan/icon_run.h"
#include "core/scan/messages.h"
#include "core/scan/scan_run.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace hufu {

ScannerClient::ScannerClient(QString helper, ScanPatience patience)
    : m_helper(std::move(helper))
    , m_patience(patience)
{
}

QString ScannerClient::besideThisProgram()
{
#if defined(Q_OS_WIN)
    const QString name = QStringLiteral("hufu-scanner.exe");
#else
    const QString name = QStringLiteral("hufu-scanner");
#endif
    const QDir here(QCoreApplication::applicationDirPath());
    const QString beside = here.filePath(name);
    if (QFileInfo(beside).isExecutable())
        return beside;
    return QDir::cleanPath(here.filePath(QStringLiteral("../libexec/hufu/") + name));
}

void ScannerClient::scanScreens(const QList<QRect> &ownWindows, QObject *context,
                                Answer<ScanReport> answer) const
{
    const Result<SecretBytes> request = writeScreens({ScreenWay::Choose, ownWindows});
    if (!request)
        return answerLater<ScanReport>(context, std::move(answer), tl::unexpected(request.error()));
    const std::string_view bytes = request->text();
    ScanRun::start({m_helper, QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())),
                    asksPortal(ScreenWay::Choose) ? m_patience.portal : m_patience.screens},
                   context, std::move(answer));
}

void ScannerClient::scanPicture(const QByteArray &encoded, QObject *context,
                                Answer<ScanReport> answer) const
{
    const Result<QByteArray> request = writePicture(encoded);
    if (!request)
        return answerLater<ScanReport>(context, std::move(answer), tl::unexpected(request.error()));
    ScanRun::start({m_helper, *request, m_patience.picture}, context, std::move(answer));
}

std::unique_ptr<CameraSource> ScannerClient::openCameras() const
{
    return std::make_unique<CameraRun>(m_helper, m_patience.camera);
}

void ScannerClient::readIcon(const QByteArray &encoded, int edge, QObject *context,
                             Answer<DrawnIcon> answer) const
{
    const Result<QByteArray> request = writeIcon({encoded, edge});
    if (!request)
        return answerLater<DrawnIcon>(context, std::move(answer), tl::unexpected(request.error()));
    IconRun::start({m_helper, *request, m_patience.picture}, edge, context, std::move(answer));
}

} // namespace hufu
