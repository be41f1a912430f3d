#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace hufu {

/// A list that is mostly empty, as a std::vector for what many objects have: it costs a pointer
/// where nothing is in it.
template <typename T>
class RareList
{
public:
    RareList() = default;
    RareList(std::initializer_list<T> items) { *this = RareList(std::vector<T>(items)); }
    RareList(const RareList &other)
        : m_items(other.m_items ? std::make_unique<std::vector<T>>(*other.m_items) : nullptr)
    {
    }
    RareList(RareList &&) noexcept = default;
    RareList &operator=(RareList other) noexcept
    {
        std::swap(m_items, other.m_items);
        return *this;
    }
    ~RareList() = default;

    [[nodiscard]] auto begin() const { return view().begin(); }
    [[nodiscard]] auto end() const { return view().end(); }
    [[nodiscard]] std::size_t size() const { return view().size(); }
    [[nodiscard]] bool empty() const { return view().empty(); }
    [[nodiscard]] const T &back() const { return view().back(); }

    void push_back(T item)
    {
        if (!m_items)
            m_items = std::make_unique<std::vector<T>>();
        m_items->push_back(std::move(item));
    }

    friend bool operator==(const RareList &a, const RareList &b)
    {
        return a.m_items == b.m_items || (a.m_items && b.m_items && *a.m_items == *b.m_items);
    }

private:
    explicit RareList(std::vector<T> items)
        : m_items(items.empty() ? nullptr : std::make_unique<std::vector<T>>(std::move(items)))
    {
    }
    [[nodiscard]] std::span<const T> view() const
    {
        return m_items ? std::span<const T>(*m_items) : std::span<const T>();
    }

    std::unique_ptr<std::vector<T>> m_items; ///< null or with something in it
};

} // namespace hufu
