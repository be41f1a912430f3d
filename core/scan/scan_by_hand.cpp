#include "core/scan/scan_by_hand.h"

#include "core/scan/camera_scan.h"
#include "core/scan/scan_job.h"

#include <QFile>
#include <QFileInfo>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace hufu {
namespace {

/// Writes a JSON text piece by piece, so that no copy of a scanned text is left behind.
void printJsonText(std::FILE *to, std::string_view text)
{
    std::fputc('"', to);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            std::fprintf(to, "\\%c", c);
        else if (byte < 0x20)
            std::fprintf(to, "\\u%04x", byte);
        else
            std::fputc(c, to);
    }
    std::fputc('"', to);
}

const char *sentenceOf(Errc code)
{
    switch (code) {
    case Errc::FileUnreadable:
        return "The file cannot be read.";
    case Errc::PictureTooLarge:
        return "The picture is too large.";
    case Errc::PictureUnreadable:
        return "This is not a picture that can be read.";
    case Errc::ScreenUnavailable:
        return "The screen cannot be read here.";
    case Errc::CameraMissing:
        return "There is no camera.";
    case Errc::CameraRefused:
        return "The camera may not be used.";
    case Errc::CameraBusy:
        return "The camera is in use by another program.";
    case Errc::CameraGone:
        return "The camera gives no picture.";
    case Errc::ScreenRefused:
        return "The screen may not be read.";
    default:
        return "The scan did not work.";
    }
}

int printFailure(const Error &error)
{
    std::fputs("{\"version\":1,\"error\":{\"code\":", stderr);
    printJsonText(stderr, errcName(error.code).toStdString());
    std::fputs(",\"message\":", stderr);
    printJsonText(stderr, sentenceOf(error.code));
    std::fputs(",\"detail\":", stderr);
    printJsonText(stderr, error.detail.toStdString());
    std::fputs("}}\n", stderr);
    return EXIT_FAILURE;
}

void printCode(const FoundCode &code, const std::string &source)
{
    std::fputs("{\"source\":", stdout);
    printJsonText(stdout, source);
    std::fputs(",\"outline\":[", stdout);
    for (std::size_t i = 0; i < code.outline.size(); ++i)
        std::printf("%s[%d,%d]", i > 0 ? "," : "", code.outline[i].x(), code.outline[i].y());
    std::fputs("],\"text\":", stdout);
    if (code.tooLong)
        std::fputs("null", stdout);
    else
        printJsonText(stdout, code.text.text());
    std::fputs("}", stdout);
}

int print(const Result<ScanReport> &report, const QString &pictureName)
{
    if (!report)
        return printFailure(report.error());
    std::fputs("{\"version\":1,\"found\":[", stdout);
    bool first = true;
    for (const FoundCode &code : report->codes) {
        const QString &name = report->searched[static_cast<std::size_t>(code.source)].name;
        if (!std::exchange(first, false))
            std::fputs(",", stdout);
        printCode(code, (name.isEmpty() ? pictureName : name).toStdString());
    }
    std::fputs("]}\n", stdout);
    return std::fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (QFileInfo(path).isDir())
        return failure(Errc::FileUnreadable, QStringLiteral("a folder"));
    if (!file.open(QIODevice::ReadOnly))
        return failure(Errc::FileUnreadable, file.errorString());
    QByteArray bytes = file.read(static_cast<qint64>(largestPicture) + 1);
    if (file.error() != QFileDevice::NoError)
        return failure(Errc::FileUnreadable, file.errorString());
    if (static_cast<std::size_t>(bytes.size()) > largestPicture)
        return failure(Errc::PictureTooLarge, QStringLiteral("more than 16 MiB"));
    return bytes;
}

} // namespace

int scanImageByHand(const QString &path)
{
    const Result<QByteArray> encoded = readFile(path);
    if (!encoded)
        return printFailure(encoded.error());
    return print(searchPicture(*encoded), path);
}

int scanScreensByHand()
{
    return print(
        searchScreens(
            {},
            [] {
                printFailure({Errc::ScreenUnavailable, QStringLiteral("the display refuses us")});
            }),
        QStringLiteral("portal"));
}

int scanCamerasByHand()
{
    const int status = print(searchCameras(), {});
    std::fflush(nullptr);
    std::_Exit(status); // see PlatformCameras
}

} // namespace hufu
