#include "ui/notice_sheet.h"

#include "ui/button.h"
#include "ui/error_card.h"
#include "ui/measures.h"
#include "ui/sheet_parts.h"
#include "ui/tally.h"
#include "ui/tokens.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

/// The screens that were searched, at one height, side by side.
class ScreensView : public QWidget
{
public:
    explicit ScreensView(const std::vector<SearchedSource> &screens)
        : m_screens(screens)
    {
        setFixedHeight(px(60));
    }

    /// Their names and sizes, in words.
    [[nodiscard]] QString words() const
    {
        QStringList lines;
        for (std::size_t i = 0; i < m_screens.size(); ++i) {
            const SearchedSource &screen = m_screens[i];
            lines << u"%1: %2%3 × %4"_s.arg(i + 1).arg(
                screen.name.isEmpty() ? QString() : screen.name + u", "_s,
                QString::number(screen.width), QString::number(screen.height));
        }
        return lines.join(u'\n');
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = Tokens::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(Measures::current().font(Type::Small));
        QList<int> widths;
        int whole = -px(8);
        for (const SearchedSource &screen : m_screens) {
            widths << qBound(px(40), screen.width * height() / qMax(1, screen.height), px(160));
            whole += widths.last() + px(8);
        }
        int x = (width() - whole) / 2;
        for (qsizetype i = 0; i < widths.size(); ++i) {
            const QRectF box = QRectF(x, 0, widths.at(i), height()).adjusted(.5, .5, -.5, -.5);
            painter.setPen(tokens.border);
            painter.setBrush(tokens.card);
            painter.drawRoundedRect(box, px(7), px(7));
            painter.setPen(tokens.text2);
            painter.drawText(box, Qt::AlignCenter, QString::number(i + 1));
            x += widths.at(i) + px(8);
        }
    }

private:
    std::vector<SearchedSource> m_screens;
};

} // namespace

NoticeSheet::NoticeSheet(const QString &title, const Picture &picture, const Explanation &words,
                         QWidget *parent)
    : Sheet(title, 420, parent)
{
    QVBoxLayout *column = newContent();
    column->addSpacing(px(12));
    switch (picture.kind) {
    case Picture::Kind::None:
        break;
    case Picture::Kind::Icon:
        column->addWidget(new IconView(picture.icon, 40, IconView::Tint::Quiet), 0,
                          Qt::AlignHCenter);
        column->addSpacing(px(16));
        break;
    case Picture::Kind::Screens: {
        auto *view = new ScreensView(picture.screens);
        column->addWidget(view);
        column->addSpacing(px(8));
        column->addWidget((new Text(view->words(), Type::Caption, Text::Tint::Quiet))
                              ->wrapped()
                              ->aligned(Qt::AlignHCenter));
        column->addSpacing(px(16));
        break;
    }
    case Picture::Kind::Hufu:
        column->addWidget(new Tally(Tally::Kind::Application), 0, Qt::AlignHCenter);
        column->addSpacing(px(16));
        break;
    }
    column->addWidget(
        (new Text(words.headline, Type::Title))->wrapped()->aligned(Qt::AlignHCenter));
    column->addSpacing(px(8));
    column->addWidget((new Text(words.rest, Type::Body, Text::Tint::Quiet))
                          ->wrapped()
                          ->aligned(Qt::AlignHCenter));
    column->addSpacing(px(12));
    column->addStretch(1);
    setAccessibleDescription(words.whole());
}

NoticeSheet::NoticeSheet(const QString &title, const Explanation &failure,
                         const std::optional<LoginTrace> &trace, QWidget *parent)
    : Sheet(title, 420, parent)
{
    QVBoxLayout *column = newContent();
    auto *card = new ErrorCard(failure, trace);
    connect(card, &ErrorCard::resized, this, [this] { fit(); });
    column->addWidget(card);
    column->addStretch(1);
    setAccessibleDescription(failure.whole());
}

void NoticeSheet::addAction(const QString &words, std::function<void()> action)
{
    if (!m_buttons) {
        m_buttons = new QHBoxLayout;
        m_buttons->setSpacing(0);
        m_buttons->addStretch(1);
        m_buttons->addStretch(1);
        foot()->addLayout(m_buttons);
    }
    auto *button = new Button(words, m_primary ? Button::Look::Outlined : Button::Look::Primary);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    connect(button, &Button::clicked, this, [this, action = std::move(action)] {
        accept();
        if (action)
            action();
    });
    if (!m_primary) {
        m_primary = button;
        button->setFocus();
    }
}

void NoticeSheet::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_primary && !event->isAutoRepeat())
        m_primary->click();
    else
        Sheet::keyPressEvent(event);
}

} // namespace hufu
