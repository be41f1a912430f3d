#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace hufu {

/// A value, or the reason why there is none (architecture.md, "Errors, answers, threads").
/// Read it with `if (r)`, `*r`, `r.error()`; hand a failure on with `tl::unexpected(r.error())`.
template <typename T>
using Result = tl::expected<T, Error>;

/// A failure without or with an English detail; see Error for what a detail may hold.
[[nodiscard]] inline tl::unexpected<Error> failure(Errc code, QString detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

} // namespace hufu
