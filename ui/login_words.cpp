#include "ui/login_words.h"

using namespace Qt::StringLiterals;

namespace hufu {

QString LoginWords::orUnknown(const QString &text)
{
    return text.isEmpty() ? tr("not known") : text;
}

QString LoginWords::browser(const LoginContext &context)
{
    if (context.browser.isEmpty() || context.system.isEmpty())
        return orUnknown(context.browser.isEmpty() ? context.system : context.browser);
    //: browser, operating system
    return tr("%1 on %2").arg(context.browser, context.system);
}

QString LoginWords::asked(const LoginContext &context, UtcTime now)
{
    using namespace std::chrono;
    if (!context.asked)
        return tr("not known");
    const auto passed =
        static_cast<int>(qMax<qint64>(0, duration_cast<seconds>(now - *context.asked).count()));
    if (passed < 120)
        return tr("%n second(s) ago", nullptr, passed);
    return tr("%n minute(s) ago", nullptr, passed / 60);
}

QString LoginWords::channel(LoginChannel channel)
{
    switch (channel) {
    case LoginChannel::Screen:
        return tr("read from the screen");
    case LoginChannel::Camera:
        return tr("read by the camera");
    case LoginChannel::Picture:
        return tr("read from a picture");
    case LoginChannel::Push:
        return tr("sent to this computer");
    }
    Q_UNREACHABLE();
}

QString LoginWords::remaining(std::chrono::seconds left)
{
    const auto seconds = qMax<qint64>(0, left.count());
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
}

WayOut LoginWords::wayOut(Errc failure, LoginChannel channel)
{
    switch (failure) {
    case Errc::UnboundServer:
    case Errc::UnboundAccount:
    case Errc::KeyRefused:
    case Errc::WeakBinding:
        return WayOut::ScanBinding;
    case Errc::NoNetwork:
    case Errc::ServerUnreachable:
    case Errc::ServerTimedOut:
    case Errc::AnswerNotAuthentic:
    case Errc::LoginExpired:
    case Errc::ServerRefused:
    case Errc::ClockWrong:
    case Errc::WrongNumber:
        return channel == LoginChannel::Push ? WayOut::None : WayOut::ScanAgain;
    default:
        return WayOut::None; // others have to act first, or time has to pass
    }
}

} // namespace hufu
