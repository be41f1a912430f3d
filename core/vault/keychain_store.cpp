#include "core/vault/keychain_store.h"

#include "core/base/logging.h"
#include "core/vault/keychain_backend.h"
#include "core/vault/kwallet_service.h"
#include "core/vault/libsecret.h"
#include "core/vault/parts_store.h"

#include <QAbstractEventDispatcher>
#include <QPointer>

#include <qt6keychain/keychain.h>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;
using Backend = KeychainBackend;
using Presence = SecretService::Presence;

const QString service = u"Hufu"_s;

/// libsecret answers through GLib's main loop; without it no job would ever end.
bool eventLoopServesTheBackend()
{
    return keychainBackendInUse() != Backend::SecretService ||
           QAbstractEventDispatcher::instance()->inherits("QEventDispatcherGlib");
}

} // namespace

std::unique_ptr<SecretStore> makeSystemKeychain()
{
    auto keychain = std::make_unique<KeychainStore>();
    const EntrySizes sizes = keychain->sizes();
    if (sizes.entry >= EntrySizes().entry)
        return keychain;
    return std::make_unique<PartsStore>(std::move(keychain), sizes);
}

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
    bool isSecondTry = false;
};

/// What a job said when it finished.
struct KeychainStore::Ended
{
    QKeychain::Error error;
    QString reason;
    QByteArray text;
    bool isCertain = false; ///< "not found" was the service's own answer
};

KeychainStore::KeychainStore(KeychainLimits limits)
    : m_limits(limits)
    , m_service(this)
    , m_session(this)
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

void KeychainStore::unlock(QObject *context, Answer<void> answer)
{
    switch (keychainBackendInUse()) {
    case Backend::SecretService:
        return m_service.unlock(context, std::move(answer));
    case Backend::KWallet5:
        return kwallet::unlock(context, std::move(answer));
    case Backend::Native: // asks by itself at the next call
        return answerLater<void>(context, std::move(answer), {});
    }
}

QString KeychainStore::backend() const
{
    switch (keychainBackendInUse()) {
    case Backend::SecretService:
        return secretServiceName();
    case Backend::KWallet5:
        return kwalletName();
    case Backend::Native:
#ifdef Q_OS_WIN
        return credentialManagerName();
#else
        return macKeychainName();
#endif
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
    if (keychainBackendInUse() != Backend::KWallet5)
        return startCall();
    // Without KWallet QtKeychain would fall back to another backend; with a stopped one it would
    // block the thread; with a closed one the job would wait for the person without end.
    kwallet::askWhetherOpen(this, [this](const Result<bool> &open) {
        if (!open)
            return answerCurrent(tl::unexpected(open.error()));
        if (!*open)
            return answerCurrent(failure(Errc::KeychainLocked));
        startCall();
    });
}

void KeychainStore::startCall()
{
    m_current->jobRuns = true;
    m_timer.start(m_limits.call);
    switch (m_current->kind) {
    case Call::Kind::Read:
        return keychainBackendInUse() == Backend::SecretService
                   ? startReading()
                   : startJob(new QKeychain::ReadPasswordJob(service), m_current->key);
    case Call::Kind::Write: {
        auto *write = new QKeychain::WritePasswordJob(service);
        write->setTextData(QString::fromLatin1(m_current->value));
        return startJob(write, m_current->key);
    }
    case Call::Kind::Remove:
        return startJob(new QKeychain::DeletePasswordJob(service), m_current->key);
    }
}

/// What lies there unlocked is read at once, and what is certainly not there needs no job. Whatever
/// else there is, QtKeychain's job asks the person or says what is wrong; it also tells when a
/// service that does not answer does so again.
void KeychainStore::startReading()
{
    const QString key = m_current->key;
    const auto byJob = [this, key] { startJob(new QKeychain::ReadPasswordJob(service), key); };
    m_service.locate(key, this, [this, key, byJob](const Result<QString> &path) {
        if (!path)
            return byJob();
        if (path->isEmpty()) {
            m_service.find(key, this, [this, byJob](const Result<Presence> &presence) {
                if (!presence || *presence != Presence::Absent)
                    return byJob();
                ++m_jobs;
                ended({.error = QKeychain::EntryNotFound,
                       .reason = {},
                       .text = {},
                       .isCertain = true});
            });
            return;
        }
        ++m_jobs;
        m_session.read(*path, this, [this, byJob](Result<QByteArray> text) {
            if (!text)
                return byJob();
            ended({.error = QKeychain::NoError, .reason = {}, .text = std::move(*text)});
        });
    });
}

void KeychainStore::startJob(QKeychain::Job *job, const QString &key)
{
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, [this](QKeychain::Job *finished) {
        const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(finished);
        const bool good = finished->error() == QKeychain::NoError;
        ended({.error = finished->error(),
               .reason = finished->errorString(),
               .text = read != nullptr && good ? read->textData().toUtf8() : QByteArray()});
    });
    ++m_jobs;
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
    if (outcome.isCertain)
        return answerCurrent(failure(Errc::EntryNotFound));
    // A locked entry reads as "not found" as well.
    confirmAbsence([this](const Result<Presence> &presence) {
        if (!presence)
            return answerCurrent(tl::unexpected(presence.error()));
        switch (*presence) {
        case Presence::Absent:
            return answerCurrent(failure(Errc::EntryNotFound));
        case Presence::Locked:
            return answerCurrent(failure(Errc::KeychainLocked));
        case Presence::Unlocked: // written meanwhile by another program, or no text of ours
            if (std::exchange(m_current->isSecondTry, true))
                return answerCurrent(failure(Errc::VaultCorrupt, u"not an entry of ours"_s));
            return startCall();
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
    if (keychainBackendInUse() != Backend::SecretService)
        return answerCurrent(tl::unexpected(error));
    m_service.isDefaultLocked(this, [this, error](const Result<bool> &locked) {
        if (!locked && locked.error().code != Errc::KeychainFailed)
            return answerCurrent(tl::unexpected(locked.error()));
        if (locked.value_or(false))
            return answerCurrent(failure(Errc::KeychainLocked, error.detail));
        // A service that was started anew does not know the session that libsecret goes on using.
        // To do the same thing twice does no harm.
        if (error.code == Errc::KeychainFailed && !std::exchange(m_current->isSecondTry, true)) {
            libsecret::forgetSession();
            return startCall();
        }
        answerCurrent(tl::unexpected(error));
    });
}

void KeychainStore::confirmAbsence(std::function<void(Result<Presence>)> then)
{
    switch (keychainBackendInUse()) {
    case Backend::SecretService:
        return m_service.find(m_current->key, this, std::move(then));
    case Backend::KWallet5:
        return kwallet::find(m_current->key, this, [then](const Result<bool> &there) {
            if (there)
                return then(*there ? Presence::Unlocked : Presence::Absent);
            if (there.error().code == Errc::KeychainLocked)
                return then(Presence::Locked);
            then(tl::unexpected(there.error()));
        });
    case Backend::Native: // the answer itself is certain
        return then(Presence::Absent);
    }
}

/// Perhaps the person is being asked for the keychain's password: that may take longer.
void KeychainStore::outOfTime()
{
    if (m_current->askedForPrompt || keychainBackendInUse() != Backend::SecretService)
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
    call->value.fill('\0');
    QMetaObject::invokeMethod(this, &KeychainStore::startNext, Qt::QueuedConnection);
    if (call->context)
        call->answer(std::move(result));
}

} // namespace hufu
