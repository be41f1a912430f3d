#pragma once

#include <QWidget>

namespace hufu {

/// What stands in the window while there is no account: the code that you scan is the other half.
/// It offers the ways to add one that work.
class EmptyPage : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyPage(QWidget *parent = nullptr);

signals:
    void screenRequested();
    void cameraRequested();
    void pictureRequested();
    void pasteRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace hufu
