#pragma once

#include "tests/support/result_printing.h"

#include <optional>

/// Ends the test unless the waiting brought a success.
#define VERIFY_DONE(outcome)                                                                       \
    do {                                                                                           \
        const std::optional<hufu::Result<void>> waited = (outcome);                                \
        QVERIFY2(waited.has_value(), "no answer");                                                 \
        VERIFY_OK(*waited);                                                                        \
    } while (false)

/// Ends the test unless the waiting brought the failure `expected`.
#define VERIFY_REFUSED(outcome, expected)                                                          \
    do {                                                                                           \
        const std::optional<hufu::Result<void>> waited = (outcome);                                \
        QVERIFY2(waited.has_value(), "no answer");                                                 \
        VERIFY_FAILS(*waited, expected);                                                           \
    } while (false)
