#include "core/scan/icon_run.h"

#include "core/scan/messages.h"
#include "core/scan/report_builder.h"

namespace hufu {

void IconRun::start(const Order &order, int edge, QObject *context, Answer<DrawnIcon> answer)
{
    (new IconRun(edge, context, std::move(answer)))->begin(order);
}

IconRun::IconRun(int edge, QObject *context, Answer<DrawnIcon> answer)
    : HelperRun(context)
    , m_edge(edge)
    , m_answer(std::move(answer))
{
}

Result<HelperRun::Progress> IconRun::take(const Message &message)
{
    if (message.kind != MessageKind::DrawnIcon)
        return outOfTurn("message");
    Result<DrawnIcon> icon = readDrawnIcon(message);
    if (!icon)
        return tl::unexpected(icon.error());
    if (icon->edge != m_edge)
        return failure(Errc::HelperFailed, QStringLiteral("an icon of another size"));
    m_icon = std::move(*icon);
    return Progress::Complete;
}

void IconRun::answer(Result<void> outcome)
{
    Result<DrawnIcon> icon = std::move(m_icon);
    if (!outcome)
        icon = tl::unexpected(outcome.error());
    answerLater(context(), std::move(m_answer), std::move(icon));
}

} // namespace hufu
