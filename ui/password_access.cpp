#include "ui/password_access.h"

#include "ui/secret_field.h"

#include <QAccessibleWidget>

namespace hufu {
namespace {

/// What a screen reader is told: that this is a password's field, and nothing of its content.
class SecretFieldAccess final : public QAccessibleWidget
{
public:
    explicit SecretFieldAccess(QWidget *field)
        : QAccessibleWidget(field, QAccessible::EditableText)
    {
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.passwordEdit = true;
        state.editable = true;
        return state;
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? QString() : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface *makeAccess(const QString &, QObject *object)
{
    auto *field = qobject_cast<SecretField *>(object);
    return field ? new SecretFieldAccess(field) : nullptr;
}

} // namespace

void announceAsPasswordField()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeAccess);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

} // namespace hufu
