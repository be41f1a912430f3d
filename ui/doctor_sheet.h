#pragma once

#include "core/vault/vault_doctor.h"
#include "ui/sheet.h"

namespace hufu {

/// What the keychain doctor found: the state and the way out, then the facts.
class DoctorSheet : public Sheet
{
    Q_OBJECT

public:
    explicit DoctorSheet(const VaultReport &report, QWidget *parent = nullptr);

signals:
    /// "Export…": there is something kept to be written to a file.
    void exportRequested();

private:
    void addButtons(const VaultReport &report);
};

} // namespace hufu
