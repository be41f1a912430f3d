#include "core/base/logging.h"

namespace hufu {

Q_LOGGING_CATEGORY(logBase, "hufu.base", QtWarningMsg)
Q_LOGGING_CATEGORY(logVault, "hufu.vault", QtWarningMsg)
Q_LOGGING_CATEGORY(logScan, "hufu.scan", QtWarningMsg)
Q_LOGGING_CATEGORY(logLogin, "hufu.login", QtWarningMsg)
Q_LOGGING_CATEGORY(logUi, "hufu.ui", QtWarningMsg)

} // namespace hufu
