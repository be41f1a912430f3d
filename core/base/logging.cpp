#include "core/base/logging.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hufu {
namespace {

constexpr std::array<std::string_view, 3> tellingCategories{"qt.accessibility", "qt.qpa.input",
                                                            "dbus.integration"};

QLoggingCategory::CategoryFilter filterBefore = nullptr;

void filterTelling(QLoggingCategory *category)
{
    filterBefore(category); // the rules that were asked for
    const std::string_view name = category->categoryName();
    const bool isTelling =
        std::any_of(tellingCategories.begin(), tellingCategories.end(),
                    [name](std::string_view telling) { return name.starts_with(telling); });
    if (isTelling) {
        category->setEnabled(QtDebugMsg, false);
        category->setEnabled(QtInfoMsg, false);
    }
}

} // namespace

Q_LOGGING_CATEGORY(logBase, "hufu.base", QtWarningMsg)
Q_LOGGING_CATEGORY(logVault, "hufu.vault", QtWarningMsg)
Q_LOGGING_CATEGORY(logScan, "hufu.scan", QtWarningMsg)
Q_LOGGING_CATEGORY(logLogin, "hufu.login", QtWarningMsg)
Q_LOGGING_CATEGORY(logUi, "hufu.ui", QtWarningMsg)

void silenceTellingCategories()
{
    if (filterBefore == nullptr)
        filterBefore = QLoggingCategory::installFilter(nullptr);
    QLoggingCategory::installFilter(filterTelling);
}

} // namespace hufu
