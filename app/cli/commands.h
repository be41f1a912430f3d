#pragma once

#include "app/cli/session.h"

namespace hufu {

// The commands of hufu-cli that use the vault or the helper, one file a group. Each starts, and
// ends the session when it is done; the shapes they print are those of contracts.md 2.

void runActivity(Session &session);
void runAdd(Session &session);
void runList(Session &session);
void runCode(Session &session);
void runNext(Session &session);
void runBin(Session &session);
void runDelete(Session &session);
void runRestore(Session &session);
void runScan(Session &session);
void runLogin(Session &session);
void runDoctor(Session &session);
void runMove(Session &session);
void runPassword(Session &session);
void runProfileRemove(Session &session);

} // namespace hufu
