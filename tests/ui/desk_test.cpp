#include "tests/core/vault/vault_fixture.h"
#include "ui/account_list_view.h"
#include "ui/button.h"
#include "ui/desk.h"
#include "ui/doctor_sheet.h"
#include "ui/empty_page.h"
#include "ui/main_window.h"
#include "ui/password_sheet.h"
#include "ui/problem_page.h"
#include "ui/secret_field.h"

#include "core/login/provider.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace hufu;
using namespace Qt::StringLiterals;
using hufu::test::MemoryKeychain;
using hufu::test::MemoryStore;

namespace {

/// A desk on a vault with one account, beside the keychain and the folder that other programs
/// reach.
struct Shown
{
    enum class Before { OneAccount, Nothing };

    explicit Shown(Before before = Before::OneAccount,
                   std::optional<Errc> unavailable = std::nullopt)
    {
        if (before == Before::OneAccount) {
            test::WaitingVault other(keychain, profile.place, clock);
            VERIFY_DONE(other.open());
            VERIFY_DONE(other.commit(test::adding(u"alice"_s)));
        }
        auto own = std::make_unique<MemoryStore>(keychain);
        store = own.get();
        store->unavailable = unavailable;
        vault = std::make_unique<Vault>(std::move(own), profile.place, clock);
        desk = std::make_unique<Desk>(
            Desk::Tools{.vault = *vault,
                        .scanner = scanner,
                        .makeLoginProvider = [] { return std::unique_ptr<LoginProvider>(); },
                        .policy = {},
                        .clock = clock,
                        .settingsFile = profile.place.configPath + u"/settings.ini"_s});
        desk->showWindow();
    }

    /// The page that the window shows, by its class.
    template <typename Page>
    static bool shows()
    {
        const QWidgetList windows = QApplication::topLevelWidgets();
        return std::any_of(windows.begin(), windows.end(), [](QWidget *window) {
            const auto pages = window->findChildren<Page *>();
            return std::any_of(pages.begin(), pages.end(),
                               [](Page *page) { return page->isVisible(); });
        });
    }

    /// The window of a class that is visible; null if there is none.
    template <typename Window>
    static Window *window()
    {
        const QWidgetList windows = QApplication::topLevelWidgets();
        for (QWidget *window : windows) {
            if (auto *found = qobject_cast<Window *>(window); found && found->isVisible())
                return found;
        }
        return nullptr;
    }

    /// A visible button with these words; null if there is none.
    static Button *button(const QString &words)
    {
        const QWidgetList windows = QApplication::topLevelWidgets();
        for (QWidget *window : windows) {
            const auto buttons = window->findChildren<Button *>();
            for (Button *button : buttons) {
                if (button->text() == words && button->isVisible())
                    return button;
            }
        }
        return nullptr;
    }

    /// Another program takes everything out of the keychain, and leaves news in the folder.
    void loseKeychain()
    {
        keychain->clear();
        QFile state(profile.place.dataPath + u"/vault.state"_s);
        QVERIFY(state.open(QIODevice::WriteOnly));
        state.write("committed 9\n");
        state.close();
        QVERIFY(QFile::rename(state.fileName(), state.fileName() + u".new"_s));
        QVERIFY(QFile::rename(state.fileName() + u".new"_s, state.fileName()));
    }

    test::TemporaryPlace profile;
    test::ManualClock clock;
    std::shared_ptr<MemoryKeychain> keychain = std::make_shared<MemoryKeychain>();
    ScannerClient scanner{ScannerClient::besideThisProgram()};
    MemoryStore *store = nullptr;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<Desk> desk;
};

} // namespace

class DeskTest : public QObject
{
    Q_OBJECT

private slots:
    void aVaultThatIsLostWhileShownIsNoEmptyList();
    void aLockedKeychainIsAPageOfItsOwn();
    void theDoctorAnswersFromTheProblemPage();
    void withoutAKeychainAPasswordGuardsAFile();
    void noPasswordIsOfferedForAccountsThatAreElsewhere();
    void aPortableFolderAsksForAPasswordFirst();
};

void DeskTest::aVaultThatIsLostWhileShownIsNoEmptyList()
{
    Shown shown;
    QTRY_VERIFY(Shown::shows<AccountListView>());
    const MemoryKeychain kept = *shown.keychain;
    shown.loseKeychain();
    QTRY_VERIFY(!Shown::shows<AccountListView>());
    QVERIFY(Shown::shows<ProblemPage>());
    QVERIFY(!Shown::shows<EmptyPage>());
    QCOMPARE(shown.vault->problem().value_or(Error{}).code, Errc::VaultMissing);
    QVERIFY(shown.keychain->empty());

    *shown.keychain = kept;
    QVERIFY(QFile::remove(shown.profile.place.dataPath + u"/vault.state"_s));
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (auto *page = window->findChild<ProblemPage *>())
            emit page->retryRequested();
    }
    QTRY_VERIFY(Shown::shows<AccountListView>());
}

void DeskTest::aLockedKeychainIsAPageOfItsOwn()
{
    Shown shown;
    shown.store->unavailable = Errc::KeychainLocked;
    QTRY_VERIFY(Shown::shows<ProblemPage>());
    QVERIFY(!Shown::shows<EmptyPage>());
    shown.store->unavailable.reset();
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (auto *page = window->findChild<ProblemPage *>())
            emit page->unlockRequested();
    }
    QTRY_VERIFY(Shown::shows<AccountListView>());
}

void DeskTest::theDoctorAnswersFromTheProblemPage()
{
    Shown shown;
    shown.store->unavailable = Errc::KeychainLocked;
    QTRY_VERIFY(Shown::shows<ProblemPage>());
    const auto link = [] { return Shown::button(ProblemPage::tr("What is wrong?")); };
    QTRY_VERIFY(link() != nullptr);
    link()->click();
    const auto sheet = [] { return Shown::window<DoctorSheet>(); };
    QTRY_VERIFY(sheet() != nullptr);
    QVERIFY(!Shown::button(DoctorSheet::tr("Export…"))); // nothing is kept
    Button *copy = Shown::button(DoctorSheet::tr("Copy"));
    QVERIFY(copy != nullptr);
    copy->click();
    const QString copied = QApplication::clipboard()->text();
    QVERIFY(copied.contains(u"KeychainLocked"_s));
    QVERIFY(!copied.contains(u"alice"_s));
}

void DeskTest::withoutAKeychainAPasswordGuardsAFile()
{
    Shown shown(Shown::Before::Nothing, Errc::KeychainMissing);
    const auto link = [] { return Shown::button(ProblemPage::tr("Use a password instead")); };
    QTRY_VERIFY(link() != nullptr);
    link()->click();
    QTRY_VERIFY(Shown::window<PasswordSheet>());
    const auto fields = Shown::window<PasswordSheet>()->findChildren<SecretField *>();
    for (SecretField *field : fields) {
        QTest::keyClicks(field, u"a password"_s);
        QTest::keyClick(field, Qt::Key_Return);
    }
    QTRY_VERIFY(Shown::shows<EmptyPage>());
    QTRY_VERIFY(!Shown::window<PasswordSheet>());
    QCOMPARE(shown.vault->storage(), Vault::Storage::File);
    QCOMPARE(shown.vault->state(), Vault::State::Open);
    QVERIFY(shown.vault->hasPassword());
    QVERIFY(shown.keychain->empty());
}

void DeskTest::noPasswordIsOfferedForAccountsThatAreElsewhere()
{
    const Shown shown(Shown::Before::OneAccount, Errc::KeychainMissing);
    QTRY_VERIFY(Shown::shows<ProblemPage>());
    QTRY_VERIFY(Shown::button(ProblemPage::tr("What is wrong?")));
    QVERIFY(!Shown::button(ProblemPage::tr("Use a password instead")));
}

void DeskTest::aPortableFolderAsksForAPasswordFirst()
{
    const QTemporaryDir stick;
    const Result<VaultPlace> place = VaultPlace::portable(stick.path(), u"test"_s);
    VERIFY_OK(place);
    const test::ManualClock clock;
    Vault vault(std::make_unique<MemoryStore>(std::make_shared<MemoryKeychain>()), *place, clock);
    const ScannerClient scanner{ScannerClient::besideThisProgram()};
    Desk desk(Desk::Tools{.vault = vault,
                          .scanner = scanner,
                          .makeLoginProvider = [] { return std::unique_ptr<LoginProvider>(); },
                          .policy = {},
                          .clock = clock,
                          .settingsFile = place->configPath + u"/settings.ini"_s});
    desk.showWindow();
    QTRY_VERIFY(Shown::window<PasswordSheet>());
    Shown::window<PasswordSheet>()->reject();
}

QTEST_MAIN(DeskTest)
#include "desk_test.moc"
