// The messages between the client and the helper, both directions: the stream in pieces of the
// fuzzer's choice, and each message through the reader of its kind. The first byte says whose
// stream it is and how it is cut.

#include "core/scan/messages.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace hufu;

namespace {

void expect(bool good)
{
    if (!good)
        std::abort();
}

/// What was read must be within the limits that its users rely on.
void read(const Message &message)
{
    switch (message.kind) {
    case MessageKind::Hello:
    case MessageKind::HelperHello:
        static_cast<void>(readHello(message).has_value());
        return;
    case MessageKind::Picture:
        if (const auto picture = readPicture(message))
            expect(picture->size() <= largestPicture);
        return;
    case MessageKind::Screens:
        if (const auto screens = readScreens(message))
            expect(static_cast<std::size_t>(screens->ownWindows.size()) <= mostOwnWindows);
        return;
    case MessageKind::Icon:
        if (const auto icon = readIcon(message))
            expect(icon->edge >= 1 && icon->edge <= largestIconEdge);
        return;
    case MessageKind::DrawnIcon:
        if (const auto icon = readDrawnIcon(message))
            expect(icon->rgba.size() == qsizetype{4} * icon->edge * icon->edge);
        return;
    case MessageKind::Found:
        if (const auto code = readFound(message)) {
            expect(code->text.size() <= longestScannedText && code->part <= code->parts);
            expect(!code->tooLong || code->text.empty());
        }
        return;
    case MessageKind::Frame:
        if (const auto frame = readFrame(message))
            expect(frame->rgb.size() == qsizetype{3} * frame->width * frame->height);
        return;
    case MessageKind::Done:
        if (const auto done = readDone(message))
            expect(done->took.count() >= 0);
        return;
    case MessageKind::Error:
        if (const auto error = readError(message))
            expect(error->detail.size() <= 200);
        return;
    default:
        return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const bool isClient = (data[0] & 1) != 0;
    const std::size_t step = 1 + (data[0] >> 1);
    std::span<const std::byte> rest = std::as_bytes(std::span(data, size)).subspan(1);
    // A header may claim 17 MiB, for which room is made: no need to try more than the limits.
    MessageReader reader(isClient ? MessageReader::From::Client : MessageReader::From::Helper);
    for (;;) {
        const Result<std::optional<Message>> message =
            reader.next([&rest, step](std::span<std::byte> room) {
                const std::size_t count = std::min({step, rest.size(), room.size()});
                std::ranges::copy(rest.first(count), room.begin());
                rest = rest.subspan(count);
                return static_cast<qint64>(count);
            });
        if (!message || !*message)
            return 0;
        read(**message);
    }
}
