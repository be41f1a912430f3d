#pragma once

#include "core/vault/vault.h"
#include "ui/lock_settings.h"
#include "ui/sheet.h"

namespace hufu {

class Button;
class PickBox;
class Switch;

/// When Hufu locks: app password, idle minutes, screen and sleep (settings.png, "Lock"); each takes
/// effect at once. And where the accounts are kept.
class SecuritySheet : public Sheet
{
    Q_OBJECT

public:
    /// Where the accounts are, and whether they can be moved to the other place.
    struct Kept
    {
        Vault::Storage in = Vault::Storage::Keychain;
        bool canMove = true;
    };

    SecuritySheet(const LockSettings &settings, bool hasPassword, const Kept &kept,
                  QWidget *parent = nullptr);

signals:
    void changed(const hufu::LockSettings &settings);
    void passwordRequested();
    void moveRequested(hufu::Vault::Storage to);

private:
    [[nodiscard]] QWidget *makeKept(const Kept &kept);

    LockSettings m_settings;
};

} // namespace hufu
