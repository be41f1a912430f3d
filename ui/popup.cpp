#include "ui/popup.h"

#include <QMenu>

namespace hufu {

void popUpBelow(QMenu &menu, const QWidget &anchor)
{
    menu.setAttribute(Qt::WA_DeleteOnClose);
    const int x = anchor.isRightToLeft() ? anchor.width() - menu.sizeHint().width() : 0;
    menu.popup(anchor.mapToGlobal(QPoint(x, anchor.height() + 2)));
}

} // namespace hufu
