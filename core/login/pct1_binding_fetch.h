#pragma once

#include "core/login/binding_fetch.h"
#include "core/login/pct1_attempt.h"
#include "core/login/pct1_messages.h"

#include <QTimer>

namespace hufu {

/// POST of B1, "Alternative": the only call to a host without a binding. https, the system's and
/// the policy's certificates, no redirect, 10 s, 64 KiB; the answer's binding must be to the base
/// that was asked, or a host could offer a binding to another.
class Pct1BindingFetch final : public BindingFetch
{
    Q_OBJECT

public:
    /// @param clock  outlives the fetch
    Pct1BindingFetch(const BindingAddress &address, Loopback loopback,
                     std::shared_ptr<Pct1Network> network, const Clock &clock);

    void start() override;
    [[nodiscard]] State state() const override { return m_state; }
    [[nodiscard]] const Error &failure() const override { return m_failure; }
    [[nodiscard]] LoginTrace trace() const override { return m_trace; }
    [[nodiscard]] KeyUri takeUri() override { return std::move(m_uri); }

private:
    void send();
    void take(const Result<HttpsAnswer> &answer);
    [[nodiscard]] Result<KeyUri> read(const HttpsAnswer &answer);
    [[nodiscard]] Result<KeyUri> readUri(const Pct1Answer &answer, QByteArrayView body) const;
    void setState(State state);

    const BindingAddress m_address;
    const Loopback m_loopback;
    std::shared_ptr<Pct1Network> m_network;
    const Clock &m_clock;
    const std::array<std::byte, 16> m_deviceId;
    const QByteArray m_nonce; ///< with the device's id the same for each try

    State m_state = State::Waiting;
    Error m_failure{};
    LoginTrace m_trace;
    KeyUri m_uri;
    int m_tries = 0;                     ///< since start()
    std::chrono::milliseconds m_began{}; ///< since boot
    QTimer m_retry;
};

} // namespace hufu
