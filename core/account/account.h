#pragma once

#include "core/base/boxed.h"
#include "core/base/clock.h"
#include "core/base/rare_list.h"
#include "core/otp/one_time_code.h"
#include "core/payload/key_uri.h"

#include <array>
#include <memory>

namespace hufu {

using AccountId = std::array<std::byte, 16>;
using DeviceId = std::array<std::byte, 16>;

/// The right of a server to ask for confirmations, once agreed to. Source: storage.md 4, field 32.
struct Binding
{
    enum class State { New = 1, WorkedOnce = 2 };

    std::string provider = "pct1";
    std::string api;
    std::string appId;
    std::string uid;
    DeviceId deviceId{};
    std::vector<Sha256Digest> pins;
    State state = State::New;
    std::optional<AccountId> replaces;
    SecretBytes unknownFields; ///< of a newer version; written back as they came

    /// Host of `api`, with the port if it is not 443; for people.
    [[nodiscard]] QString server() const;
};

/// One account. Immutable once it is in an AccountSet; a change puts a new one in its place.
/// Source: storage.md 4.
struct Account
{
    AccountId id{};
    OtpParameters parameters;
    QString issuer;  ///< as it came, at most 1,024 bytes of UTF-8
    QString account; ///< as it came, at most 1,024 bytes of UTF-8
    SecretBytes secret;
    SecretBytes pin;
    RareList<std::string> further; ///< `name=value`, decoded
    std::chrono::sys_seconds created;
    std::chrono::sys_seconds changed;
    std::optional<std::chrono::sys_seconds> deleted; ///< in the bin since
    bool favourite = false;
    std::uint64_t order = 0;
    RareList<std::array<std::byte, 16>> groups;
    QString note;
    Boxed<Sha256Digest> icon;
    Boxed<Binding> binding;
    SecretBytes unknownFields; ///< of a newer version; written back as they came

    /// The code at `when`, for clock-driven types. Errors: as hufu::codeAt.
    [[nodiscard]] Result<OneTimeCode> codeAt(std::chrono::sys_seconds when) const;
    /// The same account again, to be changed and put in its place. Errors: SecretMemoryFull.
    [[nodiscard]] Result<Account> copy() const;
};

using AccountPtr = std::shared_ptr<const Account>;

/// A new account from a read URI, with a fresh id and, if it binds, a fresh device id.
/// Errors: none but a failed random generator, which ends the program. Any thread.
[[nodiscard]] Account makeAccount(KeyUri &&uri, std::chrono::sys_seconds now);

/// 32 hex digits, as contracts.md 2 prints ids.
[[nodiscard]] QString idText(const AccountId &id);

} // namespace hufu
