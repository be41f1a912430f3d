#include "ui/sheet.h"

#include "ui/measures.h"
#include "ui/slim_scroll_bar.h"

#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

namespace hufu {
namespace {

constexpr double padding = 24;

} // namespace

Sheet::Sheet(const QString &title, double width, QWidget *parent)
    : QDialog(parent)
    , m_width(width)
    , m_scroll(new QScrollArea)
    , m_whole(new QVBoxLayout(this))
{
    setWindowTitle(title);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    new SlimScrollBar(m_scroll);
    m_whole->setContentsMargins(0, 0, 0, 0);
    m_whole->setSpacing(0);
    m_whole->addWidget(m_scroll, 1);
}

QVBoxLayout *Sheet::newContent()
{
    // Not deleted at once: the button that brought the new content may be in one of them.
    for (QWidget *old : {m_footArea, m_scroll->takeWidget()}) {
        if (old) {
            old->hide();
            old->deleteLater();
        }
    }
    if (m_footArea)
        m_whole->removeWidget(m_footArea);
    m_content = new QWidget;
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(px(padding), px(padding), px(padding), px(8));
    column->setSpacing(0);
    m_scroll->setWidget(m_content);
    m_footArea = new QWidget;
    m_foot = new QVBoxLayout(m_footArea);
    // Buttons keep 4 around their bodies.
    m_foot->setContentsMargins(px(padding - 4), px(8), px(padding - 4), px(padding - 4));
    m_foot->setSpacing(0);
    m_whole->addWidget(m_footArea);
    return column;
}

void Sheet::fit()
{
    const auto heightOf = [](const QWidget *widget, int width) {
        const QLayout *layout = widget->layout();
        return layout->hasHeightForWidth() ? layout->totalHeightForWidth(width)
                                           : layout->totalSizeHint().height();
    };
    const QRect room = screen()->availableGeometry();
    const int width = qMin(px(m_width), room.width() - px(16));
    m_content->layout()->activate();
    m_footArea->layout()->activate();
    const int height = heightOf(m_content, width) + heightOf(m_footArea, width);
    setFixedSize(width, qMin(height, room.height() - px(48)));
}

void Sheet::showEvent(QShowEvent *event)
{
    fit();
    QDialog::showEvent(event);
}

} // namespace hufu
