#include "ui/scan_flow.h"

#include <algorithm>

namespace hufu {
namespace {

bool isUsable(const Payload &payload)
{
    return !std::holds_alternative<NotOurs>(payload);
}

/// Why a code is of no use.
Explanation explain(const Result<Payload> &payload)
{
    if (!payload)
        return ErrorText::of(payload.error().code);
    return ErrorText::of(std::get<NotOurs>(*payload));
}

/// The same code on two screens, or in a picture of a screen, counts once.
bool isRepeated(const std::vector<FoundCode> &codes, std::size_t index)
{
    const FoundCode &code = codes[index];
    return std::any_of(codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(index),
                       [&code](const FoundCode &earlier) {
                           return !earlier.tooLong && !code.tooLong &&
                                  equalInConstantTime(earlier.text.view(), code.text.view());
                       });
}

/// The codes of an export that were found together are used together.
void joinExport(std::vector<ReadingPtr> &readings)
{
    ReadingPtr first;
    std::erase_if(readings, [&first](const ReadingPtr &reading) {
        auto *part = std::get_if<MigrationPart>(&reading->payload);
        if (part == nullptr)
            return false;
        if (first)
            first->further.push_back(std::move(*part));
        else
            first = reading;
        return first != reading;
    });
}

} // namespace

ScanFlow::ScanFlow(Seams seams, Loopback loopback, QObject *parent)
    : QObject(parent)
    , m_seams(std::move(seams))
    , m_loopback(loopback)
{
    m_uncover.setSingleShot(true);
    m_uncover.setInterval(uncoverTime);
    connect(&m_uncover, &QTimer::timeout, this, [this] { search(State::SearchingUncovered); });
}

ScanFlow::~ScanFlow() = default;

void ScanFlow::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    emit stateChanged();
}

QObject *ScanFlow::newContext()
{
    m_context = std::make_unique<QObject>();
    return m_context.get();
}

void ScanFlow::end()
{
    m_uncover.stop();
    m_context.reset();
    const bool wasHidden = m_state == State::Uncovering || m_state == State::SearchingUncovered;
    setState(State::Idle);
    if (wasHidden)
        m_seams.hideOwnWindows(false);
}

void ScanFlow::scanScreens()
{
    end();
    search(State::Searching);
}

void ScanFlow::search(State state)
{
    setState(state);
    const QList<QRect> covering = state == State::Searching ? m_seams.ownWindows() : QList<QRect>();
    m_seams.searchScreens(covering, newContext(),
                          [this](Result<ScanReport> result) { takeScreens(std::move(result)); });
}

void ScanFlow::takeScreens(Result<ScanReport> result)
{
    const bool mayUncover = m_state == State::Searching && result && result->codes.empty() &&
                            !m_seams.ownWindows().isEmpty();
    if (mayUncover) {
        setState(State::Uncovering);
        m_seams.hideOwnWindows(true);
        m_uncover.start();
        return;
    }
    end();
    if (!result) {
        emit failed(result.error());
    } else if (result->codes.empty()) {
        emit nothingOnScreens(std::make_shared<const ScanReport>(std::move(*result)));
    } else {
        sortOut(std::move(*result), LoginChannel::Screen);
    }
}

void ScanFlow::scanPicture(const QByteArray &encoded)
{
    end();
    setState(State::Searching);
    m_seams.searchPicture(encoded, newContext(), [this](Result<ScanReport> result) {
        end();
        if (!result)
            emit failed(result.error());
        else if (result->codes.empty())
            emit failed(Error{Errc::NoCodeFound, {}});
        else
            sortOut(std::move(*result), LoginChannel::Picture);
    });
}

bool ScanFlow::readText(std::string_view text)
{
    Result<Payload> payload = readPayload(text, PayloadOrigin::Text, m_loopback);
    if (payload) {
        const auto *notOurs = std::get_if<NotOurs>(&*payload);
        if (notOurs && notOurs->kind == NotOursKind::Text)
            return false;
    }
    end();
    if (payload && isUsable(*payload)) {
        auto reading = std::make_shared<Reading>();
        reading->payload = std::move(*payload);
        reading->origin = tr("Read from the clipboard");
        reading->channel = LoginChannel::Picture;
        emit usable(reading);
    } else {
        emit useless(explain(payload));
    }
    return true;
}

QString ScanFlow::originOf(const FoundCode &code, LoginChannel channel) const
{
    if (channel == LoginChannel::Screen)
        return tr("Read from screen %1").arg(code.source + 1);
    return channel == LoginChannel::Camera ? tr("Read by the camera") : tr("Read from a picture");
}

SortedCodes ScanFlow::sort(const ScanReport &report, LoginChannel channel) const
{
    SortedCodes sorted;
    for (std::size_t i = 0; i < report.codes.size(); ++i) {
        const FoundCode &code = report.codes[i];
        if (isRepeated(report.codes, i))
            continue;
        Result<Payload> payload =
            code.tooLong ? Result<Payload>(failure(Errc::UriTooLong))
                         : readPayload(code.text.text(), PayloadOrigin::Picture, m_loopback);
        if (payload && isUsable(*payload)) {
            sorted.readings.push_back(
                std::make_shared<Reading>(Reading{.payload = std::move(*payload),
                                                  .origin = originOf(code, channel),
                                                  .channel = channel,
                                                  .source = code.source,
                                                  .outline = code.outline}));
        } else {
            sorted.useless.push_back(code.outline);
            if (!sorted.reason)
                sorted.reason = explain(payload);
        }
    }
    joinExport(sorted.readings);
    return sorted;
}

void ScanFlow::sortOut(ScanReport report, LoginChannel channel)
{
    const SortedCodes sorted = sort(report, channel);
    if (sorted.readings.empty()) {
        emit useless(*sorted.reason);
    } else if (sorted.readings.size() == 1) {
        emit usable(sorted.readings.front());
    } else {
        for (FoundCode &code : report.codes)
            code.text.clear(); // the readings have what is needed of them
        emit severalUsable(sorted.readings, std::make_shared<const ScanReport>(std::move(report)));
    }
}

} // namespace hufu
