// Shows a picture in a window of its own until it is ended: another program's window, for the
// screen scan.
//
//   show_picture FILE X Y

#include <QGuiApplication>
#include <QPainter>
#include <QRasterWindow>

namespace {

class PictureWindow : public QRasterWindow
{
public:
    explicit PictureWindow(QImage picture)
        : m_picture(std::move(picture))
    {
        setFlags(Qt::FramelessWindowHint | Qt::BypassWindowManagerHint);
        resize(m_picture.size());
    }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).drawImage(0, 0, m_picture); }

private:
    QImage m_picture;
};

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    const QStringList arguments = QGuiApplication::arguments();
    if (arguments.size() != 4)
        return 2;
    PictureWindow window{QImage(arguments[1])};
    window.setPosition(arguments[2].toInt(), arguments[3].toInt());
    window.show();
    return QGuiApplication::exec();
}
