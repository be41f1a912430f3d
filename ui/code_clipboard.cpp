#include "ui/code_clipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

QMimeData *markedAsSecret(const QString &code)
{
    auto *data = new QMimeData;
    data->setText(code);
#if defined(Q_OS_WIN)
    const QString windows = u"application/x-qt-windows-mime;value=\"%1\""_s;
    const QByteArray no(4, '\0'); // a DWORD
    data->setData(windows.arg(u"ExcludeClipboardContentFromMonitorProcessing"), "1");
    data->setData(windows.arg(u"CanIncludeInClipboardHistory"), no);
    data->setData(windows.arg(u"CanUploadToCloudClipboard"), no);
#elif defined(Q_OS_MACOS)
    data->setData(u"application/x-nspasteboard-concealed-type"_s, code.toUtf8());
    data->setData(u"application/x-nspasteboard-transient-type"_s, QByteArray());
#else
    data->setData(u"x-kde-passwordManagerHint"_s, "secret");
#endif
    return data;
}

} // namespace

CodeClipboard::CodeClipboard(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CodeClipboard::clearIfDue);
    connect(qApp, &QCoreApplication::aboutToQuit, this, &CodeClipboard::clearOurs);
}

CodeClipboard::~CodeClipboard()
{
    clearOurs();
}

void CodeClipboard::copy(const QString &code)
{
    QGuiApplication::clipboard()->setMimeData(markedAsSecret(code), QClipboard::Clipboard);
    m_code = code;
    m_copiedAt = m_clock.sinceBoot();
    m_timer.start(lifetime);
}

void CodeClipboard::clearIfDue()
{
    if (m_code.isEmpty())
        return;
    const std::chrono::milliseconds left = m_copiedAt + lifetime - m_clock.sinceBoot();
    if (left <= std::chrono::milliseconds(0))
        clearOurs();
    else
        m_timer.start(left);
}

void CodeClipboard::clearOurs()
{
    m_timer.stop();
    const QString code = std::exchange(m_code, {});
    if (code.isEmpty() || !qApp)
        return;
    QClipboard *clipboard = QGuiApplication::clipboard();
    // By its text and not by who holds it: a clipboard manager may have taken it over.
    if (clipboard->text() == code)
        clipboard->clear(QClipboard::Clipboard);
}

} // namespace hufu
