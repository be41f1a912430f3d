#include "ui/servers_sheet.h"

#include "ui/button.h"
#include "ui/measures.h"
#include "ui/name_field.h"
#include "ui/secret_field.h"
#include "ui/setting_rows.h"
#include "ui/text.h"

#include <QIntValidator>
#include <QVBoxLayout>

#include <map>
#include <set>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

using Kind = ProxySettings::Kind;

constexpr double fieldWidth = 200;

/// What stands in a row about one server.
struct BoundServer
{
    std::set<std::string> applications;
    int accounts = 0;
    bool hasPins = false;
};

std::map<QString, BoundServer> serversOf(const AccountSet &accounts)
{
    std::map<QString, BoundServer> servers;
    for (const AccountPtr &account : accounts.all()) {
        if (!account->binding || account->deleted)
            continue;
        BoundServer &server = servers[account->binding->server()];
        server.applications.insert(account->binding->appId);
        ++server.accounts;
        server.hasPins = server.hasPins || !account->binding->pins.empty();
    }
    return servers;
}

} // namespace

ServersSheet::ServersSheet(const AccountSet &accounts, const ProxySettings *proxy, bool hasPassword,
                           QWidget *parent)
    : Sheet(tr("Servers"), 460, parent)
{
    QVBoxLayout *column = newContent();
    column->addWidget(newSettingCaption(tr("Bound servers")));
    column->addWidget(makeServers(accounts));
    if (proxy != nullptr) {
        m_proxy = *proxy;
        column->addSpacing(px(16));
        column->addWidget(newSettingCaption(tr("Proxy")));
        column->addWidget(makeProxy());
        m_manual = makeManual(hasPassword);
        column->addWidget(m_manual);
        followKind();
    }
    column->addSpacing(px(8));
    column->addStretch(1);
    auto *close = new Button(tr("Close"), Button::Look::Outlined);
    connect(close, &Button::clicked, this, &QDialog::accept);
    foot()->addWidget(close, 0, Qt::AlignRight);
    close->setFocus();
    connect(this, &QDialog::finished, this, &ServersSheet::submitPassword);
}

QWidget *ServersSheet::makeServers(const AccountSet &accounts)
{
    auto *card = new SettingCard;
    const std::map<QString, BoundServer> servers = serversOf(accounts);
    for (const auto &[host, server] : servers) {
        const auto applications = static_cast<int>(server.applications.size());
        card->addRow(host,
                     tr("%n account(s)", nullptr, server.accounts) + u" · "_s +
                         tr("%n application(s)", nullptr, applications),
                     new Text(server.hasPins ? tr("Key pinned") : tr("No key pinned"), Type::Small,
                              Text::Tint::Quiet));
    }
    if (servers.empty())
        card->addRow(tr("None yet"), tr("Scan the binding code of your organisation."),
                     new QWidget);
    return card;
}

QWidget *ServersSheet::makeProxy()
{
    auto *card = new SettingCard;
    auto *kind = new PickBox(tr("Reach servers"),
                             {{static_cast<int>(Kind::System), tr("As the system says")},
                              {static_cast<int>(Kind::None), tr("Without a proxy")},
                              {static_cast<int>(Kind::Manual), tr("Through this proxy")}});
    kind->setValue(static_cast<int>(m_proxy.kind));
    connect(kind, &PickBox::picked, this, &ServersSheet::takeKind);
    card->addRow(tr("Reach servers"), tr("A proxy learns the server's name, nothing more"), kind);
    return card;
}

QWidget *ServersSheet::makeManual(bool hasPassword)
{
    auto *manual = new QWidget;
    auto *column = new QVBoxLayout(manual);
    column->setContentsMargins(0, px(8), 0, 0);
    column->setSpacing(px(8));
    auto *card = new SettingCard;
    m_host = makeField(tr("Host"), m_proxy.host);
    card->addRow(tr("Host"), {}, m_host);
    m_port = makeField(tr("Port"), m_proxy.port == 0 ? QString() : QString::number(m_proxy.port));
    m_port->setValidator(new QIntValidator(1, 65'535, m_port));
    card->addRow(tr("Port"), {}, m_port);
    m_user = makeField(tr("User"), m_proxy.user);
    card->addRow(tr("User"), tr("Empty if it asks for no login"), m_user);
    m_password = new SecretField(tr("Password"));
    m_password->setFixedWidth(px(fieldWidth));
    connect(m_password, &SecretField::submitted, this, &ServersSheet::submitPassword);
    card->addRow(tr("Password"),
                 hasPassword ? tr("Known until Hufu quits, never stored")
                             : tr("Asked for once after each start, never stored"),
                 m_password);
    column->addWidget(card);
    m_missing = (new Text(tr("A proxy needs a host and a port. Until then no server is reached."),
                          Type::Small, Text::Tint::Danger))
                    ->wrapped();
    m_missing->setContentsMargins(px(4), 0, px(4), 0);
    column->addWidget(m_missing);
    return manual;
}

NameField *ServersSheet::makeField(const QString &name, const QString &value)
{
    auto *field = new NameField(name);
    field->setFixedWidth(px(fieldWidth));
    field->setText(value);
    connect(field, &NameField::editingFinished, this, &ServersSheet::takeFields);
    return field;
}

void ServersSheet::takeKind(int kind)
{
    m_proxy.kind = static_cast<Kind>(kind);
    followKind();
    fit();
    emit changed(m_proxy);
}

void ServersSheet::takeFields()
{
    ProxySettings now = m_proxy;
    now.host = m_host->text().trimmed();
    now.port = m_port->text().toUShort();
    now.user = m_user->text();
    if (now == m_proxy)
        return;
    m_proxy = now;
    followKind();
    fit();
    emit changed(m_proxy);
}

void ServersSheet::followKind()
{
    m_manual->setVisible(m_proxy.kind == Kind::Manual);
    m_missing->setVisible(!m_proxy.isComplete());
    m_password->setEnabled(m_proxy.wantsPassword());
}

void ServersSheet::submitPassword()
{
    if (m_password != nullptr && !m_password->isEmpty() && m_proxy.wantsPassword())
        emit passwordTyped();
}

SecretBytes ServersSheet::takePassword()
{
    return m_password->take();
}

} // namespace hufu
