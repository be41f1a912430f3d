#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace hufu::authserver {

/// Turns SIGTERM and SIGINT into an orderly end of the event loop. One object a program.
class Termination : public QObject
{
    Q_OBJECT

public:
    explicit Termination(QObject *parent = nullptr);

signals:
    /// From the event loop, not from the signal handler.
    void asked();

private:
    QSocketNotifier m_notifier;
};

} // namespace hufu::authserver
