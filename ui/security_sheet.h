#pragma once

#include "ui/lock_settings.h"
#include "ui/sheet.h"

namespace hufu {

class Button;
class PickBox;
class Switch;

/// When Hufu locks: app password, idle minutes, screen and sleep (settings.png, "Lock"). Each takes
/// effect at once.
class SecuritySheet : public Sheet
{
    Q_OBJECT

public:
    SecuritySheet(const LockSettings &settings, bool hasPassword, QWidget *parent = nullptr);

signals:
    void changed(const hufu::LockSettings &settings);
    void passwordRequested();

private:
    LockSettings m_settings;
};

} // namespace hufu
