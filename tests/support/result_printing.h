#pragma once

#include "core/base/result.h"

#include <QTest>

namespace hufu {

/// How QCOMPARE prints a code.
inline char *toString(Errc code)
{
    return QTest::toString(errcName(code));
}

} // namespace hufu

/// Ends the test with the code of the failure unless `result` is a value.
#define VERIFY_OK(result)                                                                          \
    do {                                                                                           \
        const auto &checked = (result);                                                            \
        if (!checked)                                                                              \
            QFAIL(qPrintable(QStringLiteral("%1: %2").arg(hufu::errcName(checked.error().code),    \
                                                          checked.error().detail)));               \
    } while (false)

/// Ends the test unless `result` is a failure with `expected`.
#define VERIFY_FAILS(result, expected)                                                             \
    do {                                                                                           \
        const auto &checked = (result);                                                            \
        QVERIFY2(!checked, "is a value");                                                          \
        QCOMPARE(checked.error().code, expected);                                                  \
    } while (false)
