#include "ui/doctor_sheet.h"

#include "ui/button.h"
#include "ui/doctor_words.h"
#include "ui/measures.h"
#include "ui/sheet_parts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

/// A page or a head that is damaged is worse than a keychain that has to be unlocked.
Card::Tint tintOf(const VaultReport &report)
{
    if (!report.problem)
        return report.kept.value_or(0) > 0 || !report.doubled.isEmpty() ? Card::Tint::Warning
                                                                        : Card::Tint::Tonal;
    switch (report.problem->code) {
    case Errc::VaultNotFound:
        return Card::Tint::Tonal;
    case Errc::VaultCorrupt:
    case Errc::VaultMissing:
    case Errc::AnotherVault:
        return Card::Tint::Danger;
    default:
        return Card::Tint::Warning;
    }
}

} // namespace

DoctorSheet::DoctorSheet(const VaultReport &report, QWidget *parent)
    : Sheet(tr("Keychain doctor"), 420, parent)
{
    QVBoxLayout *column = newContent();
    const Explanation state = DoctorWords::state(report);
    const Card::Tint tint = tintOf(report);
    column->addWidget(makeNotice(tint,
                                 tint == Card::Tint::Tonal    ? u"shield-check"_s
                                 : tint == Card::Tint::Danger ? u"shield-alert"_s
                                                              : u"warning"_s,
                                 state.headline, state.rest)
                          .card);
    column->addSpacing(px(12));
    auto *facts = new DetailCard;
    for (const DoctorWords::Row &row : DoctorWords::rows(report))
        facts->addRow(row.label, (new Text(breakable(row.value), Type::Body))->wrapped());
    column->addWidget(facts);
    column->addStretch(1);
    addButtons(report);
    setAccessibleDescription(state.whole());
}

void DoctorSheet::addButtons(const VaultReport &report)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addStretch(1);
    const auto add = [row](const QString &words, Button::Look look) {
        auto *button = new Button(words, look);
        row->addWidget(button);
        return button;
    };
    if (report.hasKept())
        connect(add(tr("Export…"), Button::Look::Outlined), &Button::clicked, this,
                &DoctorSheet::exportRequested);
    auto *copy = add(tr("Copy"), Button::Look::Outlined);
    connect(copy, &Button::clicked, this, [copy, text = DoctorWords::asText(report)] {
        QGuiApplication::clipboard()->setText(text);
        copy->setText(tr("Copied"));
    });
    auto *close = add(tr("Close"), Button::Look::Primary);
    connect(close, &Button::clicked, this, &QDialog::accept);
    foot()->addLayout(row);
    close->setFocus();
}

} // namespace hufu
