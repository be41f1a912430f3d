#include "core/login/trusted_certificates.h"

#include <QSslConfiguration>

namespace hufu {

TrustedCertificates::TrustedCertificates(QList<QByteArray> extra)
    : m_extra(std::move(extra))
{
    m_worker.setMaxThreadCount(1);
}

TrustedCertificates::~TrustedCertificates()
{
    m_worker.waitForDone();
}

void TrustedCertificates::prepare()
{
    if (m_started)
        return;
    m_started = true;
    m_worker.start([this, extra = m_extra] { // worker thread; our destructor waits for it
        QList<QSslCertificate> certificates = QSslConfiguration::systemCaCertificates();
        for (const QByteArray &pem : extra)
            certificates += QSslCertificate::fromData(pem, QSsl::Pem);
        QMetaObject::invokeMethod(
            this, [this, certificates] { finish(certificates); }, Qt::QueuedConnection);
    });
}

void TrustedCertificates::whenReady(QObject *context, Receiver receiver)
{
    if (m_certificates) {
        receiver(*m_certificates);
        return;
    }
    connect(
        this, &TrustedCertificates::ready, context,
        [this, receiver = std::move(receiver)] { receiver(*m_certificates); },
        Qt::SingleShotConnection);
    prepare();
}

void TrustedCertificates::finish(QList<QSslCertificate> certificates)
{
    m_certificates = std::move(certificates);
    emit ready();
}

} // namespace hufu
