#include "core/otp/hotp.h"

#include "core/base/fields.h"
#include "core/otp/otp_parameters.h"

namespace hufu {

Result<std::uint32_t> truncatedHmac(const SecretBytes &key, HashAlgorithm hash,
                                    std::uint64_t counter)
{
    if (key.empty())
        return failure(Errc::EmptySecret);
    const Result<SecretBytes> mac = hmac(hash, key.view(), bigEndian<8>(counter));
    if (!mac)
        return tl::unexpected(mac.error());
    const std::span<const std::byte> bytes = mac->view();
    const auto offset = std::to_integer<std::size_t>(bytes.back() & std::byte{0x0f});
    return static_cast<std::uint32_t>(fromBigEndian(bytes.subspan(offset, 4)) & 0x7fff'ffff);
}

Result<QString> decimalCode(std::uint32_t number, int digits)
{
    if (digits < smallestDigits || digits > largestDigits)
        return failure(Errc::DigitsOutOfRange);
    return QString::number(number).rightJustified(digits, u'0').right(digits);
}

} // namespace hufu
