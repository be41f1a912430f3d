#include "ui/security_sheet.h"

#include "ui/button.h"
#include "ui/measures.h"
#include "ui/setting_rows.h"
#include "ui/text.h"

#include <QVBoxLayout>

namespace hufu {

SecuritySheet::SecuritySheet(const LockSettings &settings, bool hasPassword, QWidget *parent)
    : Sheet(tr("Security"), 460, parent)
    , m_settings(settings)
{
    QVBoxLayout *column = newContent();
    auto *caption = new Text(tr("Lock"), Type::BodyStrong, Text::Tint::Quiet);
    caption->setContentsMargins(px(4), 0, 0, px(8));
    column->addWidget(caption);

    auto *card = new SettingCard;
    auto *password = new Button(hasPassword ? tr("Change…") : tr("Set…"), Button::Look::Outlined);
    password->setAccessibleName(hasPassword ? tr("Change the app password")
                                            : tr("Set an app password"));
    connect(password, &Button::clicked, this, &SecuritySheet::passwordRequested);
    card->addRow(tr("App password"),
                 hasPassword ? tr("Asked for each time Hufu unlocks")
                             : tr("Without one Hufu cannot be locked"),
                 password);
    auto *idle = new PickBox(tr("Lock when idle for"), {{0, tr("Never")},
                                                        {1, tr("%n minute(s)", nullptr, 1)},
                                                        {5, tr("%n minute(s)", nullptr, 5)},
                                                        {15, tr("%n minute(s)", nullptr, 15)},
                                                        {60, tr("%n minute(s)", nullptr, 60)}});
    idle->setValue(static_cast<int>(m_settings.idle.count()));
    connect(idle, &PickBox::picked, this, [this](int minutes) {
        m_settings.idle = std::chrono::minutes(minutes);
        emit changed(m_settings);
    });
    card->addRow(tr("Lock when idle for"), {}, idle);
    const auto addSwitch = [this, card, hasPassword](const QString &name,
                                                     bool LockSettings::*value) {
        auto *control = new Switch(name);
        control->setChecked(m_settings.*value);
        control->setEnabled(hasPassword);
        connect(control, &Switch::toggled, this, [this, value](bool isOn) {
            m_settings.*value = isOn;
            emit changed(m_settings);
        });
        card->addRow(name, {}, control);
    };
    addSwitch(tr("Lock with the screen"), &LockSettings::withScreen);
    addSwitch(tr("Lock on sleep"), &LockSettings::onSleep);
    idle->setEnabled(hasPassword);
    column->addWidget(card);
    column->addSpacing(px(8));
    column->addStretch(1);

    auto *close = new Button(tr("Close"), Button::Look::Outlined);
    connect(close, &Button::clicked, this, &QDialog::accept);
    foot()->addWidget(close, 0, Qt::AlignRight);
    password->setFocus();
}

} // namespace hufu
