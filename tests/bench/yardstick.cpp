// The least that a program with a window and a keychain does: an empty window is painted, one entry
// is read. The price of hufu's start is told as a multiple of this one's
// (tests/bench/start_cost.py).

#include <QApplication>
#include <QPaintEvent>
#include <QWidget>
#include <qt6keychain/keychain.h>

#include <functional>

namespace {

class EmptyWindow : public QWidget
{
public:
    explicit EmptyWindow(std::function<void()> painted)
        : m_painted(std::move(painted))
    {
    }

protected:
    void paintEvent(QPaintEvent *) override { m_painted(); }

private:
    std::function<void()> m_painted;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv); // arguments: service and key of the entry
    bool isPainted = false;
    bool isRead = false;
    const auto endIfDone = [&] {
        if (isPainted && isRead)
            QMetaObject::invokeMethod(&application, &QCoreApplication::quit, Qt::QueuedConnection);
    };

    EmptyWindow window([&] {
        isPainted = true;
        endIfDone();
    });
    window.setWindowTitle(QStringLiteral("Yardstick"));
    window.resize(380, 640);
    window.show();

    auto *entry = new QKeychain::ReadPasswordJob(application.arguments().value(1), &application);
    entry->setKey(application.arguments().value(2));
    QObject::connect(entry, &QKeychain::Job::finished, &application, [&] {
        if (entry->error() != QKeychain::NoError)
            application.exit(1);
        isRead = true;
        endIfDone();
    });
    entry->start();

    return QApplication::exec();
}
