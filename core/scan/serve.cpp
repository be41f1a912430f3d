#include "core/scan/serve.h"

#include "core/scan/messages.h"
#include "core/scan/platform_pipes.h"
#include "core/scan/scan_job.h"

#include <cstdlib>
#include <thread>

namespace hufu {
namespace {

/// The next message of the client; nothing at the end of the input or if it breaks the rules.
std::optional<Message> nextMessage(MessageReader &reader, const HelperPipes &pipes)
{
    Result<std::optional<Message>> message =
        reader.next([&pipes](std::span<std::byte> room) { return pipes.read(room); });
    return message ? std::move(*message) : std::nullopt;
}

bool send(const HelperPipes &pipes, const Result<SecretBytes> &message)
{
    return message && pipes.write(message->view());
}

bool sendError(const HelperPipes &pipes, const Error &error)
{
    return send(pipes, writeError(error));
}

bool sendBulk(const HelperPipes &pipes, const Result<QByteArray> &message)
{
    return message && pipes.write(std::as_bytes(std::span(
                          message->constData(), static_cast<std::size_t>(message->size()))));
}

bool sendReport(const HelperPipes &pipes, const ScanReport &report)
{
    for (const FoundCode &code : report.codes) {
        if (!send(pipes, writeFound(code)))
            return false;
    }
    for (const SourcePreview &preview : report.previews) {
        if (!sendBulk(pipes, writeFrame(preview)))
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
        return icon ? sendBulk(pipes, writeDrawnIcon(*icon)) : sendError(pipes, icon.error());
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
    if (request->kind == MessageKind::Hello)
        return EXIT_FAILURE;

    std::thread watch(endWithInput, std::move(reader), std::cref(pipes));
    if (!answer(*request, pipes))
        std::_Exit(EXIT_FAILURE);
    watch.join(); // which never returns
    return EXIT_SUCCESS;
}

} // namespace hufu
