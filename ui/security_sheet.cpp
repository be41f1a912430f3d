#include "ui/security_sheet.h"

#include "ui/button.h"
#include "ui/measures.h"
#include "ui/setting_rows.h"
#include "ui/text.h"

#include <QVBoxLayout>

#include <utility>

namespace hufu {

SecuritySheet::SecuritySheet(const LockSettings &settings, bool hasPassword, const Kept &kept,
                             QWidget *parent)
    : Sheet(tr("Security"), 460, parent)
    , m_settings(settings)
{
    QVBoxLayout *column = newContent();
    column->addWidget(newSettingCaption(tr("Lock")));

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
    const auto addSwitch = [this, card, hasPassword](const QString &name, bool LockSettings::*value,
                                                     const QString &note = {}) {
        auto *control = new Switch(name);
        control->setChecked(m_settings.*value);
        control->setEnabled(hasPassword);
        connect(control, &Switch::toggled, this, [this, value](bool isOn) {
            m_settings.*value = isOn;
            emit changed(m_settings);
        });
        card->addRow(name, note, control);
    };
    addSwitch(tr("Lock with the screen"), &LockSettings::withScreen);
    addSwitch(tr("Lock on sleep"), &LockSettings::onSleep);
    addSwitch(tr("Tell of waiting logins while locked"), &LockSettings::noticesWhileLocked,
              tr("A notice without details; only an unlock can answer"));
    idle->setEnabled(hasPassword);
    column->addWidget(card);
    column->addSpacing(px(16));
    column->addWidget(newSettingCaption(tr("Where accounts are kept")));
    column->addWidget(makeKept(kept));
    column->addSpacing(px(8));
    column->addStretch(1);

    auto *close = new Button(tr("Close"), Button::Look::Outlined);
    connect(close, &Button::clicked, this, &QDialog::accept);
    foot()->addWidget(close, 0, Qt::AlignRight);
    password->setFocus();
}

QWidget *SecuritySheet::makeKept(const Kept &kept)
{
    using Storage = Vault::Storage;
    const bool isFile = kept.in == Storage::File;
    auto *card = new SettingCard;
    QWidget *control = new QWidget;
    if (kept.canMove) {
        auto *move = new Button(isFile ? tr("Move to the keychain…") : tr("Move to a file…"),
                                Button::Look::Outlined);
        connect(move, &Button::clicked, this,
                [this, isFile] { emit moveRequested(isFile ? Storage::Keychain : Storage::File); });
        delete std::exchange(control, move);
    }
    const QString note = !isFile ? tr("Opened by your login, and the app password if one is set")
                         : kept.canMove ? tr("In your home folder, sealed with the app password")
                                        : tr("In the folder that Hufu was started for, sealed with "
                                             "the app password");
    card->addRow(isFile ? tr("A file of Hufu's own") : tr("The system's keychain"), note, control);
    return card;
}

} // namespace hufu
