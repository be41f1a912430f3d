#include "core/session/desktop_notices.h"

namespace hufu {
namespace {

/// A system to whose notifications we do not speak.
class NoNotices final : public DesktopNotices
{
public:
    void show(const QString &, const QString &) override
    {
        QMetaObject::invokeMethod(this, &DesktopNotices::notShown, Qt::QueuedConnection);
    }
    void withdraw() override {}
};

} // namespace

std::unique_ptr<DesktopNotices> DesktopNotices::ofThisSystem()
{
    return std::make_unique<NoNotices>();
}

} // namespace hufu
