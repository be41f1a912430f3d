#pragma once

#include "core/base/clock.h"

#include <QString>

namespace hufu::authserver {

/// The system's clock, ahead by the whole seconds that a file says (`--clock-offset-file`), so that
/// a test can let five minutes pass. The file is read at each question; a missing, empty or
/// unreadable one means 0. Without a file name it is the system's clock.
class OffsetClock final : public Clock
{
public:
    explicit OffsetClock(QString file)
        : m_file(std::move(file))
    {
    }

    [[nodiscard]] UtcTime now() const override;
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override;

private:
    [[nodiscard]] std::chrono::seconds offset() const;

    SystemClock m_system;
    QString m_file;
};

} // namespace hufu::authserver
