#include "core/scan/serve.h"

#include "core/scan/conversation.h"
#include "core/scan/scan_job.h"
#include "core/scan/serve_cameras.h"

#include <cstdlib>
#include <thread>

namespace hufu {
namespace {

bool sendError(const HelperPipes &pipes, const Error &error)
{
    return send(pipes, writeError(error));
}

bool sendReport(const HelperPipes &pipes, const ScanReport &report)
{
    for (const FoundCode &code : report.codes) {
        if (!send(pipes, writeFound(code)))
            return false;
    }
    for (const SourcePreview &preview : report.previews) {
        if (!send(pipes, writeFrame(preview)))
            return false;
    }
    return send(pipes, writeDone({report.searched, report.took}));
}

Result<ScanReport> scan(const Message &request, const HelperPipes &pipes)
{
    if (request.kind == MessageKind::Picture) {
        const Result<std::span<const std::byte>> encoded = readPicture(request);
        if (!encoded)
            return tl::unexpected(encoded.error());
        // Borrowed: the request outlives the search.
        return searchPicture(
            QByteArray::fromRawData(reinterpret_cast<const char *>(encoded->data()),
                                    static_cast<qsizetype>(encoded->size())));
    }
    const Result<ScreensRequest> screens = readScreens(request);
    if (!screens)
        return tl::unexpected(screens.error());
    return searchScreens(*screens, [&pipes] {
        sendError(pipes, {Errc::ScreenUnavailable, QStringLiteral("the display refuses us")});
    });
}

/// Does what is asked for and sends what came of it. False if nobody reads any more.
bool answer(const Message &request, const HelperPipes &pipes)
{
    if (request.kind == MessageKind::Icon) {
        const Result<IconRequest> order = readIcon(request);
        const Result<DrawnIcon> icon =
            order ? drawIconShutIn(*order) : tl::unexpected(order.error());
        return icon ? send(pipes, writeDrawnIcon(*icon)) : sendError(pipes, icon.error());
    }
    const Result<ScanReport> report = scan(request, pipes);
    return report ? sendReport(pipes, *report) : sendError(pipes, report.error());
}

/// Ends the process, whatever it is at, as soon as the input ends, says `stop`, or says anything
/// else: one scan a process.
void endWithInput(MessageReader reader, const HelperPipes &pipes)
{
    const std::optional<Message> message = nextMessage(reader, pipes);
    const bool isStop = message && message->kind == MessageKind::Stop;
    std::_Exit(isStop || !message ? EXIT_SUCCESS : EXIT_FAILURE);
}

} // namespace

int serve()
{
    const HelperPipes pipes;
    MessageReader reader(MessageReader::From::Client);
    if (!send(pipes, writeHello(MessageKind::HelperHello)))
        return EXIT_FAILURE;

    const std::optional<Message> hello = nextMessage(reader, pipes);
    if (!hello || hello->kind != MessageKind::Hello)
        return EXIT_FAILURE;
    if (const Result<void> read = readHello(*hello); !read) {
        sendError(pipes, read.error());
        return EXIT_FAILURE;
    }
    const std::optional<Message> request = nextMessage(reader, pipes);
    if (!request || request->kind == MessageKind::Stop)
        return EXIT_SUCCESS;
    if (request->kind == MessageKind::Cameras)
        return readBare(*request) ? serveCameras(std::move(reader), pipes) : EXIT_FAILURE;
    if (request->kind != MessageKind::Picture && request->kind != MessageKind::Screens &&
        request->kind != MessageKind::Icon)
        return EXIT_FAILURE;

    std::thread watch(endWithInput, std::move(reader), std::cref(pipes));
    if (!answer(*request, pipes))
        std::_Exit(EXIT_FAILURE);
    watch.join(); // which never returns
    return EXIT_SUCCESS;
}

} // namespace hufu
