#pragma once

#include "core/base/answer.h"

#include <QElapsedTimer>
#include <QLockFile>
#include <QTimer>

namespace hufu {

/// `vault.lock`: one writer, held for one commit (storage.md 6 and 7). A holder that lives is never
/// robbed; one that was killed holds nothing. Waits without blocking, and lets others have their
/// turn. GUI thread.
class VaultLock : public QObject
{
    Q_OBJECT

public:
    /// `folder` must exist when acquire is called.
    VaultLock(const QString &folder, QObject *parent);

    /// Errors: VaultBusy after 10 s, VaultUnwritable where no file can be made.
    void acquire(Answer<void> answer);
    void release();
    /// Waits no longer; a lock that is held stays.
    void giveUp();
    [[nodiscard]] bool isHeld() const { return m_file.isLocked(); }

private:
    void tryOnce();
    void finish(Result<void> result);

    QString m_path;
    QLockFile m_file;
    QTimer m_timer;
    QElapsedTimer m_sinceRelease;
    int m_turns = 0; ///< taken by us one right after the other
    int m_triesLeft = 0;
    Answer<void> m_answer;
};

} // namespace hufu
