#include "core/vault/vault_lock.h"

#include "core/vault/platform_lock_file.h"

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr auto pause = 25ms;
constexpr auto patience = 10s;
constexpr int triesASecond = 1s / pause;
constexpr int turnsInARow = 8;

} // namespace

VaultLock::VaultLock(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_path(folder + QStringLiteral("/vault.lock"))
    , m_file(m_path)
{
    m_file.setStaleLockTime(0); // a commit may take long: only a dead holder loses it
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &VaultLock::tryOnce);
}

void VaultLock::acquire(Answer<void> answer)
{
    m_answer = std::move(answer);
    m_triesLeft = static_cast<int>(patience / pause);
    // Who commits again and again would let nobody else in between: now and then it leaves a gap
    // in which another program that waits is sure to look.
    const bool goesOn = m_sinceRelease.isValid() && m_sinceRelease.elapsed() < pause.count();
    m_turns = goesOn ? m_turns + 1 : 0;
    m_timer.start(m_turns % turnsInARow == turnsInARow - 1 ? 2 * pause : 0ms);
}

void VaultLock::release()
{
    m_file.unlock();
    m_sinceRelease.start();
}

void VaultLock::giveUp()
{
    m_timer.stop();
    m_answer = nullptr;
}

void VaultLock::tryOnce()
{
    if (m_file.isLocked() || m_file.tryLock(0))
        return finish({});
    if (m_file.error() != QLockFile::LockFailedError)
        return finish(failure(Errc::VaultUnwritable, QStringLiteral("vault.lock")));
    if (--m_triesLeft <= 0)
        return finish(failure(Errc::VaultBusy));
    if (m_triesLeft % triesASecond == 0)
        removeAbandonedLock(m_path);
    m_timer.start(pause);
}

void VaultLock::finish(Result<void> result)
{
    const Answer<void> answer = std::exchange(m_answer, nullptr);
    answer(std::move(result));
}

} // namespace hufu
