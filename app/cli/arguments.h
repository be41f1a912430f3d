#pragma once

#include <QMap>
#include <QStringList>

#include <tl/expected.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace hufu {

/// What the command line of hufu-cli says; only what its commands know (contracts.md 2).
struct Arguments
{
    QString command;
    std::vector<std::string_view> operands; ///< borrowed from argv: a URI among them is a secret
    QMap<QString, QString> options;         ///< by name without dashes; a flag's value is empty

    [[nodiscard]] bool has(const char *option) const
    {
        return options.contains(QLatin1String(option));
    }
    /// The value of an option; nothing if it is not there.
    [[nodiscard]] std::optional<QString> value(const char *option) const;
    /// An operand as text for people and file names.
    [[nodiscard]] QString operand(std::size_t index) const;
};

/// Reads `argv` without the program's name. What comes back on failure is a sentence about the
/// usage in English.
[[nodiscard]] tl::expected<Arguments, QString>
readArguments(const std::vector<std::string_view> &argv);

/// The help text.
[[nodiscard]] const char *usageText();

} // namespace hufu
