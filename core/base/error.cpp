#include "core/base/error.h"

#include <array>

namespace hufu {
namespace {

struct Named
{
    Errc code;
    QStringView name;
};

constexpr std::array table{
    Named{Errc::SecretMemoryFull, u"SecretMemoryFull"},
    Named{Errc::CryptoFailed, u"CryptoFailed"},
    Named{Errc::SealBroken, u"SealBroken"},
    Named{Errc::MalformedFields, u"MalformedFields"},
    Named{Errc::EmptySecret, u"EmptySecret"},
    Named{Errc::SecretTooShort, u"SecretTooShort"},
    Named{Errc::SecretTooLong, u"SecretTooLong"},
    Named{Errc::MalformedBase32, u"MalformedBase32"},
    Named{Errc::TimeBeforeEpoch, u"TimeBeforeEpoch"},
    Named{Errc::DigitsOutOfRange, u"DigitsOutOfRange"},
    Named{Errc::PeriodOutOfRange, u"PeriodOutOfRange"},
    Named{Errc::UnsupportedAlgorithm, u"UnsupportedAlgorithm"},
    Named{Errc::HotpNeedsNext, u"HotpNeedsNext"},
    Named{Errc::MalformedUri, u"MalformedUri"},
    Named{Errc::UriTooLong, u"UriTooLong"},
    Named{Errc::UnsupportedUri, u"UnsupportedUri"},
    Named{Errc::DuplicateParameter, u"DuplicateParameter"},
    Named{Errc::MalformedBinding, u"MalformedBinding"},
    Named{Errc::NotOurs, u"NotOurs"},
    Named{Errc::LoginNeedsPicture, u"LoginNeedsPicture"},
    Named{Errc::DamagedLoginCode, u"DamagedLoginCode"},
    Named{Errc::MalformedExport, u"MalformedExport"},
    Named{Errc::AnotherExport, u"AnotherExport"},
    Named{Errc::FileUnreadable, u"FileUnreadable"},
    Named{Errc::PictureTooLarge, u"PictureTooLarge"},
    Named{Errc::PictureUnreadable, u"PictureUnreadable"},
    Named{Errc::NoCodeFound, u"NoCodeFound"},
    Named{Errc::SeveralCodes, u"SeveralCodes"},
    Named{Errc::ScreenUnavailable, u"ScreenUnavailable"},
    Named{Errc::ScreenRefused, u"ScreenRefused"},
    Named{Errc::CameraMissing, u"CameraMissing"},
    Named{Errc::CameraRefused, u"CameraRefused"},
    Named{Errc::CameraBusy, u"CameraBusy"},
    Named{Errc::CameraGone, u"CameraGone"},
    Named{Errc::HelperFailed, u"HelperFailed"},
    Named{Errc::HelperVersion, u"HelperVersion"},
    Named{Errc::HelperTimedOut, u"HelperTimedOut"},
    Named{Errc::EntryNotFound, u"EntryNotFound"},
    Named{Errc::KeychainLocked, u"KeychainLocked"},
    Named{Errc::KeychainMissing, u"KeychainMissing"},
    Named{Errc::KeychainDenied, u"KeychainDenied"},
    Named{Errc::KeychainStalled, u"KeychainStalled"},
    Named{Errc::KeychainFailed, u"KeychainFailed"},
    Named{Errc::VaultNotFound, u"VaultNotFound"},
    Named{Errc::VaultMissing, u"VaultMissing"},
    Named{Errc::VaultCorrupt, u"VaultCorrupt"},
    Named{Errc::VaultOlderState, u"VaultOlderState"},
    Named{Errc::VaultNewerVersion, u"VaultNewerVersion"},
    Named{Errc::AnotherVault, u"AnotherVault"},
    Named{Errc::VaultBusy, u"VaultBusy"},
    Named{Errc::VaultUnwritable, u"VaultUnwritable"},
    Named{Errc::VaultFull, u"VaultFull"},
    Named{Errc::RecordTooLarge, u"RecordTooLarge"},
    Named{Errc::WriteNotConfirmed, u"WriteNotConfirmed"},
    Named{Errc::LostInMidWrite, u"LostInMidWrite"},
    Named{Errc::PasswordNeeded, u"PasswordNeeded"},
    Named{Errc::PasswordWrong, u"PasswordWrong"},
    Named{Errc::PasswordTooSoon, u"PasswordTooSoon"},
    Named{Errc::PasswordCostTooHigh, u"PasswordCostTooHigh"},
    Named{Errc::PlaceTaken, u"PlaceTaken"},
    Named{Errc::FileUnwritable, u"FileUnwritable"},
    Named{Errc::NoSuchAccount, u"NoSuchAccount"},
    Named{Errc::AmbiguousName, u"AmbiguousName"},
    Named{Errc::AccountExists, u"AccountExists"},
    Named{Errc::UnboundServer, u"UnboundServer"},
    Named{Errc::UnboundAccount, u"UnboundAccount"},
    Named{Errc::KeyRefused, u"KeyRefused"},
    Named{Errc::WeakBinding, u"WeakBinding"},
    Named{Errc::BindingExpired, u"BindingExpired"},
    Named{Errc::NoNetwork, u"NoNetwork"},
    Named{Errc::ServerUnreachable, u"ServerUnreachable"},
    Named{Errc::ServerTimedOut, u"ServerTimedOut"},
    Named{Errc::TlsExpired, u"TlsExpired"},
    Named{Errc::TlsWrongHost, u"TlsWrongHost"},
    Named{Errc::TlsUnknownIssuer, u"TlsUnknownIssuer"},
    Named{Errc::TlsPinMismatch, u"TlsPinMismatch"},
    Named{Errc::TlsFailed, u"TlsFailed"},
    Named{Errc::ProxyUnreachable, u"ProxyUnreachable"},
    Named{Errc::ProxyRefused, u"ProxyRefused"},
    Named{Errc::ProxyLoginUnsupported, u"ProxyLoginUnsupported"},
    Named{Errc::RedirectRefused, u"RedirectRefused"},
    Named{Errc::AnswerTooLarge, u"AnswerTooLarge"},
    Named{Errc::AnswerMalformed, u"AnswerMalformed"},
    Named{Errc::AnswerNotAuthentic, u"AnswerNotAuthentic"},
    Named{Errc::LoginExpired, u"LoginExpired"},
    Named{Errc::LoginAnsweredElsewhere, u"LoginAnsweredElsewhere"},
    Named{Errc::ServerRefused, u"ServerRefused"},
    Named{Errc::TooManyTries, u"TooManyTries"},
    Named{Errc::ClockWrong, u"ClockWrong"},
    Named{Errc::WrongNumber, u"WrongNumber"},
    Named{Errc::NumberNeeded, u"NumberNeeded"},
    Named{Errc::ServerFailed, u"ServerFailed"},
    Named{Errc::PolicyRefused, u"PolicyRefused"},
    Named{Errc::PolicyFixed, u"PolicyFixed"},
    Named{Errc::ProfileNameInvalid, u"ProfileNameInvalid"},
    Named{Errc::ProfileProtected, u"ProfileProtected"},
    Named{Errc::ConsentNeeded, u"ConsentNeeded"},
};

} // namespace

QString errcName(Errc code)
{
    // The table stands in the order of the enum; a test compares the two.
    return table.at(static_cast<std::size_t>(code)).name.toString();
}

std::optional<Errc> errcFromName(QStringView name)
{
    for (const Named &row : table) {
        if (row.name == name)
            return row.code;
    }
    return std::nullopt;
}

} // namespace hufu
