#include "core/vault/account_record.h"

#include "core/vault/kept_fields.h"

#include <algorithm>

namespace hufu {
namespace {

enum Tag : std::uint16_t {
    IdTag = 1,
    TypeTag = 2,
    IssuerTag = 3,
    AccountTag = 4,
    SecretTag = 5,
    HashTag = 6,
    DigitsTag = 7,
    PeriodTag = 8,
    CounterTag = 9,
    PinTag = 10,
    FurtherTag = 11,
    CreatedTag = 16,
    ChangedTag = 17,
    DeletedTag = 18,
    FavouriteTag = 19,
    OrderTag = 20,
    GroupTag = 21,
    NoteTag = 22,
    IconTag = 23,
    BindingTag = 32,
};

enum BindingFieldTag : std::uint16_t {
    ProviderTag = 1,
    ApiTag = 2,
    AppIdTag = 3,
    UidTag = 4,
    DeviceTag = 5,
    PinsTag = 6,
    StateTag = 7,
    ReplacesTag = 8,
};

constexpr std::array rules{
    FieldRule{IdTag},
    FieldRule{TypeTag},
    FieldRule{IssuerTag},
    FieldRule{AccountTag},
    FieldRule{SecretTag},
    FieldRule{HashTag},
    FieldRule{DigitsTag},
    FieldRule{PeriodTag},
    FieldRule{CounterTag},
    FieldRule{PinTag},
    FieldRule{FurtherTag, Occurs::Repeatedly},
    FieldRule{CreatedTag},
    FieldRule{ChangedTag},
    FieldRule{DeletedTag},
    FieldRule{FavouriteTag},
    FieldRule{OrderTag},
    FieldRule{GroupTag, Occurs::Repeatedly},
    FieldRule{NoteTag},
    FieldRule{IconTag},
    FieldRule{BindingTag},
};
constexpr std::array bindingRules{
    FieldRule{ProviderTag}, FieldRule{ApiTag},      FieldRule{AppIdTag},
    FieldRule{UidTag},      FieldRule{DeviceTag},   FieldRule{PinsTag, Occurs::Repeatedly},
    FieldRule{StateTag},    FieldRule{ReplacesTag},
};

constexpr qsizetype maximumName = 1024;
constexpr std::size_t maximumSecret = 1024;
constexpr qsizetype maximumNote = 16 << 10;

std::uint64_t secondsOf(std::chrono::sys_seconds when)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, when.time_since_epoch().count()));
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

Result<SecretBytes> encodeBinding(const Binding &binding)
{
    MergingWriter writer(binding.unknownFields);
    writer.text(ProviderTag, binding.provider);
    writer.text(ApiTag, binding.api);
    writer.text(AppIdTag, binding.appId);
    writer.text(UidTag, binding.uid);
    writer.bytes(DeviceTag, binding.deviceId);
    for (const Sha256Digest &pin : binding.pins)
        writer.bytes(PinsTag, pin);
    writer.number(StateTag, static_cast<std::uint64_t>(binding.state));
    if (binding.replaces)
        writer.bytes(ReplacesTag, *binding.replaces);
    return writer.take();
}

/// Reads one field after the other and remembers whether one was wrong.
class RecordReader
{
public:
    explicit RecordReader(const SortedFields &fields)
        : m_fields(fields)
    {
    }

    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] bool has(std::uint16_t tag) const { return m_fields.find(tag).has_value(); }
    void refuseUnless(bool condition) { m_good = m_good && condition; }

    std::uint64_t number(std::uint16_t tag, std::uint64_t fallback)
    {
        const std::optional<Field> field = m_fields.find(tag);
        if (!field)
            return fallback;
        const Result<std::uint64_t> read = field->number();
        refuseUnless(read.has_value());
        return read.value_or(fallback);
    }
    std::string_view text(std::uint16_t tag) { return textOf(m_fields.find(tag)); }
    QString name(std::uint16_t tag, qsizetype limit)
    {
        const std::string_view read = text(tag);
        const auto size = static_cast<qsizetype>(read.size());
        refuseUnless(size <= limit);
        return QString::fromUtf8(read.data(), size);
    }
    std::chrono::sys_seconds time(std::uint16_t tag)
    {
        const std::uint64_t seconds = number(tag, 0);
        refuseUnless(seconds <= 0x7fff'ffff'ffff);
        return std::chrono::sys_seconds(std::chrono::seconds(seconds));
    }
    template <std::size_t N>
    std::array<std::byte, N> exactly(std::span<const std::byte> value)
    {
        std::array<std::byte, N> read{};
        refuseUnless(value.size() == N);
        if (value.size() == N)
            std::ranges::copy(value, read.begin());
        return read;
    }
    template <std::size_t N>
    std::array<std::byte, N> id(std::uint16_t tag)
    {
        const std::optional<Field> field = m_fields.find(tag);
        return exactly<N>(field ? field->value : std::span<const std::byte>());
    }
    Result<SecretBytes> secret(std::uint16_t tag)
    {
        const std::optional<Field> field = m_fields.find(tag);
        if (!field)
            return SecretBytes();
        refuseUnless(field->value.size() <= maximumSecret);
        return SecretBytes::copyOf(field->value);
    }
    template <typename Take>
    void each(std::uint16_t tag, Take take)
    {
        for (const Field &field : m_fields.known) {
            if (field.tag == tag)
                take(field);
        }
    }
    std::string_view textOf(const std::optional<Field> &field)
    {
        if (!field)
            return {};
        const Result<std::string_view> read = field->text();
        refuseUnless(read.has_value());
        return read.value_or(std::string_view());
    }

private:
    const SortedFields &m_fields;
    bool m_good = true;
};

tl::unexpected<Error> malformedRecord()
{
    return failure(Errc::VaultCorrupt, QStringLiteral("account record"));
}

Result<Binding> decodeBinding(std::span<const std::byte> bytes)
{
    Result<SortedFields> fields = SortedFields::read(bytes, bindingRules);
    if (!fields)
        return tl::unexpected(fields.error());
    RecordReader reader(*fields);
    Binding binding;
    binding.provider = reader.text(ProviderTag);
    binding.api = reader.text(ApiTag);
    binding.appId = reader.text(AppIdTag);
    binding.uid = reader.text(UidTag);
    binding.deviceId = reader.id<16>(DeviceTag);
    reader.each(PinsTag, [&](const Field &field) {
        binding.pins.push_back(reader.exactly<32>(field.value));
    });
    const std::uint64_t state = reader.number(StateTag, 1);
    reader.refuseUnless(state == 1 || state == 2);
    binding.state = static_cast<Binding::State>(state);
    if (reader.has(ReplacesTag))
        binding.replaces = reader.id<16>(ReplacesTag);
    if (!reader.good())
        return malformedRecord();
    binding.unknownFields = std::move(fields->unknown);
    return binding;
}

OtpParameters decodeParameters(RecordReader &reader)
{
    OtpParameters parameters;
    const std::uint64_t type = reader.number(TypeTag, 0);
    const std::uint64_t hash = reader.number(HashTag, 1);
    const std::uint64_t digits = reader.number(DigitsTag, 6);
    const std::uint64_t period = reader.number(PeriodTag, 30);
    reader.refuseUnless(type >= 1 && type <= 6 && hash >= 1 && hash <= 4 &&
                        digits >= smallestDigits && digits <= largestDigits && period >= 1 &&
                        period <= static_cast<std::uint64_t>(largestPeriod));
    if (!reader.good())
        return parameters;
    parameters.type = static_cast<OtpType>(type);
    parameters.hash = static_cast<HashAlgorithm>(hash);
    parameters.digits = static_cast<int>(digits);
    parameters.period = static_cast<std::int64_t>(period);
    parameters.counter = reader.number(CounterTag, 0);
    return parameters;
}

void decodeRest(RecordReader &reader, Account &account)
{
    account.id = reader.id<16>(IdTag);
    account.parameters = decodeParameters(reader);
    account.issuer = reader.name(IssuerTag, maximumName);
    account.account = reader.name(AccountTag, maximumName);
    reader.each(FurtherTag, [&](const Field &field) {
        account.further.push_back(std::string(reader.textOf(field)));
    });
    account.created = reader.time(CreatedTag);
    account.changed = reader.time(ChangedTag);
    if (reader.has(DeletedTag))
        account.deleted = reader.time(DeletedTag);
    account.favourite = reader.number(FavouriteTag, 0) != 0;
    account.order = reader.number(OrderTag, 0);
    reader.each(GroupTag, [&](const Field &field) {
        account.groups.push_back(reader.exactly<16>(field.value));
    });
    account.note = reader.name(NoteTag, maximumNote);
    if (reader.has(IconTag))
        account.icon = reader.id<32>(IconTag);
}

} // namespace

Result<SecretBytes> encodeAccount(const Account &account)
{
    const QByteArray issuer = account.issuer.toUtf8();
    const QByteArray name = account.account.toUtf8();
    const QByteArray note = account.note.toUtf8();
    if (account.secret.size() > maximumSecret || account.pin.size() > maximumSecret)
        return failure(Errc::SecretTooLong);
    if (issuer.size() > maximumName || name.size() > maximumName || note.size() > maximumNote)
        return failure(Errc::RecordTooLarge);

    MergingWriter writer(account.unknownFields);
    const OtpParameters &otp = account.parameters;
    writer.bytes(IdTag, account.id);
    writer.number(TypeTag, static_cast<std::uint64_t>(otp.type));
    writer.text(IssuerTag, viewOf(issuer));
    writer.text(AccountTag, viewOf(name));
    writer.bytes(SecretTag, account.secret.view());
    writer.number(HashTag, static_cast<std::uint64_t>(otp.hash));
    writer.number(DigitsTag, static_cast<std::uint64_t>(otp.digits));
    writer.number(PeriodTag, static_cast<std::uint64_t>(otp.period));
    if (otp.type == OtpType::Hotp || otp.counter != 0)
        writer.number(CounterTag, otp.counter);
    if (!account.pin.empty())
        writer.bytes(PinTag, account.pin.view());
    for (const std::string &further : account.further)
        writer.text(FurtherTag, further);
    writer.number(CreatedTag, secondsOf(account.created));
    writer.number(ChangedTag, secondsOf(account.changed));
    if (account.deleted)
        writer.number(DeletedTag, secondsOf(*account.deleted));
    if (account.favourite)
        writer.number(FavouriteTag, 1);
    writer.number(OrderTag, account.order);
    for (const auto &group : account.groups)
        writer.bytes(GroupTag, group);
    if (!note.isEmpty())
        writer.text(NoteTag, viewOf(note));
    if (account.icon)
        writer.bytes(IconTag, *account.icon);
    if (account.binding) {
        const Result<SecretBytes> binding = encodeBinding(*account.binding);
        if (!binding)
            return tl::unexpected(binding.error());
        writer.bytes(BindingTag, binding->view());
    }
    Result<SecretBytes> record = writer.take();
    if (record && record->size() > maximumRecordSize)
        return failure(Errc::RecordTooLarge);
    return record;
}

Result<Account> decodeAccount(std::span<const std::byte> bytes)
{
    if (bytes.size() > maximumRecordSize)
        return malformedRecord();
    Result<SortedFields> fields = SortedFields::read(bytes, rules);
    if (!fields)
        return tl::unexpected(fields.error());
    RecordReader reader(*fields);
    Account account;
    decodeRest(reader, account);
    Result<SecretBytes> secret = reader.secret(SecretTag);
    Result<SecretBytes> pin = reader.secret(PinTag);
    if (!secret || !pin)
        return failure(Errc::SecretMemoryFull);
    if (!reader.good())
        return malformedRecord();
    account.secret = std::move(*secret);
    account.pin = std::move(*pin);
    if (const std::optional<Field> field = fields->find(BindingTag)) {
        Result<Binding> binding = decodeBinding(field->value);
        if (!binding)
            return tl::unexpected(binding.error());
        account.binding = std::move(*binding);
    }
    account.unknownFields = std::move(fields->unknown);
    return account;
}

} // namespace hufu
