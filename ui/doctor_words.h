#pragma once

#include "core/vault/vault_doctor.h"
#include "ui/error_text.h"

#include <QCoreApplication>

namespace hufu {

/// What the keychain doctor found, in words; for windows and terminals. Plain text.
class DoctorWords
{
    Q_DECLARE_TR_FUNCTIONS(DoctorWords)

public:
    struct Row
    {
        QString label;
        QString value;
    };

    /// The state as a headline, and the way out of it.
    [[nodiscard]] static Explanation state(const VaultReport &report);
    [[nodiscard]] static QString wayOut(const VaultReport &report);
    /// What there is to say beside the state. Nothing that is empty.
    [[nodiscard]] static QList<Row> rows(const VaultReport &report);
    /// All of it as lines, to be copied or printed. Holds no secret and no name of an account.
    [[nodiscard]] static QString asText(const VaultReport &report);
    /// What an export holds, and what to do with it.
    [[nodiscard]] static Explanation ofExport(const KeptExport &written);
    [[nodiscard]] static QString backendName(const QString &backend);
};

} // namespace hufu
