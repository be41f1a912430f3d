#include "ui/unlock_slide.h"

#include "ui/icons.h"
#include "ui/tokens.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr int slideTime = 180; // ms, look.md 6

// Of resources/art: in locked.svg, 62 by 52, each half stands 5 further out than in joined.svg.
constexpr double lockedHeight = 52;
constexpr double apart = 5;

} // namespace

UnlockSlide *UnlockSlide::begin(const QRect &area, const QRect &tally, QWidget &parent)
{
    if (parent.style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, &parent) == 0)
        return nullptr;
    auto *slide = new UnlockSlide(tally.translated(-area.topLeft()), parent);
    slide->setGeometry(area);
    slide->m_motion.start();
    slide->show();
    slide->raise();
    return slide;
}

UnlockSlide::UnlockSlide(const QRect &tally, QWidget &parent)
    : QWidget(&parent)
    , m_tally(tally)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_motion.setStartValue(1.0);
    m_motion.setEndValue(0.0);
    m_motion.setDuration(slideTime);
    m_motion.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_motion, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    connect(&m_motion, &QVariantAnimation::finished, this, &QObject::deleteLater);
}

void UnlockSlide::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.fillRect(rect(), tokens.window);
    const int edge = m_tally.height();
    const QPixmap joined =
        drawing(u"art/joined"_s, {edge, edge}, tokens.accentText, devicePixelRatioF());
    const double shift = distance() * apart * edge / lockedHeight;
    const QPointF corner(m_tally.center().x() + 0.5 - edge / 2.0, m_tally.top());
    const double half = edge / 2.0;
    const double scale = joined.devicePixelRatio();
    const QSizeF pixels(half * scale, edge * scale);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(QRectF(corner - QPointF(shift, 0), QSizeF(half, edge)), joined,
                       QRectF({0, 0}, pixels));
    painter.drawPixmap(QRectF(corner + QPointF(half + shift, 0), QSizeF(half, edge)), joined,
                       QRectF({pixels.width(), 0}, pixels));
}

} // namespace hufu
