#include "offset_clock.h"

#include <QFile>

namespace hufu::authserver {

UtcTime OffsetClock::now() const
{
    return m_system.now() + offset();
}

std::chrono::milliseconds OffsetClock::sinceBoot() const
{
    return m_system.sinceBoot() + offset();
}

std::chrono::seconds OffsetClock::offset() const
{
    QFile file(m_file);
    if (m_file.isEmpty() || !file.open(QIODevice::ReadOnly))
        return std::chrono::seconds(0);
    return std::chrono::seconds(file.read(32).trimmed().toLongLong());
}

} // namespace hufu::authserver
