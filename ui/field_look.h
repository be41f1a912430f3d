#pragma once

class QPainter;
class QRect;

namespace hufu {

/// How a field that takes text is drawn (look.md 1 and 5).
struct FieldLook
{
    bool isEnabled = true;
    bool hasFocus = false;
    bool isWrong = false; ///< what it holds was refused
};

/// The body of a field: base, border, and the focus ring in the border's place.
void paintField(QPainter &painter, const QRect &area, const FieldLook &look);

} // namespace hufu
