#pragma once

#include <QObject>

class QDBusVariant;

namespace hufu {

/// Whether the desktop prefers dark windows, as xdg-desktop-portal tells it. Elsewhere Qt's own
/// palette follows the system, and this says light.
class ColourScheme : public QObject
{
    Q_OBJECT

public:
    /// Asks the portal, if one runs; waits at most a quarter of a second. Only before
    /// forbidMemoryAccess(): afterwards the portal refuses this process. Changes come as a
    /// broadcast, which it does not refuse.
    [[nodiscard]] bool prefersDark();

signals:
    void changed(bool prefersDark);

private slots:
    void takeChange(const QString &group, const QString &key, const QDBusVariant &value);
};

} // namespace hufu
