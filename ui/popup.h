#pragma once

class QMenu;
class QWidget;

namespace hufu {

/// Opens `menu` under `anchor`, in line with its end, and deletes it when it closes.
void popUpBelow(QMenu &menu, const QWidget &anchor);

} // namespace hufu
