#pragma once

#include "core/account/account.h"
#include "core/login/provider.h"

namespace hufu {

/// Something that the activity list tells of. A value; holds no secret, but names.
struct ActivityEvent
{
    /// The numbers lie in files and the names in the output of hufu-cli: added, never changed.
    enum class Kind : std::uint16_t {
        Unknown = 0, ///< of a newer version
        LoginApproved = 1,
        LoginDenied = 2,
        LoginNotMe = 3, ///< denied and reported
        LoginExpired = 4,
        LoginFailed = 5, ///< `failure` says why
        LoginAnsweredElsewhere = 6,
        LoginUncertain = 7, ///< an answer was sent, and Hufu locked before it was confirmed
        AccountBound = 10,
        AccountReBound = 11, ///< to replace another, which stays until this one has worked
        AccountAdded = 12,   ///< one that only makes codes
        AccountImported = 13,
        AccountBinned = 14,
        AccountRestored = 15,
        AccountDeleted = 16, ///< for ever, by a person
        AccountRemoved = 17, ///< for ever, since its time in the bin was over
        PasswordSet = 20,
        PasswordChanged = 21,
        PasswordRemoved = 22,
        MovedToFile = 23,
        MovedToKeychain = 24,
        OlderStateAccepted = 25, ///< the person goes on with it (storage.md 7)
        PushArrived = 30,
        PushDropped = 31,    ///< a request that was not shown
        BegunAnew = 40,      ///< the file was damaged and set aside
        UsageBegunAnew = 41, ///< so was the one of use counts and clocks
    };

    Kind kind = Kind::Unknown;
    std::chrono::sys_seconds time{}; ///< Activity::add sets it
    std::optional<AccountId> account;
    /// Of its binding, as long as the account itself may not be known. Not stored.
    std::optional<DeviceId> device;
    QString issuer; ///< as shown then
    QString name;   ///< of the account, as shown then
    QString server; ///< host
    QString application;
    QString browser;
    QString system;
    QString address; ///< of the browser
    QString place;
    std::optional<LoginContext::Network> network;
    std::optional<LoginChannel> channel;
    QString failure;   ///< name of the Errc
    QString requestId; ///< contracts.md 5

    friend bool operator==(const ActivityEvent &, const ActivityEvent &) = default;

    /// What happened to an account: its id, its names and its server.
    [[nodiscard]] static ActivityEvent of(Kind kind, const Account &account);
    /// That `account` is new here: bound, bound again, or added for its codes only.
    [[nodiscard]] static ActivityEvent ofNew(const Account &account);
    /// How a login ended, or LoginUncertain while its answer is under way; nothing before that.
    /// @param reason  what a denial was for
    [[nodiscard]] static std::optional<ActivityEvent> of(const LoginAttempt &attempt,
                                                         DenyReason reason = DenyReason::Cancel);

    /// Leaves out what tells whose account it was, and who asked.
    void dropNames();
};

/// A name for scripts: `login-approved`. Source: contracts.md 2.
[[nodiscard]] QString activityName(ActivityEvent::Kind kind);
/// `same`, `different` or `unknown`, as protocol.md B3.4 has it.
[[nodiscard]] QString networkName(LoginContext::Network network);
/// `screen`, `camera`, `image` or `push`, as protocol.md B3.3 has it.
[[nodiscard]] QString wayName(LoginChannel channel);

/// The event as fields (storage.md 2, 9): 1 time, 2 kind, 3 account id, 4 issuer, 5 account name,
/// 6 server, 7 application, 8 browser, 9 its system, 10 address, 11 place, 12 network (1 same,
/// 2 different, 3 unknown), 13 way (1 screen, 2 camera, 3 picture, 4 push), 14 name of the failure,
/// 15 request id. Errors: SecretMemoryFull.
[[nodiscard]] Result<SecretBytes> encodeEvent(const ActivityEvent &event);
/// What encodeEvent made. Of a newer version's event what this one knows; the kind is Unknown where
/// it knows none. Errors: MalformedFields, VaultNewerVersion.
[[nodiscard]] Result<ActivityEvent> decodeEvent(const SecretBytes &bytes);

} // namespace hufu
