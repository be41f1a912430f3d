#include "core/otp/one_time_code.h"

#include "core/otp/hotp.h"

#include <limits>

namespace hufu {
namespace {

constexpr int steamSymbols = 5;

QString steamCode(std::uint32_t number)
{
    static constexpr QStringView symbols = u"23456789BCDFGHJKMNPQRTVWXY";
    QString code;
    for (int i = 0; i < steamSymbols; ++i) {
        code.append(symbols.at(static_cast<qsizetype>(number % symbols.size())));
        number /= static_cast<std::uint32_t>(symbols.size());
    }
    return code;
}

} // namespace

Result<OneTimeCode> codeAt(const SecretBytes &key, const OtpParameters &parameters,
                           std::chrono::sys_seconds when)
{
    using std::chrono::seconds;
    if (parameters.type == OtpType::Hotp)
        return failure(Errc::HotpNeedsNext);
    if (parameters.type != OtpType::Totp && parameters.type != OtpType::Steam)
        return failure(Errc::UnsupportedAlgorithm);
    if (parameters.period < 1 || parameters.period > largestPeriod)
        return failure(Errc::PeriodOutOfRange);
    const std::int64_t time = when.time_since_epoch().count();
    if (time < 0)
        return failure(Errc::TimeBeforeEpoch);

    const std::int64_t step = time / parameters.period;
    const std::int64_t from = step * parameters.period;
    constexpr std::int64_t endOfTime = std::numeric_limits<std::int64_t>::max();
    const std::int64_t until =
        from > endOfTime - parameters.period ? endOfTime : from + parameters.period;
    const Result<std::uint32_t> number =
        truncatedHmac(key, parameters.hash, static_cast<std::uint64_t>(step));
    if (!number)
        return tl::unexpected(number.error());
    Result<QString> text = parameters.type == OtpType::Steam
                               ? Result<QString>(steamCode(*number))
                               : decimalCode(*number, parameters.digits);
    if (!text)
        return tl::unexpected(text.error());
    return OneTimeCode{std::move(*text), std::chrono::sys_seconds(seconds(from)),
                       std::chrono::sys_seconds(seconds(until))};
}

Result<OneTimeCode> codeForCounter(const SecretBytes &key, const OtpParameters &parameters)
{
    if (parameters.type != OtpType::Hotp)
        return failure(Errc::UnsupportedAlgorithm);
    const Result<std::uint32_t> number = truncatedHmac(key, parameters.hash, parameters.counter);
    if (!number)
        return tl::unexpected(number.error());
    Result<QString> text = decimalCode(*number, parameters.digits);
    if (!text)
        return tl::unexpected(text.error());
    return OneTimeCode{std::move(*text), {}, {}};
}

} // namespace hufu
