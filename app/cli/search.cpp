#include "app/cli/search.h"

#include "core/scan/scanner_client.h"

#include <QFile>
#include <QFileInfo>

namespace hufu {
namespace {

constexpr qint64 largestPictureFile = 16 * 1024 * 1024; // contracts.md 1

} // namespace

Result<QByteArray> readPicture(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(Errc::FileUnreadable);
    QByteArray bytes = file.read(largestPictureFile + 1);
    if (file.error() != QFileDevice::NoError)
        return failure(Errc::FileUnreadable);
    if (bytes.size() > largestPictureFile)
        return failure(Errc::PictureTooLarge);
    return bytes;
}

void searchPicture(Session &session, const QString &path, Answer<ScanReport> answer)
{
    const Result<QByteArray> picture = readPicture(path);
    if (!picture) {
        answerLater<ScanReport>(&session, std::move(answer), tl::unexpected(picture.error()));
        return;
    }
    ScannerClient(ScannerClient::besideThisProgram())
        .scanPicture(*picture, &session, std::move(answer));
}

void searchNamed(Session &session, Answer<ScanReport> answer)
{
    if (!session.arguments().has("screen"))
        return searchPicture(session, session.arguments().operand(0), std::move(answer));
    ScannerClient(ScannerClient::besideThisProgram()).scanScreens({}, &session, std::move(answer));
}

LoginChannel channelNamed(const Session &session)
{
    return session.arguments().has("screen") ? LoginChannel::Screen : LoginChannel::Picture;
}

Result<Payload> payloadOf(const FoundCode &code, const Policy &policy)
{
    if (code.tooLong)
        return failure(Errc::UriTooLong);
    return readPayload(code.text.text(), PayloadOrigin::Picture, policy.loopback);
}

} // namespace hufu
