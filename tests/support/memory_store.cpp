#include "tests/support/memory_store.h"

#include <QPointer>

namespace hufu::test {

MemoryStore::MemoryStore(std::shared_ptr<MemoryKeychain> keychain)
    : m_keychain(std::move(keychain))
{
}

template <typename T>
void MemoryStore::run(Kind kind, const QString &key, QObject *context, Answer<T> answer,
                      const std::function<Result<T>()> &effect, const std::function<void()> &tear)
{
    if (m_dead)
        return;
    if (holdsAnswers) {
        m_held.push_back([=, this, guard = QPointer<QObject>(context)] {
            if (guard)
                run(kind, key, guard.data(), answer, effect, tear);
            else
                effect();
        });
        return;
    }
    ++m_calls;
    m_writes += kind == Kind::Write ? 1 : 0;
    const auto reply = [&](Result<T> result) {
        answerLater<T>(context, std::move(answer), std::move(result));
    };
    const tl::unexpected<Error> failed = hufu::failure(failure);
    if (isStalled())
        return reply(hufu::failure(Errc::KeychainStalled));
    if (unavailable)
        return reply(hufu::failure(*unavailable));
    switch (plan ? plan({kind, key, m_calls}) : Fault::None) {
    case Fault::None:
        return reply(effect());
    case Fault::FailBefore:
        return reply(failed);
    case Fault::FailAfter:
        effect();
        return reply(failed);
    case Fault::Torn:
        tear();
        return reply(failed);
    case Fault::Stall:
        m_stalled = [effect] { effect(); };
        return reply(hufu::failure(Errc::KeychainStalled));
    case Fault::KillBefore:
        m_dead = true;
        return;
    case Fault::KillAfter:
        effect();
        m_dead = true;
        return;
    case Fault::KillTorn:
        tear();
        m_dead = true;
        return;
    }
}

void MemoryStore::answerHeld()
{
    for (const std::function<void()> &call : std::exchange(m_held, {}))
        call();
}

void MemoryStore::endStall()
{
    std::exchange(m_stalled, nullptr)();
    emit settled();
}

void MemoryStore::read(const QString &key, QObject *context, Answer<QByteArray> answer)
{
    const std::function<Result<QByteArray>()> effect = [this, key]() -> Result<QByteArray> {
        const auto found = m_keychain->find(key);
        if (found == m_keychain->end())
            return hufu::failure(Errc::EntryNotFound);
        return QByteArray(found->second.constData(), found->second.size());
    };
    run<QByteArray>(Kind::Read, key, context, std::move(answer), effect, [] {});
}

void MemoryStore::write(const QString &key, const QByteArray &value, QObject *context,
                        Answer<void> answer)
{
    const QByteArray copy(value.constData(), value.size());
    const std::function<Result<void>()> effect = [keychain = m_keychain, key,
                                                  copy]() -> Result<void> {
        (*keychain)[key] = copy;
        return {};
    };
    run<void>(Kind::Write, key, context, std::move(answer), effect,
              [this, key, copy] { (*m_keychain)[key] = copy.first(copy.size() / 2); });
}

void MemoryStore::remove(const QString &key, QObject *context, Answer<void> answer)
{
    const std::function<Result<void>()> effect = [keychain = m_keychain, key]() -> Result<void> {
        keychain->erase(key);
        return {};
    };
    run<void>(Kind::Remove, key, context, std::move(answer), effect, [] {});
}

void MemoryStore::list(const QString &prefix, QObject *context, Answer<QStringList> answer)
{
    QStringList keys;
    for (const auto &[key, value] : *m_keychain) {
        if (key.startsWith(prefix))
            keys.append(key);
    }
    answerLater<QStringList>(context, std::move(answer),
                             unavailable ? Result<QStringList>(hufu::failure(*unavailable))
                                         : Result<QStringList>(keys));
}

void MemoryStore::unlock(QObject *context, Answer<void> answer)
{
    answerLater<void>(context, std::move(answer), {});
}

} // namespace hufu::test
