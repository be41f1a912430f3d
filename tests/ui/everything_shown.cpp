#include "tests/ui/everything_shown.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QMetaProperty>
#include <QWindow>

using namespace Qt::StringLiterals;

namespace hufu::test {
namespace {

void addProperties(const QObject &object, QStringList &all)
{
    const QMetaObject *meta = object.metaObject();
    for (int i = 0; i < meta->propertyCount(); ++i) {
        const QMetaProperty property = meta->property(i);
        if (property.metaType().id() == QMetaType::QString)
            all << property.read(&object).toString();
    }
}

void addModel(const QAbstractItemModel &model, QStringList &all)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int role = 0; role < Qt::UserRole + 16; ++role)
            all << model.data(model.index(row, 0), role).toString();
    }
}

void addAccessible(QAccessibleInterface *item, QStringList &all, int depth = 0)
{
    if (!item || !item->isValid() || depth > 40)
        return;
    for (const QAccessible::Text kind :
         {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help})
        all << item->text(kind);
    if (auto *text = item->textInterface())
        all << text->text(0, text->characterCount());
    if (auto *table = item->tableInterface()) {
        for (int row = 0; row < table->rowCount(); ++row)
            addAccessible(table->cellAt(row, 0), all, depth + 1);
    }
    for (int i = 0; i < item->childCount(); ++i)
        addAccessible(item->child(i), all, depth + 1);
}

} // namespace

QString everythingShown()
{
    QStringList all;
    for (const QWidget *widget : QApplication::allWidgets()) {
        addProperties(*widget, all);
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget);
            view && view->model())
            addModel(*view->model(), all);
    }
    for (QWidget *window : QApplication::topLevelWidgets())
        addAccessible(QAccessible::queryAccessibleInterface(window), all);
    for (const QWindow *window : QGuiApplication::allWindows())
        addProperties(*window, all);
    all << QGuiApplication::clipboard()->text();
    all.removeAll(QString());
    return all.join(u'\n');
}

} // namespace hufu::test
