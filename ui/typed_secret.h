#pragma once

#include "core/base/secret_bytes.h"

#include <QStringView>

#include <functional>

namespace hufu {

/// The content of a field for secrets, as UTF-8 in wiped memory: characters come and go at its end
/// only. GUI thread.
class TypedSecret
{
public:
    /// In bytes of UTF-8.
    static constexpr std::size_t mostBytes = 1'024;

    /// Appends `text` without its control characters. All of it or nothing, since half a password
    /// is another password. Returns whether it fitted.
    [[nodiscard]] bool insert(QStringView text);
    void removeLast();
    void clear() { m_bytes.clear(); }
    /// The content; this one is empty afterwards.
    [[nodiscard]] SecretBytes take() { return std::exchange(m_bytes, {}); }

    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    [[nodiscard]] std::span<const std::byte> view() const { return m_bytes.view(); }
    /// Calls `use` with the bytes of each character, in order.
    void forEach(const std::function<void(std::span<const std::byte>)> &use) const;

private:
    SecretBytes m_bytes;
};

} // namespace hufu
