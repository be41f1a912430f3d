#include "ui/measures.h"

#include <QApplication>
#include <QEvent>
#include <QScreen>
#include <QWidget>

namespace hufu {
namespace {

constexpr double referencePixels = 14;
constexpr double smallestScale = 13.0 / 14.0;

struct Kind
{
    double times;
    QFont::Weight weight;
    double atLeastPixels;
};

// In the order of Type.
constexpr std::array kinds{
    Kind{2.14, QFont::Medium, 0},   Kind{1.71, QFont::DemiBold, 0}, Kind{1.50, QFont::Medium, 0},
    Kind{1.43, QFont::DemiBold, 0}, Kind{1.07, QFont::DemiBold, 0}, Kind{1.00, QFont::Normal, 0},
    Kind{1.00, QFont::DemiBold, 0}, Kind{1.00, QFont::Medium, 0},   Kind{0.93, QFont::Normal, 0},
    Kind{0.893, QFont::Normal, 0},  Kind{0.86, QFont::Normal, 11},  Kind{0.71, QFont::DemiBold, 9},
};

} // namespace

Measures::Measures(const QFont &applicationFont)
{
    static_assert(kinds.size() == std::tuple_size_v<decltype(m_fonts)>);
    const QScreen *screen = QGuiApplication::primaryScreen();
    const double pixelsPerPoint = (screen ? screen->logicalDotsPerInchY() : 96.0) / 72.0;
    const double pixels = applicationFont.pointSizeF() > 0
                              ? applicationFont.pointSizeF() * pixelsPerPoint
                              : applicationFont.pixelSize();
    m_scale = qMax(smallestScale, pixels / referencePixels);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        QFont font = applicationFont;
        const double size =
            qMax(kinds[i].times * referencePixels * m_scale, kinds[i].atLeastPixels);
        font.setPointSizeF(size / pixelsPerPoint);
        font.setWeight(kinds[i].weight);
        m_fonts[i] = font;
    }
}

const Measures &Measures::current()
{
    static QFont key;
    static Measures measures{QApplication::font()};
    const QFont font = QApplication::font();
    if (font != key) {
        key = font;
        measures = Measures(font);
    }
    return measures;
}

void passOnFontChange(const QWidget &window)
{
    for (QWidget *inside : window.findChildren<QWidget *>()) {
        QEvent change(QEvent::ApplicationFontChange);
        QCoreApplication::sendEvent(inside, &change);
    }
}

int px(double figure)
{
    return Measures::current().px(figure);
}

} // namespace hufu
