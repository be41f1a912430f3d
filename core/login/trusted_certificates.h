#pragma once

#include <QObject>
#include <QSslCertificate>
#include <QThreadPool>

#include <functional>
#include <optional>
#include <vector>

namespace hufu {

/// The certificates that servers are judged by: the system's and the policy's together, since Qt
/// forgets the system's when only others are added (contracts.md 4). Reading the system's costs
/// 0.15 s, so it happens once, on a worker. GUI thread.
class TrustedCertificates : public QObject
{
    Q_OBJECT

public:
    using Receiver = std::function<void(const QList<QSslCertificate> &)>;

    /// @param extra  PEM texts besides the system's
    explicit TrustedCertificates(QList<QByteArray> extra);
    /// Waits for the worker.
    ~TrustedCertificates() override;

    /// Begins to read, unless that has happened.
    void prepare();
    /// Hands the list over once it is there: at once if it is, else in `context`'s thread, which is
    /// this one; not at all if `context` is gone by then.
    void whenReady(QObject *context, Receiver receiver);

signals:
    void ready();

private:
    void finish(QList<QSslCertificate> certificates);

    QList<QByteArray> m_extra;
    QThreadPool m_worker;
    bool m_started = false;
    std::optional<QList<QSslCertificate>> m_certificates;
};

} // namespace hufu
