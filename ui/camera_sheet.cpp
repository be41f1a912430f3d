// How the sheet looks; what the camera says is in camera_sheet_source.cpp.

#include "ui/camera_sheet.h"

#include "ui/button.h"
#include "ui/camera_view.h"
#include "ui/header_button.h"
#include "ui/measures.h"
#include "ui/segments.h"
#include "ui/setting_rows.h"
#include "ui/text.h"

#include <QKeyEvent>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hufu {
namespace {

constexpr double sheetWidth = 600;
constexpr auto outlineStays = 500ms;  // a code is not read on every frame that shows it
constexpr auto explanationStays = 6s; // long enough to be read when the code is gone

} // namespace

CameraSheet::CameraSheet(Seams seams, const CameraSettings &settings, QWidget *parent)
    : Sheet(tr("Scan a code"), sheetWidth, parent)
    , m_seams(std::move(seams))
    , m_settings(settings)
{
    QVBoxLayout *column = newContent();
    addSegments(column);
    column->addSpacing(px(16));
    auto *stage = new QWidget;
    m_stage = new QStackedLayout(stage);
    m_view = new CameraView;
    m_view->setMirrored(m_settings.isMirrored);
    m_stage->addWidget(m_view);
    column->addWidget(stage);
    column->addSpacing(px(8));
    addDeviceRow(column);
    column->addStretch(1);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(px(4), 0, 0, 0);
    row->setSpacing(px(16));
    row->addWidget((new Text(tr("Pictures stay on this computer and are not kept."), Type::Small,
                             Text::Tint::Quiet))
                       ->wrapped(),
                   1);
    m_cancel = new Button(tr("Cancel"), Button::Look::Outlined);
    connect(m_cancel, &Button::clicked, this, &QDialog::reject);
    row->addWidget(m_cancel);
    foot()->addLayout(row);
    m_cancel->setFocus();

    for (QTimer *timer : {&m_hold, &m_unseen, &m_useless})
        timer->setSingleShot(true);
    m_hold.setInterval(holdTime);
    m_unseen.setInterval(outlineStays);
    m_useless.setInterval(explanationStays);
    connect(&m_hold, &QTimer::timeout, this, &CameraSheet::goOn);
    connect(&m_unseen, &QTimer::timeout, this, [this] { m_view->setOutlines({}); });
    connect(&m_useless, &QTimer::timeout, this, &CameraSheet::showPicture);
    connect(m_view, &CameraView::framePainted, this, &CameraSheet::welcomeFrame);
    startSource();
}

CameraSheet::~CameraSheet() = default;

void CameraSheet::addSegments(QVBoxLayout *column)
{
    auto *bar = new SegmentBar;
    const auto add = [this, bar](const QString &icon, const QString &words, const QString &name,
                                 const QKeySequence &keys, Way way) {
        QAbstractButton *segment = bar->add(icon, words, name, keys);
        connect(segment, &QAbstractButton::clicked, this, [this, way] { leave(way); });
    };
    add(u"scan-screen"_s, tr("Screen"), tr("Scan the screen"), Qt::CTRL | Qt::Key_S,
        &CameraSheet::screenRequested);
    QAbstractButton *camera =
        bar->add(u"camera"_s, tr("Camera"), tr("Use the camera"), Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    camera->setCheckable(true);
    camera->setChecked(true);
    connect(camera, &QAbstractButton::clicked, camera, [camera] { camera->setChecked(true); });
    add(u"image"_s, tr("Picture"), tr("Open a picture"), Qt::CTRL | Qt::Key_O,
        &CameraSheet::pictureRequested);
    add(u"clipboard"_s, tr("Clipboard"), tr("Paste a picture or link"), QKeySequence::Paste,
        &CameraSheet::pasteRequested);
    column->addWidget(bar);
}

void CameraSheet::addDeviceRow(QVBoxLayout *column)
{
    m_deviceRow = new QWidget;
    auto *row = new QHBoxLayout(m_deviceRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(px(4));
    m_box = new PickBox(tr("Camera"), {});
    m_box->setPlaceholder(tr("Choose a camera"));
    m_box->setIconName(u"camera"_s);
    m_box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_box, &PickBox::picked, this, &CameraSheet::choose);
    auto *mirror =
        new HeaderButton(HeaderButton::Shape::Boxed, u"flip"_s, tr("Mirror the picture"));
    mirror->setToolTip(tr("Mirror the picture"));
    mirror->setCheckable(true);
    mirror->setChecked(m_settings.isMirrored);
    connect(mirror, &QAbstractButton::toggled, this, [this](bool isOn) {
        m_settings.isMirrored = isOn;
        m_view->setMirrored(isOn);
        emit settingsChanged(m_settings);
    });
    row->addWidget(m_box, 1);
    row->addWidget(mirror);
    column->addWidget(m_deviceRow);
    m_deviceRow->hide();
}

void CameraSheet::done(int result)
{
    m_hold.stop();
    m_source.reset();
    m_found.clear();
    Sheet::done(result);
}

void CameraSheet::leave(Way way)
{
    reject();
    emit(this->*way)();
}

void CameraSheet::keyPressEvent(QKeyEvent *event)
{
    const bool isCtrl = event->modifiers() == Qt::ControlModifier;
    if (isCtrl && event->key() == Qt::Key_S)
        leave(&CameraSheet::screenRequested);
    else if (isCtrl && event->key() == Qt::Key_O)
        leave(&CameraSheet::pictureRequested);
    else if (event->matches(QKeySequence::Paste))
        leave(&CameraSheet::pasteRequested);
    else
        Sheet::keyPressEvent(event);
}

void CameraSheet::showPicture()
{
    m_useless.stop();
    if (m_hold.isActive())
        m_view->say({tr("Reading the code…"), {}});
    else if (m_state == CameraState::Starting)
        m_view->say({tr("Starting the camera…"), {}});
    else
        m_view->say({tr("Hold the code in front of the camera"), {}});
    m_stage->setCurrentWidget(m_view);
    if (!focusWidget() || !focusWidget()->isVisibleTo(this))
        m_cancel->setFocus();
}

void CameraSheet::showNotice(const Explanation &words, std::function<void()> again)
{
    m_hold.stop();
    m_useless.stop();
    m_found.clear();
    m_view->setFrame(nullptr);
    m_view->setOutlines({});
    if (m_notice) { // the button that brought this may be in it
        m_stage->removeWidget(m_notice);
        m_notice->hide();
        m_notice->deleteLater();
    }
    const NoticeCard notice =
        makeNotice(Card::Tint::Plain, u"camera"_s, words.headline, words.rest);
    auto *links = new QHBoxLayout;
    links->setSpacing(px(8));
    const auto add = [this, links](const QString &name, std::function<void()> action) {
        auto *link = new Button(name, Button::Look::Link);
        connect(link, &Button::clicked, this, std::move(action));
        links->addWidget(link);
        return link;
    };
    Button *first = again ? add(tr("Try again"), std::move(again)) : nullptr;
    Button *screen = add(tr("Scan the screen"), [this] { leave(&CameraSheet::screenRequested); });
    add(tr("Open a picture"), [this] { leave(&CameraSheet::pictureRequested); });
    links->addStretch(1);
    notice.column->addLayout(links);
    m_notice = new QWidget;
    auto *column = new QVBoxLayout(m_notice);
    column->setContentsMargins(0, 0, 0, 0);
    column->addStretch(1);
    column->addWidget(notice.card);
    column->addStretch(1);
    m_stage->addWidget(m_notice);
    m_stage->setCurrentWidget(m_notice);
    (first ? first : screen)->setFocus();
    setAccessibleDescription(words.whole());
    fit();
}

} // namespace hufu
