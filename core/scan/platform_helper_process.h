#pragma once

class QProcess;

namespace hufu {

/// Makes the child that `process` will start die with this process, where the system can do that.
/// Call it before start(), from the thread that starts.
void tieToThisProcess(QProcess &process);

} // namespace hufu
