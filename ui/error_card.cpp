#include "ui/error_card.h"

#include "ui/button.h"
#include "ui/card.h"
#include "ui/measures.h"
#include "ui/sheet_parts.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {

ErrorCard::ErrorCard(const Explanation &words, const std::optional<LoginTrace> &trace,
                     QWidget *parent)
    : QWidget(parent)
{
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    const NoticeCard notice =
        makeNotice(Card::Tint::Danger, u"warning"_s, words.headline, words.rest);
    whole->addWidget(notice.card);
    if (!trace)
        return;
    auto *fold = new Button(tr("Details"), Button::Look::QuietLink);
    fold->setIconName(u"chevron-right"_s);
    QWidget *details = makeDetails(*trace);
    details->hide();
    notice.column->addWidget(fold, 0, Qt::AlignLeft);
    notice.column->addWidget(details);
    connect(fold, &Button::clicked, this, [this, fold, details] {
        const bool opens = details->isHidden();
        details->setVisible(opens);
        fold->setIconName(opens ? u"chevron-down"_s : u"chevron-right"_s);
        fold->update();
        emit resized();
    });
}

QWidget *ErrorCard::makeDetails(const LoginTrace &trace)
{
    using namespace std::chrono;
    auto *details = new QWidget;
    auto *grid = new QGridLayout(details);
    grid->setContentsMargins(px(8), px(2), 0, px(4));
    grid->setHorizontalSpacing(px(20));
    grid->setVerticalSpacing(px(4));
    const qint64 when = duration_cast<milliseconds>(trace.time.time_since_epoch()).count();
    const QString time = when == 0 ? QString()
                                   : QLocale().toString(QDateTime::fromMSecsSinceEpoch(when),
                                                        u"yyyy-MM-dd HH:mm:ss");
    const std::pair<QString, QString> rows[] = {{tr("Host"), breakable(trace.host)},
                                                {tr("Answer"), trace.answer},
                                                {tr("Time"), time},
                                                {tr("Request"), trace.requestId}};
    int line = 0;
    for (const auto &[name, value] : rows) {
        grid->addWidget(new Text(name, Type::Small, Text::Tint::Quiet), line, 0, Qt::AlignTop);
        grid->addWidget((new Text(value.isEmpty() ? tr("none") : value, Type::Small))->wrapped(),
                        line, 1);
        ++line;
    }
    grid->setColumnStretch(1, 1);
    return details;
}

} // namespace hufu
