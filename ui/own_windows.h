#pragma once

#include <QList>
#include <QPointer>
#include <QRect>
#include <QWidget>

namespace hufu {

/// Our windows that a person can see, with their frames, in native pixels of the whole desktop.
[[nodiscard]] QList<QRect> ownWindows();

/// Takes our windows off the screens for a moment and puts them back where they were.
class WindowHider
{
public:
    void setHidden(bool hidden);

private:
    struct Hidden
    {
        QPointer<QWidget> window;
        QRect geometry;
    };

    QList<Hidden> m_hidden;
};

} // namespace hufu
