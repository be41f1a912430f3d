#include "ui/activity_delegate.h"

#include "ui/activity_words.h"
#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace hufu {

ActivityDelegate::ActivityDelegate(const ActivityListModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

QString ActivityDelegate::iconOf(ActivityEvent::Kind kind)
{
    using Kind = ActivityEvent::Kind;
    switch (kind) {
    case Kind::LoginApproved:
        return u"check"_s;
    case Kind::LoginDenied:
    case Kind::LoginAnsweredElsewhere:
        return u"close"_s;
    case Kind::LoginNotMe:
        return u"shield-alert"_s;
    case Kind::LoginExpired:
    case Kind::LoginUncertain:
        return u"clock"_s;
    case Kind::LoginFailed:
    case Kind::BegunAnew:
    case Kind::UsageBegunAnew:
    case Kind::OlderStateAccepted:
        return u"warning"_s;
    case Kind::AccountBound:
    case Kind::AccountReBound:
        return u"shield-check"_s;
    case Kind::AccountAdded:
        return u"key-add"_s;
    case Kind::AccountImported:
        return u"import"_s;
    case Kind::AccountBinned:
    case Kind::AccountDeleted:
    case Kind::AccountRemoved:
        return u"trash"_s;
    case Kind::AccountRestored:
        return u"undo"_s;
    case Kind::PasswordSet:
    case Kind::PasswordChanged:
        return u"lock"_s;
    case Kind::PasswordRemoved:
        return u"unlock"_s;
    case Kind::MovedToFile:
    case Kind::MovedToKeychain:
        return u"archive"_s;
    case Kind::PushArrived:
    case Kind::PushDropped:
        return u"monitor"_s;
    case Kind::Unknown:
        return u"info"_s;
    }
    Q_UNREACHABLE();
}

bool ActivityDelegate::isAlarming(const ActivityEvent &event)
{
    using Kind = ActivityEvent::Kind;
    return event.kind == Kind::LoginNotMe || event.kind == Kind::BegunAnew ||
           event.network == LoginContext::Network::Different;
}

QSize ActivityDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool isEvent = m_model.eventAt(index.row()) != nullptr;
    return {px(200), px(isEvent ? 56 : 34)};
}

void ActivityDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Tokens &tokens = Tokens::current();
    const Measures &measures = Measures::current();
    const auto place = [&option](const QRect &logical) {
        return QStyle::visualRect(option.direction, option.rect, logical);
    };
    const auto write = [&](const QRect &area, Type type, const QColor &colour, const QString &words,
                           Qt::TextElideMode elide) {
        const QFont &font = measures.font(type);
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(place(area), Qt::AlignVCenter | Qt::AlignLeading,
                          QFontMetrics(font).elidedText(words, elide, area.width()));
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect.adjusted(px(4), 0, -px(10), 0);
    const ActivityEvent *event = m_model.eventAt(index.row());
    if (!event) {
        write(row.adjusted(px(8), px(8), -px(8), 0), Type::Small, tokens.text2,
              m_model.headingAt(index.row()), Qt::ElideRight);
        painter->restore();
        return;
    }
    const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    if (isCurrent || isHovered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(isCurrent ? isHovered ? tokens.selectedHover : tokens.selected
                                    : tokens.hover);
        painter->drawRoundedRect(row, px(10), px(10));
    }
    if (option.state.testFlag(QStyle::State_HasFocus))
        paintFocusRing(*painter, row, px(10));
    const QColor loud = isAlarming(*event) ? tokens.danger : tokens.text;
    paintIcon(*painter, place(QRect(row.x() + px(8), row.y(), px(24), row.height())),
              iconOf(event->kind), px(20), isAlarming(*event) ? tokens.danger : tokens.text2);
    const QString time = ActivityWords::timeOfDay(event->time);
    const int timeWidth = QFontMetrics(measures.font(Type::Small)).horizontalAdvance(time) + px(2);
    const int left = row.x() + px(44);
    const int right = row.right() - px(8);
    const QString summary = ActivityWords::summary(*event);
    const int lineHeight = row.height() / 2 - px(6);
    const int top = summary.isEmpty() ? row.y() + (row.height() - lineHeight) / 2 : row.y() + px(6);
    write(QRect(left, top, right - left - timeWidth - px(8), lineHeight), Type::BodyStrong, loud,
          ActivityWords::headline(event->kind), Qt::ElideRight);
    write(QRect(right - timeWidth, top, timeWidth, lineHeight), Type::Small, tokens.text2, time,
          Qt::ElideNone);
    write(QRect(left, top + lineHeight, right - left, lineHeight), Type::Small, tokens.text2,
          summary, Qt::ElideRight);
    painter->restore();
}

} // namespace hufu
