#pragma once

#include "core/otp/otp_parameters.h"

#include <QString>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hufu {

/// What a company's server offers besides codes: the right to ask for confirmations.
/// Source: protocol.md B1. An offer that exists is valid: `api` is in normal form (B0).
struct BindingOffer
{
    std::string api;   ///< `https://host[:port]/path`, no trailing slash, at most 200 characters
    std::string appId; ///< 1 to 64 of `[A-Za-z0-9_-]`
    std::string uid;   ///< 1 to 64 bytes of UTF-8, compared byte for byte
    std::vector<Sha256Digest> pins; ///< 0 to 2 SHA-256 of a SubjectPublicKeyInfo
    /// Under which this device asked for the offer; none if it stood in a code as it is.
    std::optional<std::array<std::byte, 16>> deviceId{};

    friend bool operator==(const BindingOffer &, const BindingOffer &) = default;
};

/// A read key URI. Issuer and account are shown to people: bidi overrides, zero-width characters
/// and line breaks are gone, and both are at most 128 characters when they came with a binding.
struct KeyUri
{
    OtpParameters parameters;
    QString issuer;  ///< may be empty
    QString account; ///< may be empty
    SecretBytes secret;
    std::vector<std::pair<std::string, std::string>> further; ///< other parameters, decoded, kept
    std::optional<BindingOffer> binding;
    /// The URI asked for a binding that the rules refuse (B1): it is a plain account, and the
    /// person is told so before it is stored.
    bool bindingRefused = false;

    /// The same again, for a change that may be applied more than once. Errors: SecretMemoryFull.
    [[nodiscard]] Result<KeyUri> copy() const;
};

enum class Loopback { Refused, Allowed };

/// Reads `otpauth://…` (and `apple-otpauth:`, `steam:`) as it came from a code, a link or a line.
/// A totp or hotp URI with any of `v`, `appid`, `uid`, `api` is read by the strict rules of
/// protocol.md B1; every other by the tolerant ones of formats.md 1. No copy of the text outlives
/// the call.
///
/// @param loopback  whether a binding may name this machine (contracts.md 4, allow_loopback)
/// Errors: UriTooLong, MalformedUri, UnsupportedUri, DuplicateParameter, EmptySecret,
/// SecretTooLong, MalformedBase32, UnsupportedAlgorithm, DigitsOutOfRange, PeriodOutOfRange,
/// SecretMemoryFull. Pure, any thread.
[[nodiscard]] Result<KeyUri> parseKeyUri(std::string_view uri, Loopback loopback);

/// The key URI of an account, as formats.md 1 "what we write" and B1 "Rules for a writer" say.
/// Errors: SecretMemoryFull. Pure, any thread.
[[nodiscard]] Result<SecretBytes> writeKeyUri(const KeyUri &uri);

} // namespace hufu
