#pragma once

#include "core/scan/messages.h"

namespace hufu {

/// Puts a report together from the helper's messages `found`, `frame` and `done`, and holds the
/// helper to the rules. The client's side; any thread.
class ReportBuilder
{
public:
    /// Errors: HelperFailed for a malformed code or more than 256, SecretMemoryFull.
    [[nodiscard]] Result<void> takeFound(const Message &message);
    /// Errors: HelperFailed for a malformed frame or more than 16.
    [[nodiscard]] Result<void> takeFrame(const Message &message);
    /// The whole report; the builder is empty afterwards.
    /// Errors: HelperFailed if it is malformed, or a code or frame has no source or lies outside.
    [[nodiscard]] Result<ScanReport> takeDone(const Message &message);

    /// Forgets what came so far.
    void clear() { m_report = {}; }

private:
    ScanReport m_report;
};

/// For what a helper sends when it is not its turn.
[[nodiscard]] tl::unexpected<Error> outOfTurn(const char *what);

} // namespace hufu
