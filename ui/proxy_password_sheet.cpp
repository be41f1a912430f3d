#include "ui/proxy_password_sheet.h"

#include "ui/button.h"
#include "ui/measures.h"
#include "ui/secret_field.h"
#include "ui/text.h"

#include <QVBoxLayout>

namespace hufu {

ProxyPasswordSheet::ProxyPasswordSheet(const ProxySettings &proxy, QWidget *parent)
    : Sheet(tr("Proxy"), 420, parent)
{
    const QString headline = tr("Password for the proxy");
    const QString rest = tr("%1 wants a login before it lets anything through. Hufu keeps the "
                            "password until it quits and stores it nowhere.")
                             .arg(proxy.host);
    QVBoxLayout *column = newContent();
    column->addWidget((new Text(headline, Type::Title))->wrapped());
    column->addSpacing(px(8));
    column->addWidget((new Text(rest, Type::Body, Text::Tint::Quiet))->wrapped());
    column->addSpacing(px(16));
    //: %1 is a name of a user
    const QString label = tr("Password of %1").arg(proxy.user);
    column->addWidget((new Text(label, Type::Small, Text::Tint::Quiet))->wrapped());
    column->addSpacing(px(4));
    m_password = new SecretField(label);
    connect(m_password, &SecretField::submitted, this, &ProxyPasswordSheet::submitted);
    column->addWidget(m_password);
    column->addSpacing(px(12));
    column->addStretch(1);
    setAccessibleDescription(headline + u' ' + rest);

    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    row->addStretch(1);
    auto *cancel = new Button(tr("Cancel"), Button::Look::Outlined);
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    row->addWidget(cancel);
    auto *go = new Button(tr("Continue"), Button::Look::Primary);
    connect(go, &Button::clicked, this, &ProxyPasswordSheet::submitted);
    row->addWidget(go);
    foot()->addLayout(row);
}

void ProxyPasswordSheet::showEvent(QShowEvent *event)
{
    Sheet::showEvent(event);
    m_password->setFocus();
}

SecretBytes ProxyPasswordSheet::takePassword()
{
    return m_password->take();
}

} // namespace hufu
