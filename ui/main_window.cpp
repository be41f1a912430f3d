#include "ui/main_window.h"

#include "ui/account_list_view.h"
#include "ui/empty_page.h"
#include "ui/header_button.h"
#include "ui/incoming.h"
#include "ui/lock_page.h"
#include "ui/measures.h"
#include "ui/popup.h"
#include "ui/problem_page.h"
#include "ui/search_field.h"
#include "ui/text.h"
#include "ui/tokens.h"

#include <QCloseEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

/// What lies over the window while a picture is dragged above it.
class DropVeil : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = Tokens::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillRect(rect(), tokens.tonal);
        painter.setPen(QPen(tokens.accentText, 2, Qt::DashLine));
        painter.drawRoundedRect(rect().adjusted(px(12), px(12), -px(12), -px(12)), px(12), px(12));
        painter.setPen(tokens.text);
        painter.setFont(Measures::current().font(Type::Title));
        painter.drawText(rect().adjusted(px(24), 0, -px(24), 0),
                         static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap,
                         MainWindow::tr("Drop to read the code"));
    }
};

} // namespace

MainWindow::MainWindow(AccountListModel &model, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_clock(clock)
    , m_ticker(clock)
    , m_pages(new QStackedWidget)
    , m_opening(new QWidget)
    , m_list(new AccountListView(model))
    , m_noMatch((new Text({}, Type::Body, Text::Tint::Quiet, m_list))
                    ->wrapped()
                    ->aligned(Qt::AlignHCenter))
    , m_status(new StatusLine)
    , m_toast(new Toast(clock, m_pages))
{
    //: The program's name, as the window shows it.
    setWindowTitle(tr("Hufu"));
    setAcceptDrops(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(m_pages, 1);
    column->addWidget(m_status);
    m_noMatch->hide();
    m_opening->setBackgroundRole(QPalette::Base);
    m_opening->setAutoFillBackground(true);
    m_opening->setFocusPolicy(Qt::StrongFocus);
    m_pages->addWidget(m_opening);
    m_pages->addWidget(m_list);
    takeMeasures();
    m_list->installEventFilter(this);
    connect(&m_ticker, &CodeTicker::ticked, this, [this](std::chrono::sys_seconds now) {
        m_model.setNow(now);
        m_list->tick(now);
    });
    connect(m_list, &AccountListView::aboutToPaint, this, [this] {
        if (!m_ticker.isBehind())
            return;
        m_model.setNow(m_ticker.now());
        // What else a tick sets going does not belong into a paint.
        QMetaObject::invokeMethod(&m_ticker, &CodeTicker::catchUp, Qt::QueuedConnection);
    });
    connect(m_list, &AccountListView::copyRequested, this,
            [this](const AccountId &id) { emit copyRequested(id, false); });
    connect(m_list, &AccountListView::nextRequested, this, &MainWindow::nextRequested);
    connect(m_list, &AccountListView::menuRequested, this, &MainWindow::showRowMenu);
}

MainWindow::~MainWindow() = default;

QWidget *MainWindow::makeHeader()
{
    m_header = new QWidget;
    auto *row = new QHBoxLayout(m_header);
    row->setSpacing(0);
    m_search = new SearchField;
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &MainWindow::setFilter);
    const auto tip = [](const QString &words, const QKeySequence &keys) {
        return u"%1 (%2)"_s.arg(words, keys.toString(QKeySequence::NativeText));
    };
    m_scan = new HeaderButton(HeaderButton::Shape::Start, u"scan-screen"_s, tr("Scan"));
    m_scan->setToolTip(tip(tr("Scan the screen"), Qt::CTRL | Qt::Key_S));
    m_scan->setAccessibleName(tr("Scan the screen"));
    connect(m_scan, &QAbstractButton::clicked, this, [this] {
        if (canScan())
            emit scanScreenRequested();
    });
    m_scanArrow =
        new HeaderButton(HeaderButton::Shape::End, u"chevron-down"_s, tr("Other ways to scan"));
    m_scanArrow->setToolTip(tr("Other ways to scan"));
    connect(m_scanArrow, &QAbstractButton::clicked, this, [this] {
        if (!canScan())
            return;
        QMenu *menu = makeScanMenu();
        popUpBelow(*menu, *m_scan);
    });
    m_menu = new HeaderButton(HeaderButton::Shape::Alone, u"more"_s, tr("Menu"));
    m_menu->setToolTip(tr("Menu"));
    connect(m_menu, &QAbstractButton::clicked, this, [this] {
        QMenu *menu = makeMainMenu();
        popUpBelow(*menu, *m_menu);
    });
    row->addWidget(m_search, 1);
    row->addSpacing(px(8));
    row->addWidget(m_scan);
    row->addWidget(m_scanArrow);
    row->addSpacing(px(4));
    row->addWidget(m_menu);
    return m_header;
}

void MainWindow::takeMeasures()
{
    setMinimumSize(px(280), px(360));
    m_header->layout()->setContentsMargins(px(12), px(12), px(12), px(11));
    m_list->doItemsLayout(); // rows are as high as their text
    m_toast->placeIn(m_pages->rect());
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange) {
        passOnFontChange(*this);
        takeMeasures();
        if (m_empty) { // its ways are as high as the text was
            const bool isShown = m_pages->currentWidget() == m_empty;
            delete std::exchange(m_empty, nullptr);
            if (isShown)
                showAccounts();
        }
    }
    return QWidget::event(event);
}

void MainWindow::setPage(QWidget *page)
{
    if (m_lock && m_pages->currentWidget() == m_lock && (page == m_list || page == m_empty))
        slideOpen();
    m_pages->setCurrentWidget(page);
    const bool hasList = page == m_list;
    // While the vault opens, the buttons look as they do a moment later: they are drawn once at a
    // start, which saves a million instructions, and do not flicker. canScan() is false until then.
    const bool hasScan = page != m_problem && page != m_lock;
    m_header->setVisible(page != m_lock);
    m_search->setEnabled(hasList);
    m_scan->setEnabled(hasScan);
    m_scanArrow->setEnabled(hasScan);
    if (hasList)
        m_search->setFocus();
    followVisibility();
}

void MainWindow::showAccounts()
{
    if (m_model.hasAccounts()) {
        if (m_pages->currentWidget() != m_list)
            setPage(m_list);
        if (!m_list->currentIndex().isValid() && m_model.rowCount() > 0)
            m_list->setCurrentIndex(m_model.index(0));
        setFilter(m_search->text());
        return;
    }
    if (!m_empty) {
        m_empty = new EmptyPage;
        m_pages->addWidget(m_empty);
        connect(m_empty, &EmptyPage::screenRequested, this, &MainWindow::scanScreenRequested);
        connect(m_empty, &EmptyPage::cameraRequested, this, &MainWindow::cameraRequested);
        connect(m_empty, &EmptyPage::pictureRequested, this, &MainWindow::openPictureRequested);
        connect(m_empty, &EmptyPage::pasteRequested, this, &MainWindow::pasteRequested);
    }
    setPage(m_empty);
    m_scan->setFocus();
    m_toast->raise();
}

void MainWindow::showOpening()
{
    setPage(m_opening);
    m_opening->setFocus(); // else a button of the header shows the focus until the list has it
}

void MainWindow::showProblem(const Error &problem, bool mayUsePassword, KeptIn keptIn)
{
    if (!m_problem) {
        m_problem = new ProblemPage;
        m_pages->addWidget(m_problem);
        connect(m_problem, &ProblemPage::unlockRequested, this, &MainWindow::unlockRequested);
        connect(m_problem, &ProblemPage::retryRequested, this, &MainWindow::retryRequested);
        connect(m_problem, &ProblemPage::passwordInsteadRequested, this,
                &MainWindow::passwordInsteadRequested);
        connect(m_problem, &ProblemPage::doctorRequested, this, &MainWindow::doctorRequested);
        connect(m_problem, &ProblemPage::quitRequested, this, &MainWindow::quitRequested);
    }
    setPage(m_problem);
    m_problem->show(problem, mayUsePassword, keptIn);
}

void MainWindow::setProblemBusy(bool busy)
{
    if (m_problem)
        m_problem->setBusy(busy);
}

bool MainWindow::canScan() const
{
    return m_scan->isEnabled() && m_pages->currentWidget() != m_opening;
}

void MainWindow::setScanning(bool scanning)
{
    m_scan->setEnabled(!scanning);
    m_scanArrow->setEnabled(!scanning);
}

void MainWindow::pasteIntoSearch()
{
    if (m_search->isEnabled())
        m_search->paste();
}

void MainWindow::setFilter(const QString &filter)
{
    const AccountPtr current = m_list->current();
    const bool changed = filter != m_model.filter();
    m_model.setFilter(filter);
    if (changed) {
        m_list->setCurrentIndex(m_model.index(0));
        if (current && filter.isEmpty())
            m_list->setCurrent(current->id);
    }
    const bool isMissing = m_model.hasAccounts() && m_model.rowCount() == 0;
    m_noMatch->setVisible(isMissing);
    if (isMissing) {
        m_noMatch->setText(tr("No account matches “%1”.").arg(filter));
        m_noMatch->setGeometry(px(24), px(48), m_list->width() - px(48), px(120));
    }
}

void MainWindow::followVisibility()
{
    const bool isSeen = isVisible() && !isMinimized();
    m_ticker.setRunning(isSeen && m_pages->currentWidget() == m_list);
}

void MainWindow::paintEvent(QPaintEvent *)
{
    // The hairline between header and list.
    if (m_header->isHidden())
        return;
    const int y = m_pages->geometry().top() - 1;
    QPainter(this).fillRect(QRect(0, y, width(), 1), Tokens::current().hairline);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_toast->placeIn(m_pages->rect());
    if (m_noMatch->isVisible())
        setFilter(m_search->text());
}

void MainWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    followVisibility();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    followVisibility();
}

void MainWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        followVisibility();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    emit quitRequested();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!canScan() || !mayRead(*event->mimeData()))
        return;
    event->acceptProposedAction();
    if (!m_veil)
        m_veil = new DropVeil(this);
    m_veil->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_veil->setGeometry(rect());
    m_veil->show();
    m_veil->raise();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *)
{
    m_veil->hide();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    m_veil->hide();
    event->acceptProposedAction();
    emit dropped(event->mimeData());
}

} // namespace hufu
