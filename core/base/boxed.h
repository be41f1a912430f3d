#pragma once

#include <memory>
#include <utility>

namespace hufu {

/// A value that may be missing, as std::optional, for what is large and mostly absent: it lies
/// apart and costs a pointer where there is none. Constant where the box is constant.
template <typename T>
class Boxed
{
public:
    Boxed() = default;
    Boxed(T value) // NOLINT(google-explicit-constructor): as std::optional
        : m_value(std::make_unique<T>(std::move(value)))
    {
    }

    [[nodiscard]] explicit operator bool() const { return m_value != nullptr; }
    [[nodiscard]] bool has_value() const { return m_value != nullptr; }
    [[nodiscard]] const T &operator*() const { return *m_value; }
    [[nodiscard]] T &operator*() { return *m_value; }
    [[nodiscard]] const T *operator->() const { return m_value.get(); }
    [[nodiscard]] T *operator->() { return m_value.get(); }

    T &emplace() { return *(m_value = std::make_unique<T>()); }
    void reset() { m_value.reset(); }

private:
    std::unique_ptr<T> m_value;
};

} // namespace hufu
