#include "core/scan/scan_run.h"

#include <algorithm>

namespace hufu {
namespace {

bool fitsInto(const FoundCode &code, const SearchedSource &source)
{
    return std::ranges::all_of(code.outline, [&source](QPoint corner) {
        return corner.x() <= source.width && corner.y() <= source.height;
    });
}

} // namespace

void ScanRun::start(const Order &order, QObject *context, Answer<ScanReport> answer)
{
    (new ScanRun(context, std::move(answer)))->begin(order);
}

ScanRun::ScanRun(QObject *context, Answer<ScanReport> answer)
    : HelperRun(context)
    , m_answer(std::move(answer))
{
}

Result<HelperRun::Progress> ScanRun::take(const Message &message)
{
    switch (message.kind) {
    case MessageKind::Found:
        return takeFound(message);
    case MessageKind::Frame:
        return takeFrame(message);
    case MessageKind::Done:
        return takeDone(message);
    default:
        return outOfTurn("message");
    }
}

Result<HelperRun::Progress> ScanRun::takeFound(const Message &message)
{
    if (m_report.codes.size() == mostCodes)
        return outOfTurn("one code too many");
    Result<FoundCode> code = readFound(message);
    if (!code)
        return tl::unexpected(code.error());
    m_report.codes.push_back(std::move(*code));
    return Progress::More;
}

Result<HelperRun::Progress> ScanRun::takeFrame(const Message &message)
{
    if (m_report.previews.size() == mostPreviews)
        return outOfTurn("one frame too many");
    Result<SourcePreview> preview = readFrame(message);
    if (!preview)
        return tl::unexpected(preview.error());
    m_report.previews.push_back(std::move(*preview));
    return Progress::More;
}

Result<HelperRun::Progress> ScanRun::takeDone(const Message &message)
{
    Result<DoneMessage> done = readDone(message);
    if (!done)
        return tl::unexpected(done.error());
    const auto isSearched = [&done](int source) {
        return static_cast<std::size_t>(source) < done->searched.size();
    };
    for (const FoundCode &code : m_report.codes) {
        if (!isSearched(code.source) ||
            !fitsInto(code, done->searched[static_cast<std::size_t>(code.source)]))
            return failure(Errc::HelperFailed, QStringLiteral("a code outside of its source"));
    }
    for (const SourcePreview &preview : m_report.previews) {
        if (!isSearched(preview.source))
            return failure(Errc::HelperFailed, QStringLiteral("a frame of no source"));
    }
    m_report.searched = std::move(done->searched);
    m_report.took = done->took;
    return Progress::Complete;
}

void ScanRun::answer(Result<void> outcome)
{
    Result<ScanReport> report = std::move(m_report);
    if (!outcome)
        report = tl::unexpected(outcome.error());
    answerLater(context(), std::move(m_answer), std::move(report));
}

} // namespace hufu
