// What the camera says, and what the sheet makes of it.

#include "ui/camera_sheet.h"
#include "ui/camera_view.h"
#include "ui/measures.h"
#include "ui/setting_rows.h"

#include <QStackedLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr double previewWidth = 600 - 2 * 24; // of the sheet, without its padding
constexpr int mostPixels = 640;               // of a frame's width

CameraView::Outline outlineOf(const std::array<QPoint, 4> &corners, bool isUsable)
{
    QPolygonF polygon;
    for (const QPoint &corner : corners)
        polygon << corner;
    return {polygon, isUsable};
}

/// The frame as it was seen: what a mirror shows is the other way round.
SourcePreview asSeen(const SourcePreview &frame, bool isMirrored)
{
    SourcePreview seen = frame;
    seen.source = 0;
    for (int y = 0; isMirrored && y < seen.height; ++y) {
        char *row = seen.rgb.data() + qsizetype(3) * seen.width * y;
        for (int left = 0, right = seen.width - 1; left < right; ++left, --right)
            std::swap_ranges(row + 3 * left, row + 3 * left + 3, row + 3 * right);
    }
    return seen;
}

} // namespace

void CameraSheet::startSource()
{
    m_devices.clear();
    m_open.reset();
    m_isFrameWelcome = false;
    m_source = m_seams.makeSource ? m_seams.makeSource() : nullptr;
    if (!m_source)
        return takeState(CameraState::None);
    CameraSource *source = m_source.get();
    connect(source, &CameraSource::devicesChanged, this, &CameraSheet::takeDevices);
    connect(source, &CameraSource::stateChanged, this, &CameraSheet::takeState);
    connect(source, &CameraSource::failed, this, &CameraSheet::takeFailure);
    connect(source, &CameraSource::frame, this,
            [this](const std::shared_ptr<const SourcePreview> &frame) {
                m_isFrameWelcome = false;
                m_view->setFrame(frame);
            });
    connect(source, &CameraSource::found, this,
            [this](const std::shared_ptr<const ScanReport> &report) { takeFound(*report); });
    takeState(CameraState::Starting);
    source->start();
}

void CameraSheet::takeDevices(const std::vector<CameraDevice> &devices)
{
    m_devices = devices;
    const auto like = [this](const QString &id, const QString &name) {
        const auto sameId = std::ranges::find(m_devices, id, &CameraDevice::id);
        return sameId != m_devices.end() ? sameId
                                         : std::ranges::find(m_devices, name, &CameraDevice::name);
    };
    if (!m_open) {
        auto wanted = like(m_settings.id, m_settings.name);
        if (wanted == m_devices.end())
            wanted = m_devices.begin();
        if (wanted == m_devices.end())
            takeState(CameraState::None);
        else
            openDevice(*wanted);
    } else if (m_state == CameraState::Gone) {
        // Plugged in again, perhaps at another place.
        if (const auto same = like(m_open->id, m_open->name); same != m_devices.end())
            openDevice(*same);
    } else if (std::ranges::find(m_devices, m_open->id, &CameraDevice::id) == m_devices.end()) {
        takeState(CameraState::Gone);
    }
    listDevices();
}

void CameraSheet::listDevices()
{
    QList<PickBox::Option> options;
    qsizetype current = -1;
    for (std::size_t i = 0; i < m_devices.size(); ++i) {
        const QString &name = m_devices[i].name;
        const auto same =
            std::count_if(m_devices.begin(), m_devices.begin() + static_cast<std::ptrdiff_t>(i),
                          [&name](const CameraDevice &device) { return device.name == name; });
        options.append({static_cast<int>(i),
                        same == 0 ? name : u"%1 (%2)"_s.arg(name, QString::number(same + 1))});
        if (m_open && m_devices[i].id == m_open->id)
            current = static_cast<qsizetype>(i);
    }
    m_box->setOptions(options, current);
    const bool hasSome = !m_devices.empty();
    if (m_deviceRow->isHidden() == hasSome) {
        m_deviceRow->setVisible(hasSome);
        fit();
    }
}

void CameraSheet::choose(int index)
{
    const CameraDevice device = m_devices.at(static_cast<std::size_t>(index));
    m_settings.id = device.id;
    m_settings.name = device.name;
    emit settingsChanged(m_settings);
    openDevice(device);
}

void CameraSheet::openDevice(const CameraDevice &device)
{
    m_open = device;
    m_hold.stop();
    m_found.clear();
    m_view->setFrame(nullptr);
    m_view->setOutlines({});
    takeState(CameraState::Starting);
    const double pixels = px(previewWidth) * devicePixelRatioF();
    m_source->open(device.id, qBound(1, qRound(pixels), mostPixels));
    welcomeFrame();
}

/// One frame at a time, so that a slow window has none waiting for it.
void CameraSheet::welcomeFrame()
{
    if (m_source && !std::exchange(m_isFrameWelcome, true))
        m_source->welcomeFrame();
}

void CameraSheet::takeState(CameraState state)
{
    // A camera that was there is not "none", whichever of the two is said of it last.
    m_state = state == CameraState::None && m_open ? CameraState::Gone : state;
    const auto openAgain = [this] {
        if (m_open)
            openDevice(*m_open);
        else
            startSource();
    };
    switch (m_state) {
    case CameraState::Starting:
        return showPicture();
    case CameraState::Live:
        welcomeFrame(); // one may have come that was never painted
        return showPicture();
    case CameraState::NoFrames:
        return showNotice({tr("The camera shows nothing."),
                           tr("Uncover it or switch it on. You can also scan the screen, or open "
                              "a picture of the code.")});
    case CameraState::Gone:
        return showNotice(ErrorText::of(Errc::CameraGone));
    case CameraState::Busy:
        return showNotice(ErrorText::of(Errc::CameraBusy), openAgain);
    case CameraState::Refused:
        return showNotice(ErrorText::of(Errc::CameraRefused), openAgain);
    case CameraState::None:
        return showNotice(ErrorText::of(Errc::CameraMissing));
    }
}

void CameraSheet::takeFailure(const Error &error)
{
    m_source->disconnect(this);
    m_devices.clear();
    listDevices();
    showNotice(ErrorText::of(error.code), [this] { startSource(); });
}

void CameraSheet::takeFound(const ScanReport &report)
{
    if (report.codes.empty() || m_stage->currentWidget() != m_view)
        return;
    SortedCodes sorted = m_seams.sort(report);
    QList<CameraView::Outline> outlines;
    for (const ReadingPtr &reading : sorted.readings)
        outlines << outlineOf(reading->outline, true);
    for (const auto &corners : sorted.useless)
        outlines << outlineOf(corners, false);
    if (!m_hold.isActive() || !sorted.readings.empty()) // what is held stays outlined
        m_view->setOutlines(outlines);
    m_unseen.start();
    if (!sorted.readings.empty()) {
        // A second code may be read only on a later frame than the first.
        if (sorted.readings.size() > m_found.size())
            m_found = std::move(sorted.readings);
        if (!m_hold.isActive()) {
            m_hold.start();
            showPicture();
        }
    } else if (!m_hold.isActive() && sorted.reason) {
        m_view->say(*sorted.reason);
        m_useless.start();
    }
}

void CameraSheet::goOn()
{
    const std::vector<ReadingPtr> readings = std::move(m_found);
    ScanReport seen;
    if (const auto frame = m_view->frame()) {
        seen.searched.push_back({m_open ? m_open->name : QString(), frame->width, frame->height});
        seen.previews.push_back(asSeen(*frame, m_settings.isMirrored));
        for (const ReadingPtr &reading : readings) {
            reading->source = 0;
            for (QPoint &corner : reading->outline)
                corner.setX(m_settings.isMirrored ? frame->width - corner.x() : corner.x());
        }
    }
    accept();
    emit found(readings, std::make_shared<const ScanReport>(std::move(seen)));
}

} // namespace hufu
