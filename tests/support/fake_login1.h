#pragma once

#include <QString>

#include <memory>

namespace hufu::test {

/// A login1 on the bus that DBUS_SESSION_BUS_ADDRESS names, for a program that takes that for its
/// system bus: sends the signals that it is told to send, and keeps the other end of the
/// inhibitors that it gives out.
class FakeLogin1
{
public:
    /// Makes the program take the session bus for its system bus. Before the first use of either.
    static void standInForTheSystem();

    FakeLogin1();
    ~FakeLogin1();

    void prepareForSleep(bool isStarting);
    void lockSession();
    void setSessionActive(bool isActive);
    /// A screen saver of the session bus.
    void screenSaverActive(const QString &interface, bool isActive);

    [[nodiscard]] bool isServing() const;
    /// How many inhibitors were asked for.
    [[nodiscard]] int inhibitors() const;
    /// Whether somebody still holds the last one.
    [[nodiscard]] bool isInhibited() const;
    /// How the last one delays the sleep.
    [[nodiscard]] QString lastMode() const;

private:
    class Service;
    std::unique_ptr<Service> m_service;
};

} // namespace hufu::test
