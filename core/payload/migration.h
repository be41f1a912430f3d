#pragma once

#include "core/payload/key_uri.h"

#include <map>

namespace hufu {

/// One code of a Google Authenticator export, which spreads its accounts over several.
/// Source: formats.md 2. A part that exists has an index below its size and at least one entry.
struct MigrationPart
{
    /// An entry that this program cannot hold.
    struct Refused
    {
        QString issuer;  ///< may be empty
        QString account; ///< may be empty
        /// EmptySecret, SecretTooLong, UnsupportedAlgorithm, DigitsOutOfRange, UnsupportedUri (a
        /// type that is not known), MalformedUri (a name or a counter that cannot be)
        Errc reason = Errc::MalformedUri;

        friend bool operator==(const Refused &, const Refused &) = default;
    };

    int version = 0;        ///< as it says: 1 in older exports, 2 in newer ones
    int size = 1;           ///< codes of the whole export, 1 to 1,000
    int index = 0;          ///< of this one, from 0
    std::int32_t batch = 0; ///< the same in all codes of one export; 0 in the newest ones
    std::vector<KeyUri> accounts;
    std::vector<Refused> refused;
};

/// Reads `otpauth-migration://offline?data=…`. No copy of the text outlives the call.
/// Errors: UriTooLong (more than 16 KiB), MalformedExport, SecretMemoryFull. Pure, any thread.
[[nodiscard]] Result<MigrationPart> readMigration(std::string_view uri);

/// The codes of one export, in whatever order they are scanned. A value; one thread at a time.
class MigrationCollection
{
public:
    enum class Taken { New, Repeated };

    /// Whether `part` belongs to the export whose codes were taken; any does to an empty
    /// collection.
    [[nodiscard]] bool mayTake(const MigrationPart &part) const;
    /// The same part again is harmless. Errors: AnotherExport for a part with another batch id or
    /// size, or with other accounts under a number that is there already; what is here stays.
    [[nodiscard]] Result<Taken> take(MigrationPart &&part);

    /// Codes of the whole export; 0 as long as none was taken.
    [[nodiscard]] int size() const;
    /// How many of them were taken.
    [[nodiscard]] int read() const { return static_cast<int>(m_parts.size()); }
    [[nodiscard]] bool isComplete() const { return !m_parts.empty() && read() == size(); }
    /// The numbers, from 1, of those that were not.
    [[nodiscard]] std::vector<int> missing() const;
    /// What was taken, by index.
    [[nodiscard]] const std::map<int, MigrationPart> &parts() const { return m_parts; }

private:
    std::map<int, MigrationPart> m_parts;
};

} // namespace hufu
