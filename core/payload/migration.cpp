#include "core/payload/migration.h"

#include "core/payload/key_uri_reader.h"
#include "core/payload/protobuf_reader.h"
#include "core/payload/shown_text.h"

#include <algorithm>

namespace hufu {
namespace {

constexpr std::size_t longestExport = 16 * 1024; // contracts.md 3
constexpr int mostParts = 1'000;
constexpr qsizetype longestImportedName = 1'024; // bytes of UTF-8, storage.md 4

// formats.md 2: field numbers, then the values of the enums.
enum PartField : std::uint32_t { Entry = 1, Version = 2, BatchSize = 3, BatchIndex = 4, Batch = 5 };
enum EntryField : std::uint32_t {
    Secret = 1,
    Name = 2,
    Issuer = 3,
    Algorithm = 4,
    Digits = 5,
    Type = 6,
    Counter = 7,
};
enum AlgorithmValue : std::uint64_t { NoAlgorithm = 0, Sha1 = 1, Sha256 = 2, Sha512 = 3 };
enum DigitsValue : std::uint64_t { NoDigits = 0, Six = 1, Eight = 2 };
enum TypeValue : std::uint64_t { NoType = 0, Hotp = 1, Totp = 2 };

/// Six bits, or -1. A space was a "+" before a form took it for one (formats.md 2); the other two
/// signs of RFC 4648 section 5 mean the same.
int base64Value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == ' ' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

/// RFC 4648 section 4, padding optional. Errors: MalformedExport, SecretMemoryFull.
Result<SecretBytes> decodeBase64(std::string_view text)
{
    const std::string_view padded = text;
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    if (text.size() % 4 == 1 || padded.size() - text.size() > 2)
        return failure(Errc::MalformedExport);
    Result<SecretBytes> decoded = SecretBytes::ofSize(text.size() * 3 / 4);
    if (!decoded)
        return decoded;
    const std::span<std::byte> out = decoded->mutableView();
    std::size_t size = 0;
    unsigned bits = 0;
    unsigned held = 0; // how many of them count
    for (const char c : text) {
        const int value = base64Value(c);
        if (value < 0)
            return failure(Errc::MalformedExport);
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xfffU;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[size++] = static_cast<std::byte>(bits >> held & 0xffU);
        }
    }
    if ((bits & ((1U << held) - 1)) != 0) // the rest of a last sign says nothing
        return failure(Errc::MalformedExport);
    return decoded;
}

/// An entry as it came; the secret is borrowed from the message.
struct RawEntry
{
    std::string_view secret;
    std::string_view name;
    std::string_view issuer;
    std::uint64_t algorithm = NoAlgorithm;
    std::uint64_t digits = NoDigits;
    std::uint64_t type = NoType;
    std::uint64_t counter = 0;
};

Result<RawEntry> readEntry(std::string_view message)
{
    RawEntry entry;
    ProtobufReader reader(message);
    while (true) {
        const Result<std::optional<ProtobufReader::Field>> field = reader.next();
        if (!field)
            return tl::unexpected(field.error());
        if (!*field)
            return entry;
        const ProtobufReader::Field &one = **field;
        if (one.number < Secret || one.number > Counter)
            continue; // of a newer version
        if (one.number <= Issuer ? !one.isBytes : !one.isNumber)
            return failure(Errc::MalformedExport);
        switch (one.number) {
        case Secret:
            entry.secret = one.bytes;
            break;
        case Name:
            entry.name = one.bytes;
            break;
        case Issuer:
            entry.issuer = one.bytes;
            break;
        case Algorithm:
            entry.algorithm = one.value;
            break;
        case Digits:
            entry.digits = one.value;
            break;
        case Type:
            entry.type = one.value;
            break;
        default:
            entry.counter = one.value;
            break;
        }
    }
}

/// Errors: UnsupportedUri, UnsupportedAlgorithm, DigitsOutOfRange, MalformedUri.
Result<OtpParameters> parametersOf(const RawEntry &entry)
{
    OtpParameters parameters;
    switch (entry.type) {
    case NoType:
    case Totp:
        break;
    case Hotp:
        if (entry.counter > static_cast<std::uint64_t>(INT64_MAX))
            return failure(Errc::MalformedUri);
        parameters.type = OtpType::Hotp;
        parameters.counter = entry.counter;
        break;
    default:
        return failure(Errc::UnsupportedUri);
    }
    switch (entry.algorithm) {
    case NoAlgorithm:
    case Sha1:
        break;
    case Sha256:
        parameters.hash = HashAlgorithm::Sha256;
        break;
    case Sha512:
        parameters.hash = HashAlgorithm::Sha512;
        break;
    default: // 4 is MD5
        return failure(Errc::UnsupportedAlgorithm);
    }
    if (entry.digits == Eight)
        parameters.digits = 8;
    else if (entry.digits != NoDigits && entry.digits != Six)
        return failure(Errc::DigitsOutOfRange);
    return parameters;
}

struct Names
{
    QString issuer;
    QString account;
};

/// Nothing if a name is not UTF-8 or too long to be stored.
std::optional<Names> namesOf(const RawEntry &entry)
{
    const auto issuer = shownText(entry.issuer);
    const auto name = shownText(entry.name);
    if (!issuer || !name || issuer->toUtf8().size() > longestImportedName ||
        name->toUtf8().size() > longestImportedName)
        return std::nullopt;
    Names names{*issuer, *name};
    const qsizetype colon = issuer->isEmpty() ? name->indexOf(u':') : issuer->size();
    const bool hasPrefix = issuer->isEmpty() ? colon >= 0 : name->startsWith(*issuer + u':');
    if (hasPrefix) {
        names.issuer = name->left(colon).trimmed();
        names.account = name->mid(colon + 1).trimmed();
    }
    return names;
}

/// Puts the entry among the accounts, or among what cannot be one. Errors: SecretMemoryFull.
Result<void> sortIn(const RawEntry &entry, MigrationPart &part)
{
    const std::optional<Names> names = namesOf(entry);
    const auto refuse = [&](Errc reason) -> Result<void> {
        const Names known = names.value_or(Names{});
        part.refused.push_back({known.issuer, known.account, reason});
        return {};
    };
    if (!names)
        return refuse(Errc::MalformedUri);
    if (entry.secret.empty())
        return refuse(Errc::EmptySecret);
    if (entry.secret.size() > longestSecret)
        return refuse(Errc::SecretTooLong);
    const Result<OtpParameters> parameters = parametersOf(entry);
    if (!parameters)
        return refuse(parameters.error().code);
    Result<SecretBytes> secret = SecretBytes::copyOf(entry.secret);
    if (!secret)
        return tl::unexpected(secret.error());
    KeyUri uri;
    uri.parameters = *parameters;
    uri.issuer = names->issuer;
    uri.account = names->account;
    uri.secret = std::move(*secret);
    part.accounts.push_back(std::move(uri));
    return {};
}

Result<void> readNumber(const ProtobufReader::Field &field, MigrationPart &part)
{
    const std::optional<std::int32_t> number = toInt32(field.value);
    if (!field.isNumber || !number)
        return failure(Errc::MalformedExport);
    switch (field.number) {
    case Version:
        part.version = *number;
        break;
    case BatchSize:
        part.size = *number;
        break;
    case BatchIndex:
        part.index = *number;
        break;
    default:
        part.batch = *number;
        break;
    }
    return {};
}

Result<MigrationPart> readPart(std::string_view message)
{
    MigrationPart part;
    ProtobufReader reader(message);
    while (true) {
        const Result<std::optional<ProtobufReader::Field>> field = reader.next();
        if (!field)
            return tl::unexpected(field.error());
        if (!*field)
            break;
        Result<void> done;
        if ((*field)->number == Entry) {
            const Result<RawEntry> entry =
                (*field)->isBytes ? readEntry((*field)->bytes) : failure(Errc::MalformedExport);
            done = entry ? sortIn(*entry, part) : tl::unexpected(entry.error());
        } else if ((*field)->number <= Batch) {
            done = readNumber(**field, part);
        }
        if (!done)
            return tl::unexpected(done.error());
    }
    part.size = std::max(part.size, 1); // of those that leave it out
    const bool isSound = part.version >= 0 && part.size <= mostParts && part.index >= 0 &&
                         part.index < part.size && !(part.accounts.empty() && part.refused.empty());
    if (!isSound)
        return failure(Errc::MalformedExport);
    return part;
}

bool holdTheSame(const MigrationPart &a, const MigrationPart &b)
{
    return a.refused == b.refused &&
           std::equal(a.accounts.begin(), a.accounts.end(), b.accounts.begin(), b.accounts.end(),
                      [](const KeyUri &one, const KeyUri &other) {
                          return one.issuer == other.issuer && one.account == other.account &&
                                 one.parameters == other.parameters &&
                                 equalInConstantTime(one.secret.view(), other.secret.view());
                      });
}

} // namespace

Result<MigrationPart> readMigration(std::string_view uri)
{
    if (uri.size() > longestExport)
        return failure(Errc::UriTooLong);
    uri = uri.substr(0, uri.find_last_not_of(" \t\r\n") + 1);
    const std::optional<UriParts> parts = splitUri(uri);
    if (!parts || !equalsIgnoringCase(parts->scheme, "otpauth-migration") ||
        !equalsIgnoringCase(parts->authority, "offline"))
        return failure(Errc::MalformedExport);
    const std::vector<UriParts::Parameter> parameters = parts->parameters();
    const auto data = std::ranges::find(parameters, "data", &UriParts::Parameter::name);
    if (data == parameters.end())
        return failure(Errc::MalformedExport);
    const Result<SecretBytes> text = percentDecodedSecret(data->value);
    if (!text)
        return failure(text.error().code == Errc::MalformedUri ? Errc::MalformedExport
                                                               : text.error().code);
    const Result<SecretBytes> message = decodeBase64(text->text());
    if (!message)
        return tl::unexpected(message.error());
    return readPart(message->text());
}

bool MigrationCollection::mayTake(const MigrationPart &part) const
{
    if (m_parts.empty())
        return true;
    const MigrationPart &first = m_parts.begin()->second;
    const auto known = m_parts.find(part.index);
    // Exports without a batch id are told apart by what they hold.
    return part.size == first.size && part.batch == first.batch &&
           (known == m_parts.end() || holdTheSame(known->second, part));
}

Result<MigrationCollection::Taken> MigrationCollection::take(MigrationPart &&part)
{
    if (!mayTake(part))
        return failure(Errc::AnotherExport);
    const int index = part.index;
    const bool isNew = m_parts.try_emplace(index, std::move(part)).second;
    return isNew ? Taken::New : Taken::Repeated;
}

int MigrationCollection::size() const
{
    return m_parts.empty() ? 0 : m_parts.begin()->second.size;
}

std::vector<int> MigrationCollection::missing() const
{
    std::vector<int> numbers;
    for (int index = 0; index < size(); ++index) {
        if (!m_parts.contains(index))
            numbers.push_back(index + 1);
    }
    return numbers;
}

} // namespace hufu
