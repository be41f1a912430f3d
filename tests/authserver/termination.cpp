#include "termination.h"

#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace hufu::authserver {
namespace {

std::array<int, 2> sockets{-1, -1}; // a signal handler can reach nothing but what is static

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(sockets[0], &byte, sizeof byte);
}

int openSockets()
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets.data()) != 0)
        qFatal("No descriptors are left.");
    return sockets[1];
}

} // namespace

Termination::Termination(QObject *parent)
    : QObject(parent)
    , m_notifier(openSockets(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &Termination::asked);
    struct sigaction action = {};
    action.sa_handler = &onSignal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

} // namespace hufu::authserver
