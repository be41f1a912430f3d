#pragma once

#include <QDebug>

namespace hufu {

/// A value that a log line must not show: it prints as its length (contracts.md 5).
template <typename T>
struct Redacted
{
    const T &value;
};

template <typename T>
Redacted(const T &) -> Redacted<T>;

template <typename T>
QDebug operator<<(QDebug debug, const Redacted<T> &redacted)
{
    const QDebugStateSaver saver(debug);
    debug.nospace() << '<' << std::size(redacted.value) << " long>";
    return debug;
}

} // namespace hufu
