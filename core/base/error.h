#pragma once

#include <QString>

#include <optional>

namespace hufu {

/// Why something did not work. The names are part of our contracts with scripts (contracts.md,
/// opening): they are added, never renamed. Each has its sentence in ui/error_text.cpp.
enum class Errc {
    // secrets and codes
    SecretMemoryFull,
    CryptoFailed,
    SealBroken,
    MalformedFields,
    EmptySecret,
    SecretTooShort,
    SecretTooLong,
    MalformedBase32,
    TimeBeforeEpoch,
    DigitsOutOfRange,
    PeriodOutOfRange,
    UnsupportedAlgorithm,
    HotpNeedsNext,
    // what a QR code, a link or a line says
    MalformedUri,
    UriTooLong,
    UnsupportedUri,
    DuplicateParameter,
    MalformedBinding,
    NotOurs,
    LoginNeedsPicture,
    DamagedLoginCode,
    MalformedExport,
    AnotherExport,
    // pictures, screens and the helper
    FileUnreadable,
    PictureTooLarge,
    PictureUnreadable,
    NoCodeFound,
    SeveralCodes,
    ScreenUnavailable,
    ScreenRefused,
    CameraMissing,
    CameraRefused,
    CameraBusy,
    CameraGone,
    HelperFailed,
    HelperVersion,
    HelperTimedOut,
    // keychain and vault
    EntryNotFound,
    KeychainLocked,
    KeychainMissing,
    KeychainDenied,
    KeychainStalled,
    KeychainFailed,
    VaultNotFound,
    VaultMissing,
    VaultCorrupt,
    VaultOlderState,
    VaultNewerVersion,
    AnotherVault,
    VaultBusy,
    VaultUnwritable,
    VaultFull,
    RecordTooLarge,
    WriteNotConfirmed,
    LostInMidWrite,
    PasswordNeeded,
    PasswordWrong,
    PasswordTooSoon,
    PasswordCostTooHigh,
    PlaceTaken,
    FileUnwritable,
    // accounts
    NoSuchAccount,
    AmbiguousName,
    AccountExists,
    // login
    UnboundServer,
    UnboundAccount,
    KeyRefused,
    WeakBinding,
    BindingExpired,
    NoNetwork,
    ServerUnreachable,
    ServerTimedOut,
    TlsExpired,
    TlsWrongHost,
    TlsUnknownIssuer,
    TlsPinMismatch,
    TlsFailed,
    ProxyUnreachable,
    ProxyRefused,
    ProxyLoginUnsupported,
    RedirectRefused,
    AnswerTooLarge,
    AnswerMalformed,
    AnswerNotAuthentic,
    LoginExpired,
    LoginAnsweredElsewhere,
    ServerRefused,
    TooManyTries,
    ClockWrong,
    WrongNumber,
    NumberNeeded,
    ServerFailed,
    // policy, profile, command line
    PolicyRefused,
    PolicyFixed,
    ProfileNameInvalid,
    ProfileProtected,
    ConsentNeeded,
};

/// A failure: its code and an English detail for the log and "Details".
/// The detail never holds scanned text, a name, a token or a secret (contracts.md 5).
struct Error
{
    Errc code;
    QString detail;

    friend bool operator==(const Error &, const Error &) = default;
};

/// The name of a code as scripts and the helper's messages write it, such as "KeychainLocked".
/// Pure; any thread.
[[nodiscard]] QString errcName(Errc code);

/// The code that `name` names; nothing if no code has that name. Pure; any thread.
[[nodiscard]] std::optional<Errc> errcFromName(QStringView name);

} // namespace hufu
