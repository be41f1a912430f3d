#include "core/vault/usage_record.h"

#include "core/payload/api_base.h"

#include <algorithm>
#include <limits>

namespace hufu {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

enum UsageTag : std::uint16_t { UseTag = 1, ClockTag = 2 };
enum UseField : std::uint16_t { UseId = 1, UseCount = 2, UseLast = 3 };
/// The offset's two directions have a field each, since numbers have no sign.
enum ClockField : std::uint16_t {
    ClockApi = 1,
    ClockIsUsed = 2,
    ClockAnswers = 3,
    ClockAhead = 4,
    ClockBehind = 5,
    ClockError = 6,
    ClockMeasured = 7,
    ClockSinceBoot = 8,
    ClockBoot = 9,
};

std::uint64_t unsignedOf(std::int64_t number)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, number));
}

Result<SecretBytes> writeUse(const AccountId &id, const AccountUse &use)
{
    FieldWriter writer;
    writer.bytes(UseId, id);
    writer.number(UseCount, use.count);
    writer.number(UseLast, unsignedOf(use.last.time_since_epoch().count()));
    return writer.take();
}

Result<SecretBytes> writeClock(const KeptServerClock &clock)
{
    FieldWriter writer;
    writer.text(ClockApi, clock.api);
    writer.number(ClockIsUsed, clock.isUsed ? 1 : 0);
    writer.number(ClockAnswers, unsignedOf(clock.answers));
    writer.number(ClockAhead, unsignedOf(clock.offset.count()));
    writer.number(ClockBehind, unsignedOf(-clock.offset.count()));
    writer.number(ClockError, unsignedOf(clock.error.count()));
    writer.number(ClockMeasured, unsignedOf(clock.measured.time_since_epoch().count()));
    writer.number(ClockSinceBoot, unsignedOf(clock.sinceBoot.count()));
    writer.text(ClockBoot, clock.boot);
    return writer.take();
}

/// The numbers and texts of one entry; what is not there is 0 or empty.
class Entry
{
public:
    explicit Entry(std::span<const std::byte> bytes)
        : m_fields(readFields(bytes, rules))
    {
    }

    std::int64_t number(std::uint16_t tag)
    {
        const Field *field = find(tag);
        const Result<std::uint64_t> number = field ? field->number() : Result<std::uint64_t>(0);
        if (!number || *number > std::uint64_t{std::numeric_limits<std::int64_t>::max()} / 2) {
            m_isDamaged = true;
            return 0;
        }
        return static_cast<std::int64_t>(*number);
    }

    std::string text(std::uint16_t tag)
    {
        const Field *field = find(tag);
        const Result<std::string_view> text = field ? field->text() : Result<std::string_view>("");
        m_isDamaged = m_isDamaged || !text;
        return text ? std::string(*text) : std::string();
    }

    [[nodiscard]] std::span<const std::byte> bytes(std::uint16_t tag) const
    {
        const Field *field = find(tag);
        return field ? field->value : std::span<const std::byte>();
    }

    /// Asked last. Errors: MalformedFields, VaultNewerVersion.
    [[nodiscard]] Result<void> problem() const
    {
        if (!m_fields)
            return tl::unexpected(m_fields.error());
        if (m_isDamaged)
            return failure(Errc::MalformedFields);
        return {};
    }

private:
    static constexpr std::array rules{FieldRule{1}, FieldRule{2}, FieldRule{3},
                                      FieldRule{4}, FieldRule{5}, FieldRule{6},
                                      FieldRule{7}, FieldRule{8}, FieldRule{9}};

    [[nodiscard]] const Field *find(std::uint16_t tag) const
    {
        if (!m_fields)
            return nullptr;
        const auto found = std::ranges::find(*m_fields, tag, &Field::tag);
        return found == m_fields->end() ? nullptr : &*found;
    }

    Result<std::vector<Field>> m_fields;
    bool m_isDamaged = false;
};

Result<void> readUse(std::span<const std::byte> bytes, Usage &usage)
{
    Entry entry(bytes);
    AccountId id{};
    if (entry.bytes(UseId).size() != id.size())
        return failure(Errc::MalformedFields);
    std::ranges::copy(entry.bytes(UseId), id.begin());
    usage.uses[id] = {.count = static_cast<std::uint64_t>(entry.number(UseCount)),
                      .last = std::chrono::sys_seconds(seconds(entry.number(UseLast)))};
    return entry.problem();
}

Result<void> readClock(std::span<const std::byte> bytes, Usage &usage)
{
    Entry entry(bytes);
    KeptServerClock clock{
        .api = entry.text(ClockApi),
        .isUsed = entry.number(ClockIsUsed) == 1,
        .answers = static_cast<int>(std::min<std::int64_t>(entry.number(ClockAnswers), 1'000)),
        .offset = milliseconds(entry.number(ClockAhead) - entry.number(ClockBehind)),
        .error = milliseconds(entry.number(ClockError)),
        .measured = UtcTime(milliseconds(entry.number(ClockMeasured))),
        .sinceBoot = milliseconds(entry.number(ClockSinceBoot)),
        .boot = entry.text(ClockBoot)};
    if (!isApiBase(clock.api, Loopback::Allowed))
        return failure(Errc::MalformedFields);
    usage.clocks.push_back(std::move(clock));
    return entry.problem();
}

} // namespace

Result<SecretBytes> writeUsage(const Usage &usage)
{
    FieldWriter writer;
    std::size_t left = mostKeptUses;
    for (const auto &[id, use] : usage.uses) {
        if (left-- == 0)
            break;
        const Result<SecretBytes> entry = writeUse(id, use);
        if (!entry)
            return tl::unexpected(entry.error());
        writer.bytes(UseTag, entry->view());
    }
    left = mostKeptClocks;
    for (const KeptServerClock &clock : usage.clocks) {
        if (left-- == 0)
            break;
        const Result<SecretBytes> entry = writeClock(clock);
        if (!entry)
            return tl::unexpected(entry.error());
        writer.bytes(ClockTag, entry->view());
    }
    return writer.take();
}

Result<Usage> readUsage(std::span<const std::byte> bytes)
{
    constexpr std::array rules{FieldRule{UseTag, Occurs::Repeatedly},
                               FieldRule{ClockTag, Occurs::Repeatedly}};
    const Result<std::vector<Field>> fields = readFields(bytes, rules);
    if (!fields)
        return tl::unexpected(fields.error());
    Usage usage;
    for (const Field &field : *fields) {
        Result<void> read;
        if (field.tag == UseTag)
            read = readUse(field.value, usage);
        else if (field.tag == ClockTag)
            read = readClock(field.value, usage);
        if (!read)
            return tl::unexpected(read.error());
    }
    return usage;
}

} // namespace hufu
