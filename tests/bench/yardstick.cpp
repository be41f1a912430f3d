// The least that a program with a window and a keychain does: an empty window is painted, one entry
// is read. The price of hufu's start is told as a multiple of this one's
// (tests/bench/start_cost.py).
//
//   yardstick SERVICE KEY [stay]
//
// It ends then, or with "stay" waits to be ended.

#include <QApplication>
#include <QPaintEvent>
#include <QWidget>
#include <qt6keychain/keychain.h>

#include <cstdio>
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
    QApplication application(argc, argv);
    bool isPainted = false;
    bool isRead = false;
    const bool stays = application.arguments().size() > 3;
    const auto endIfDone = [&] {
        if (!isPainted || !isRead)
            return;
        std::fputs("painted and read\n", stderr);
        if (!stays)
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
            return application.exit(1);
        isRead = true;
        endIfDone();
    });
    entry->start();

    return QApplication::exec();
}
