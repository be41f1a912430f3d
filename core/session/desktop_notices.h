#pragma once

#include <QObject>

#include <memory>

namespace hufu {

/// One notification on the person's desktop. It can bring our window to the front and nothing else:
/// it has no buttons, and what it says may stay in a history that others read (security.md 14). GUI
/// thread.
class DesktopNotices : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Those of this system. Asks nobody before the first notification.
    [[nodiscard]] static std::unique_ptr<DesktopNotices> ofThisSystem();

    /// Shows plain text, in the place of what is shown now. Nothing waits.
    virtual void show(const QString &headline, const QString &rest) = 0;
    /// Takes it away, from the history as well.
    virtual void withdraw() = 0;

signals:
    /// A person clicked it. Where the system hands a right to come to the front, windows have it.
    void clicked();
    /// Nobody shows it: there is no such service.
    void notShown();
};

} // namespace hufu
