#include "core/vault/vault_usage.h"

#include "core/base/logging.h"
#include "core/vault/platform_file.h"
#include "core/vault/side_key.h"
#include "core/vault/usage_record.h"
#include "core/vault/vault.h"

#include <QFile>

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
    connect(&clocks, &ServerClocks::changed, this, &VaultUsage::touch);
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
    m_usage.uses = std::move(usage->uses);
    m_isReading = true; // what is only read need not be written
    m_clocks.restore(usage->clocks);
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
    if (!m_isRead || m_isReading)
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
    m_usage.clocks.clear();
    const Result<QByteArray> text =
        plain ? key->seal(SideValue::usage(), plain->view()) : tl::unexpected(plain.error());
    const QString fresh = path() + QStringLiteral(".new");
    const bool isWritten = text && writeQuickly(fresh, *text) && renameOver(fresh, path());
    if (!isWritten)
        qCWarning(logVault) << "usage: not written";
}

} // namespace hufu
