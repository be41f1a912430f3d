#pragma once

#include "database.h"

#include <QStringList>

#include <optional>

namespace hufu::authserver {

/// What `app create` is told besides the name.
struct ApplicationOptions
{
    bool number = false;        ///< every login asks for a number of two digits
    bool bindByAddress = false; ///< see Application
};

/// The administrator's commands: `app create NAME`, `app list`, `user list APP_ID`, `report list
/// APP_ID`, `site user NAME`. Each prints one JSON document, or a sentence on standard error.
///
/// @param words  command and arguments, without options
/// @return       0 done, 1 failed; nothing if `words` is none of these commands
[[nodiscard]] std::optional<int> runCommand(const Database &database, const QStringList &words,
                                            ApplicationOptions options);

} // namespace hufu::authserver
