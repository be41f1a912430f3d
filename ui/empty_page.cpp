#include "ui/empty_page.h"

#include "ui/card.h"
#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/slim_scroll_bar.h"
#include "ui/tally.h"
#include "ui/text.h"
#include "ui/tokens.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QKeySequence>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

/// One way to add an account: icon, words, shortcut.
class WayButton : public QAbstractButton
{
public:
    WayButton(const QString &icon, const QString &text, const QKeySequence &keys, bool isLast)
        : m_icon(icon)
        , m_keys(keys)
        , m_isLast(isLast)
    {
        setText(text);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::PointingHandCursor);
        setFixedHeight(px(50));
        setToolTip(u"%1 (%2)"_s.arg(text, m_keys.toString(QKeySequence::NativeText)));
    }

    [[nodiscard]] QSize sizeHint() const override { return {px(240), px(50)}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = Tokens::current();
        const Measures &measures = Measures::current();
        const auto place = [this](const QRect &part) {
            return QStyle::visualRect(layoutDirection(), rect(), part);
        };
        const Qt::Alignment start = Qt::AlignVCenter | Qt::AlignAbsolute |
                                    (isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight);
        const Qt::Alignment end = Qt::AlignVCenter | Qt::AlignAbsolute |
                                  (isLeftToRight() ? Qt::AlignRight : Qt::AlignLeft);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRect body = rect().adjusted(px(4), px(4), -px(4), -px(4));
        if (underMouse() || isDown()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.hover);
            painter.drawRoundedRect(body, px(8), px(8));
        }
        paintIcon(painter, place({px(16), 0, px(20), height()}), m_icon, px(20), tokens.accentText);
        const QString keys = m_keys.toString(QKeySequence::NativeText);
        const QFont &caption = measures.font(Type::Caption);
        const int keyWidth = QFontMetrics(caption).horizontalAdvance(keys);
        const QRect words(px(50), 0, width() - px(50 + 16 + 8) - keyWidth, height());
        painter.setFont(measures.font(Type::BodyMedium));
        painter.setPen(tokens.text);
        painter.drawText(place(words), static_cast<int>(start),
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
        painter.setFont(caption);
        painter.setPen(tokens.text2);
        painter.drawText(place({width() - px(16) - keyWidth - 1, 0, keyWidth + 1, height()}),
                         static_cast<int>(end), keys);
        if (!m_isLast)
            painter.fillRect(place({px(50), height() - 1, width() - px(50), 1}), tokens.hairline);
        if (hasFocus())
            paintFocusRing(painter, body, px(9));
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (isEnter && !event->isAutoRepeat())
            click();
        else if (!isEnter)
            QAbstractButton::keyPressEvent(event);
    }

private:
    QString m_icon;
    QKeySequence m_keys;
    bool m_isLast;
};

} // namespace

EmptyPage::EmptyPage(QWidget *parent)
    : QWidget(parent)
{
    auto *ways = new Card(Card::Tint::Plain);
    ways->column()->setContentsMargins(0, 0, 0, 0);
    auto *screen =
        new WayButton(u"scan-screen"_s, tr("Scan the screen"), Qt::CTRL | Qt::Key_S, false);
    auto *camera =
        new WayButton(u"camera"_s, tr("Use the camera"), Qt::CTRL | Qt::SHIFT | Qt::Key_S, false);
    auto *picture = new WayButton(u"image"_s, tr("Open a picture"), QKeySequence::Open, false);
    auto *paste =
        new WayButton(u"clipboard"_s, tr("Paste a picture or link"), QKeySequence::Paste, true);
    for (WayButton *way : {screen, camera, picture, paste})
        ways->column()->addWidget(way);
    connect(screen, &QAbstractButton::clicked, this, &EmptyPage::screenRequested);
    connect(camera, &QAbstractButton::clicked, this, &EmptyPage::cameraRequested);
    connect(picture, &QAbstractButton::clicked, this, &EmptyPage::pictureRequested);
    connect(paste, &QAbstractButton::clicked, this, &EmptyPage::pasteRequested);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(px(24), px(16), px(24), px(16));
    column->setSpacing(0);
    column->addStretch(2);
    column->addWidget(new Tally(Tally::Kind::Empty), 0, Qt::AlignHCenter);
    column->addSpacing(px(28));
    column->addWidget((new Text(tr("Add your first account"), Type::Title))
                          ->wrapped()
                          ->aligned(Qt::AlignHCenter));
    column->addSpacing(px(8));
    column->addWidget((new Text(tr("Open the page or mail that shows the QR code. Hufu finds it by "
                                   "itself."),
                                Type::Body, Text::Tint::Quiet))
                          ->wrapped()
                          ->aligned(Qt::AlignHCenter));
    column->addSpacing(px(24));
    ways->setMaximumWidth(px(420));
    auto *centre = new QHBoxLayout;
    centre->addStretch(0);
    centre->addWidget(ways, 1);
    centre->addStretch(0);
    column->addLayout(centre);
    column->addStretch(3);
    column->addSpacing(px(16));
    column->addWidget(
        (new Text(tr("You can also drop a picture here."), Type::Small, Text::Tint::Quiet))
            ->wrapped()
            ->aligned(Qt::AlignHCenter));

    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    new SlimScrollBar(scroll);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
}

void EmptyPage::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(event->rect(), Tokens::current().base);
}

} // namespace hufu
