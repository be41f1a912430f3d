#include "core/vault/vault_usage.h"

#include "core/base/logging.h"
#include "core/vault/platform_file.h"
#include "core/vault/side_key.h"
#include "core/vault/usage_record.h"
#include "core/vault/vault.h"

#include <QFile>

#include <algorithm>

namespace hufu {
namespace {

constexpr qint64 largestFile = 4 * 1024 * 1024;

/// Not waited for: a file that a power cut leaves half written is set aside.
bool writeQuickly(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    const auto own = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    QFile::remove(path); // left by an earlier try, perhaps a link
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly, own) &&
           file.write(bytes) == bytes.size() && file.flush();
}

/// Whether `now` says anything that `kept` does not: a measurement that was only confirmed is not
/// worth a write, and one comes with each answer of a server.
bool saysMore(const KeptServerClock &now, const KeptServerClock &kept)
{
    using namespace std::chrono_literals;
    return now.isUsed != kept.isUsed || now.answers != kept.answers || now.boot != kept.boot ||
           std::chrono::abs(now.offset - kept.offset) > 1s || now.measured - kept.measured > 1h;
}

bool sayMore(const std::vector<KeptServerClock> &now, const std::vector<KeptServerClock> &kept)
{
    return !std::ranges::equal(now, kept, [](const auto &one, const auto &other) {
        return one.api == other.api && !saysMore(one, other);
    });
}

} // namespace

VaultUsage::VaultUsage(const Vault &vault, const VaultPlace &place, ServerClocks &clocks,
                       const Clock &clock)
    : m_vault(vault)
    , m_folder(place.dataPath)
    , m_clocks(clocks)
    , m_clock(clock)
{
    m_write.setSingleShot(true);
    m_write.setInterval(leastPause);
    m_write.callOnTimeout(this, &VaultUsage::flush);
    connect(&vault, &Vault::stateChanged, this, &VaultUsage::follow);
    connect(&clocks, &ServerClocks::changed, this, [this] {
        if (m_isRead && !m_isReading && sayMore(m_clocks.keep(), m_usage.clocks))
            touch();
    });
    follow();
}

VaultUsage::~VaultUsage()
{
    flush();
}

QString VaultUsage::path() const
{
    return m_folder + QStringLiteral("/usage");
}

void VaultUsage::follow()
{
    if (m_vault.sideKey() != nullptr && !m_isRead)
        read();
    if (m_vault.state() == Vault::State::Locked || m_vault.state() == Vault::State::Closed) {
        m_write.stop();
        m_usage = {};
        m_isRead = m_isDue = false;
        m_clocks.clear();
    }
}

void VaultUsage::read()
{
    m_isRead = true;
    const Result<QByteArray> text = readWholeFile(path(), largestFile);
    if (!text && text.error().code == Errc::EntryNotFound)
        return;
    Result<SecretBytes> plain =
        text ? m_vault.sideKey()->open(SideValue::usage(), *text) : tl::unexpected(text.error());
    Result<Usage> usage = plain ? readUsage(plain->view()) : tl::unexpected(plain.error());
    if (!usage) {
        qCWarning(logVault) << "usage:" << errcName(usage.error().code);
        if (const Result<void> renamed = renameOver(path(), path() + QStringLiteral(".bad")))
            emit setAside();
        return;
    }
    m_usage = std::move(*usage);
    m_isReading = true; // what is only read need not be written
    m_clocks.restore(m_usage.clocks);
    m_isReading = false;
}

void VaultUsage::count(const AccountId &id)
{
    AccountUse &use = m_usage.uses[id];
    ++use.count;
    use.last = m_clock.second();
    touch();
}

AccountUse VaultUsage::of(const AccountId &id) const
{
    const auto found = m_usage.uses.find(id);
    return found == m_usage.uses.end() ? AccountUse{} : found->second;
}

void VaultUsage::touch()
{
    if (!m_isRead)
        return;
    m_isDue = true;
    if (!m_write.isActive())
        m_write.start();
}

void VaultUsage::flush()
{
    const SideKey *key = m_vault.sideKey();
    if (!m_isDue || !m_isRead || key == nullptr)
        return;
    m_isDue = false;
    m_write.stop();
    std::erase_if(m_usage.uses, [this](const auto &use) {
        return m_vault.accounts().find(use.first) == nullptr; // deleted for ever
    });
    m_usage.clocks = m_clocks.keep();
    const Result<SecretBytes> plain = writeUsage(m_usage);
    const Result<QByteArray> text =
        plain ? key->seal(SideValue::usage(), plain->view()) : tl::unexpected(plain.error());
    const QString fresh = path() + QStringLiteral(".new");
    const bool isWritten = text && writeQuickly(fresh, *text) && renameOver(fresh, path());
    if (!isWritten)
        qCWarning(logVault) << "usage: not written";
}

} // namespace hufu
