#include "core/vault/keychain_store.h"

#include "core/base/logging.h"
#include "core/vault/kwallet_service.h"

#include <QAbstractEventDispatcher>
#include <QPointer>

#include <qt6keychain/keychain.h>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;
using Presence = SecretService::Presence;

const QString service = u"Hufu"_s;

enum class Backend { SecretService, KWallet5, Native };

/// The backend that QtKeychain 0.13 chooses (platform.md 3.4).
Backend backendInUse()
{
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
    return Backend::Native;
#else
    const bool kde = qgetenv("XDG_CURRENT_DESKTOP").split(':').contains("KDE") ||
                     qEnvironmentVariableIsSet("KDE_FULL_SESSION") ||
                     qgetenv("DESKTOP_SESSION") == "kde";
    return kde && qgetenv("KDE_SESSION_VERSION") == "5" ? Backend::KWallet5
                                                        : Backend::SecretService;
#endif
}

/// libsecret answers through GLib's main loop; without it no job would ever end.
bool eventLoopServesTheBackend()
{
    return backendInUse() != Backend::SecretService ||
           QAbstractEventDispatcher::instance()->inherits("QEventDispatcherGlib");
}

} // namespace

struct KeychainStore::Call
{
    enum class Kind { Read, Write, Remove };

    Kind kind;
    QString key;
    QByteArray value;
    QPointer<QObject> context;
    std::function<void(Result<QByteArray>)> answer; ///< called while the context lives
    bool askedForPrompt = false;
    bool jobRuns = false;
};

/// What a job said when it finished.
struct KeychainStore::Ended
{
    QKeychain::Error error;
    QString reason;
    QByteArray text;
};

KeychainStore::KeychainStore(KeychainLimits limits)
    : m_limits(limits)
    , m_service(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &KeychainStore::outOfTime);
}

// A job that is still under way lives on and deletes itself when it has finished.
KeychainStore::~KeychainStore() = default;

void KeychainStore::read(const QString &key, QObject *context, Answer<QByteArray> answer)
{
    enqueue(std::make_unique<Call>(
        Call{Call::Kind::Read, key, QByteArray(), context, std::move(answer)}));
}

void KeychainStore::write(const QString &key, const QByteArray &value, QObject *context,
                          Answer<void> answer)
{
    enqueue(std::make_unique<Call>(
        Call{Call::Kind::Write, key, value, context,
             [answer = std::move(answer)](const Result<QByteArray> &result) {
                 answer(result ? Result<void>() : tl::unexpected(result.error()));
             }}));
}

void KeychainStore::remove(const QString &key, QObject *context, Answer<void> answer)
{
    enqueue(std::make_unique<Call>(
        Call{Call::Kind::Remove, key, QByteArray(), context,
             [answer = std::move(answer)](const Result<QByteArray> &result) {
                 answer(result ? Result<void>() : tl::unexpected(result.error()));
             }}));
}

void KeychainStore::list(const QString &prefix, QObject *context, Answer<QStringList> answer)
{
    if (backendInUse() == Backend::SecretService)
        m_service.list(prefix, context, std::move(answer));
    else
        answerLater<QStringList>(context, std::move(answer), QStringList());
}

void KeychainStore::unlock(QObject *context, Answer<void> answer)
{
    if (backendInUse() == Backend::SecretService)
        m_service.unlock(context, std::move(answer));
    else // asks by itself at the next call
        answerLater<void>(context, std::move(answer), {});
}

QString KeychainStore::backend() const
{
    switch (backendInUse()) {
    case Backend::SecretService:
        return u"secret-service"_s;
    case Backend::KWallet5:
        return u"kwallet5"_s;
    case Backend::Native:
        return u"native"_s;
    }
    Q_UNREACHABLE();
}

void KeychainStore::enqueue(std::unique_ptr<Call> call)
{
    m_waiting.push_back(std::move(call));
    QMetaObject::invokeMethod(this, &KeychainStore::startNext, Qt::QueuedConnection);
}

void KeychainStore::startNext()
{
    if (m_stalled) {
        while (!m_waiting.empty() && m_stalled) {
            const std::unique_ptr<Call> call = std::move(m_waiting.front());
            m_waiting.pop_front();
            if (call->context)
                call->answer(failure(Errc::KeychainStalled));
        }
        return;
    }
    if (m_current || m_waiting.empty())
        return;
    m_current = std::move(m_waiting.front());
    m_waiting.pop_front();
    if (!eventLoopServesTheBackend())
        return answerCurrent(failure(Errc::KeychainFailed, u"no GLib event loop"_s));

    QKeychain::Job *job = nullptr;
    switch (m_current->kind) {
    case Call::Kind::Read:
        job = new QKeychain::ReadPasswordJob(service);
        break;
    case Call::Kind::Write: {
        auto *write = new QKeychain::WritePasswordJob(service);
        write->setTextData(QString::fromLatin1(m_current->value));
        m_current->value.fill('\0');
        job = write;
        break;
    }
    case Call::Kind::Remove:
        job = new QKeychain::DeletePasswordJob(service);
        break;
    }
    job->setKey(m_current->key);
    connect(job, &QKeychain::Job::finished, this, [this](QKeychain::Job *finished) {
        const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(finished);
        const bool good = finished->error() == QKeychain::NoError;
        ended({.error = finished->error(),
               .reason = finished->errorString(),
               .text = read != nullptr && good ? read->textData().toUtf8() : QByteArray()});
    });
    ++m_jobs;
    m_current->jobRuns = true;
    m_timer.start(m_limits.call);
    job->start();
}

void KeychainStore::ended(Ended outcome)
{
    if (m_stalled) {
        m_stalled = false;
        emit settled();
        return startNext();
    }
    m_timer.stop();
    m_current->jobRuns = false;
    switch (m_current->kind) {
    case Call::Kind::Read:
        return concludeRead(std::move(outcome));
    case Call::Kind::Write:
        return outcome.error == QKeychain::NoError ? answerCurrent(QByteArray()) : explain(outcome);
    case Call::Kind::Remove:
        return outcome.error == QKeychain::NoError || outcome.error == QKeychain::EntryNotFound
                   ? concludeRemove()
                   : explain(outcome);
    }
}

// The text is handed on whole, so that whoever wipes it wipes the only one of ours.
void KeychainStore::concludeRead(Ended outcome)
{
    if (outcome.error == QKeychain::NoError)
        return answerCurrent(std::move(outcome.text));
    if (outcome.error != QKeychain::EntryNotFound)
        return explain(outcome);
    // A locked entry reads as "not found" as well.
    confirmAbsence([this](const Result<Presence> &presence) {
        if (!presence)
            return answerCurrent(tl::unexpected(presence.error()));
        switch (*presence) {
        case Presence::Absent:
            return answerCurrent(failure(Errc::EntryNotFound));
        case Presence::Locked:
            return answerCurrent(failure(Errc::KeychainLocked));
        case Presence::Unlocked:
            return answerCurrent(failure(Errc::KeychainFailed, u"there, but unreadable"_s));
        }
    });
}

// A removal in a locked collection is reported as a success, and nothing is removed.
void KeychainStore::concludeRemove()
{
    confirmAbsence([this](const Result<Presence> &presence) {
        if (!presence)
            return answerCurrent(tl::unexpected(presence.error()));
        switch (*presence) {
        case Presence::Absent:
            return answerCurrent(QByteArray());
        case Presence::Locked:
            return answerCurrent(failure(Errc::KeychainLocked));
        case Presence::Unlocked:
            return answerCurrent(failure(Errc::KeychainFailed, u"not removed"_s));
        }
    });
}

/// Finds the code for an error of QtKeychain, whose own codes say little.
void KeychainStore::explain(const Ended &outcome)
{
    const Errc plain =
        outcome.error == QKeychain::AccessDenied || outcome.error == QKeychain::AccessDeniedByUser
            ? Errc::KeychainDenied
        : outcome.error == QKeychain::NoBackendAvailable ? Errc::KeychainMissing
                                                         : Errc::KeychainFailed;
    const Error error{plain, outcome.reason};
    if (backendInUse() != Backend::SecretService)
        return answerCurrent(tl::unexpected(error));
    m_service.isDefaultLocked(this, [this, error](const Result<bool> &locked) {
        if (!locked && locked.error().code != Errc::KeychainFailed)
            return answerCurrent(tl::unexpected(locked.error()));
        if (locked.value_or(false))
            return answerCurrent(failure(Errc::KeychainLocked, error.detail));
        answerCurrent(tl::unexpected(error));
    });
}

void KeychainStore::confirmAbsence(std::function<void(Result<Presence>)> then)
{
    switch (backendInUse()) {
    case Backend::SecretService:
        return m_service.find(m_current->key, this, std::move(then));
    case Backend::KWallet5:
        return askWhetherKWalletIsOpen(this, [then](const Result<bool> &open) {
            if (!open)
                return then(tl::unexpected(open.error()));
            then(*open ? Presence::Absent : Presence::Locked);
        });
    case Backend::Native: // the answer itself is certain
        return then(Presence::Absent);
    }
}

/// Perhaps the person is being asked for the keychain's password: that may take longer.
void KeychainStore::outOfTime()
{
    if (m_current->askedForPrompt || backendInUse() != Backend::SecretService)
        return stall();
    m_current->askedForPrompt = true;
    const Call *asked = m_current.get();
    m_service.isDefaultLocked(this, [this, asked](const Result<bool> &locked) {
        if (m_current.get() != asked || !asked->jobRuns)
            return; // it has ended meanwhile
        if (locked.value_or(false))
            m_timer.start(m_limits.prompt - m_limits.call);
        else
            stall();
    });
}

void KeychainStore::stall()
{
    qCWarning(logVault) << "a call to the keychain ran out of time";
    m_stalled = true;
    answerCurrent(failure(Errc::KeychainStalled));
}

void KeychainStore::answerCurrent(Result<QByteArray> result)
{
    const std::unique_ptr<Call> call = std::move(m_current);
    QMetaObject::invokeMethod(this, &KeychainStore::startNext, Qt::QueuedConnection);
    if (call->context)
        call->answer(std::move(result));
}

} // namespace hufu
