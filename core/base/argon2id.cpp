#include "core/base/argon2id.h"

#include "core/base/clock.h"

#include <algorithm>
#include <argon2.h>
#include <array>
#include <cmath>
#include <tuple>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t keySize = 32;
constexpr std::chrono::duration<double> wantedTime = 500ms;

std::uint8_t *bytesFor(std::span<const std::byte> bytes)
{
    // The library's structure has no const; it writes only where its flags say so.
    return const_cast<std::uint8_t *>(reinterpret_cast<const std::uint8_t *>(bytes.data()));
}

bool isWithin(const Argon2Costs &costs, const Argon2Costs &most)
{
    return costs.memoryKiB <= most.memoryKiB && costs.passes <= most.passes &&
           costs.lanes <= most.lanes;
}

std::chrono::duration<double> timeOf(const Argon2Costs &costs)
{
    const SystemClock clock;
    const std::chrono::milliseconds start = clock.sinceBoot();
    constexpr std::array<std::byte, 16> salt{};
    Result<SecretBytes> password = SecretBytes::copyOf("a password of common length");
    if (password)
        std::ignore = argon2id(std::move(*password), salt, costs);
    return clock.sinceBoot() - start;
}

} // namespace

// The library's working memory (64 MiB and more) is ordinary memory: locking it would take more
// than RLIMIT_MEMLOCK allows. It holds blocks that all follow from the password, the last of which
// give the key. The library wipes it before it frees it (FLAG_clear_internal_memory is on, and the
// shared library does not export it, so nobody can have switched it off); while it works, the page
// file may see it.
Result<SecretBytes> argon2id(SecretBytes password, std::span<const std::byte> salt,
                             const Argon2Costs &costs)
{
    if (!isWithin(costs, highestPasswordCosts))
        return failure(Errc::PasswordCostTooHigh);
    Result<SecretBytes> key = SecretBytes::ofSize(keySize);
    if (!key)
        return key;
    argon2_context context{};
    context.out = bytesFor(key->view());
    context.outlen = keySize;
    context.pwd = bytesFor(password.view());
    context.pwdlen = static_cast<std::uint32_t>(password.size());
    context.salt = bytesFor(salt);
    context.saltlen = static_cast<std::uint32_t>(salt.size());
    context.t_cost = static_cast<std::uint32_t>(costs.passes);
    context.m_cost = static_cast<std::uint32_t>(costs.memoryKiB);
    context.lanes = context.threads = static_cast<std::uint32_t>(costs.lanes);
    context.version = ARGON2_VERSION_13;
    context.flags = ARGON2_FLAG_CLEAR_PASSWORD;
    switch (const int status = argon2id_ctx(&context)) {
    case ARGON2_OK:
        return key;
    case ARGON2_MEMORY_ALLOCATION_ERROR:
        return failure(Errc::SecretMemoryFull, QStringLiteral("for Argon2"));
    default:
        return failure(Errc::CryptoFailed, QString::fromLatin1(argon2_error_message(status)));
    }
}

Argon2Costs calibratedPasswordCosts()
{
    Argon2Costs costs = leastPasswordCosts;
    // The quicker of two: the first also pays for pages that the process never had before.
    const auto time = std::min(timeOf(costs), timeOf(costs));
    const double passes = double(costs.passes) * (wantedTime / std::max(time, {1ms}));
    costs.passes = std::clamp(static_cast<std::uint64_t>(std::llround(passes)),
                              leastPasswordCosts.passes, highestPasswordCosts.passes);
    return costs;
}

} // namespace hufu
