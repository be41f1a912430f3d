#include "core/vault/profile_removal.h"
#include "core/vault/vault_doctor.h"
#include "core/vault/vault_settings.h"
#include "tests/core/vault/vault_fixture.h"

#include <QFile>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using State = Vault::State;

namespace {

const QString headA = u"hufu/test/head-a"_s;
const QString headB = u"hufu/test/head-b"_s;

/// Everything in a folder: names and contents.
QMap<QString, QByteArray> filesIn(const QString &folder)
{
    QMap<QString, QByteArray> files;
    for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files)) {
        QFile opened(file.filePath());
        files[file.fileName()] = opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    return files;
}

/// A vault of three generations, and everything that a doctor must leave as it is.
struct Patient
{
    Patient()
    {
        WaitingVault writer(keychain, at.place, clock);
        for (const QString &name : {u"alice"_s, u"bob"_s, u"carol"_s})
            (void)writer.commit(adding(name));
    }
    /// What the doctor says without having opened the vault; it must change nothing.
    VaultReport report(std::optional<Errc> unavailable = {})
    {
        const MemoryKeychain before = *keychain;
        const auto data = filesIn(at.place.dataPath);
        const auto config = filesIn(at.place.configPath);
        WaitingVault vault(keychain, at.place, clock);
        vault.store().unavailable = unavailable;
        VaultReport report = vault.report();
        isUntouched = *keychain == before && filesIn(at.place.dataPath) == data &&
                      filesIn(at.place.configPath) == config &&
                      vault.vault().state() == State::Closed;
        return report;
    }

    TemporaryPlace at;
    ManualClock clock;
    std::shared_ptr<MemoryKeychain> keychain = std::make_shared<MemoryKeychain>();
    bool isUntouched = false;
};

std::optional<Errc> codeOf(const VaultReport &report)
{
    return report.problem ? std::optional(report.problem->code) : std::nullopt;
}

} // namespace

class VaultDoctorTest : public QObject
{
    Q_OBJECT

private slots:
    void aHealthyVaultIsCountedAndLeftAlone();
    void aNewProfileHasNoVaultYet();
    void aStoreThatRefusesIsNamed_data();
    void aStoreThatRefusesIsNamed();
    void aVaultUnderAPasswordIsNotOpened();
    void leftOversAreNamed();
    void aDamagedOlderHeadIsRemarkedAndExported();
    void anOlderStateIsNamed();
    void aLostVaultIsMissingAndItsPagesAreLeftOver();
    void aCorruptVaultIsExportedWhole();
    void anOpenVaultIsReportedToo();
    void aVaultRemovedByAnotherProgramLeavesTheWindow();
    void aLostStateFileIsNotALostVault();
};

void VaultDoctorTest::aHealthyVaultIsCountedAndLeftAlone()
{
    Patient patient;
    const VaultReport report = patient.report();
    QVERIFY(patient.isUntouched);
    QCOMPARE(codeOf(report), std::nullopt);
    QCOMPARE(report.profile, u"test"_s);
    QCOMPARE(report.backend, u"memory"_s);
    QVERIFY(report.vault == VaultSettings::read(patient.at.place.configPath).id);
    QCOMPARE(report.generation, std::uint64_t{3});
    QCOMPARE(report.pages, std::size_t{1});
    QCOMPARE(report.accounts, std::optional<std::size_t>(3));
    QCOMPARE(report.kept, std::optional<std::size_t>(0));
    QVERIFY(report.remark == Verdict::Remark::None);
    QCOMPARE(report.leftovers, QStringList());
    QVERIFY(report.elsewhere.empty() && report.doubled.isEmpty());
    QVERIFY(!report.hasKept());
    QCOMPARE(report.isMemoryLocked, SecretBytes::isMemoryLocked());
}

void VaultDoctorTest::aNewProfileHasNoVaultYet()
{
    const TemporaryPlace at;
    const ManualClock clock;
    WaitingVault vault(std::make_shared<MemoryKeychain>(), at.place, clock);
    const VaultReport report = vault.report();
    QCOMPARE(codeOf(report), Errc::VaultNotFound);
    QCOMPARE(report.accounts, std::optional<std::size_t>(0));
    QVERIFY(!report.vault);
    QVERIFY(!report.hasKept());
    QVERIFY(!QFileInfo::exists(at.place.dataPath)); // not even a folder
}

void VaultDoctorTest::aStoreThatRefusesIsNamed_data()
{
    QTest::addColumn<Errc>("code");
    for (const Errc code : {Errc::KeychainLocked, Errc::KeychainMissing, Errc::KeychainDenied,
                            Errc::KeychainStalled, Errc::KeychainFailed})
        QTest::newRow(qPrintable(errcName(code))) << code;
}

void VaultDoctorTest::aStoreThatRefusesIsNamed()
{
    QFETCH(Errc, code);
    Patient patient;
    const VaultReport report = patient.report(code);
    QVERIFY(patient.isUntouched);
    QCOMPARE(codeOf(report), code);
    QVERIFY(!report.accounts && !report.kept);
    // What the settings and vault.state know is said all the same.
    QVERIFY(report.vault.has_value());
    QCOMPARE(report.generation, std::uint64_t{3});
    QVERIFY(!report.hasKept());
}

void VaultDoctorTest::aVaultUnderAPasswordIsNotOpened()
{
    Patient patient;
    {
        WaitingVault owner(patient.keychain, patient.at.place, patient.clock);
        VERIFY_DONE(owner.open());
        VERIFY_DONE(owner.changePassword("", "correct horse"));
        const VaultReport report = owner.report();
        QCOMPARE(codeOf(report), std::nullopt);
        QCOMPARE(report.accounts, std::optional<std::size_t>(3));
        QCOMPARE(report.leftovers, QStringList());
    }
    const VaultReport report = patient.report();
    QVERIFY(patient.isUntouched);
    QCOMPARE(codeOf(report), Errc::PasswordNeeded);
    QVERIFY(!report.accounts && !report.kept);
    QVERIFY(report.vault == VaultSettings::read(patient.at.place.configPath).id);
    QVERIFY(report.generation > 3);
    QCOMPARE(report.pages, std::size_t{1});
    QVERIFY(!report.hasKept());

    WaitingVault later(patient.keychain, patient.at.place, patient.clock);
    VERIFY_DONE(later.unlock("correct horse"));
    QCOMPARE(later.report().accounts, std::optional<std::size_t>(3));
    VERIFY_DONE(later.lock());
    QCOMPARE(codeOf(later.report()), Errc::PasswordNeeded);
    QVERIFY(!later.report().accounts);
}

void VaultDoctorTest::leftOversAreNamed()
{
    Patient patient;
    (*patient.keychain)[u"hufu/test/page-0011223344556677"_s] = "hufu.page.1:AAAA";
    (*patient.keychain)[u"hufu/test/notes"_s] = "of somebody else";
    (*patient.keychain)[u"hufu/another/head-a"_s] = "of another profile";
    QFile aside(patient.at.place.dataPath + u"/activity.bad"_s);
    QVERIFY(aside.open(QIODevice::WriteOnly));
    aside.close();
    const VaultReport report = patient.report();
    QVERIFY(patient.isUntouched);
    QCOMPARE(codeOf(report), std::nullopt); // they do no harm
    QCOMPARE(report.leftovers,
             (QStringList{u"notes"_s, u"page-0011223344556677"_s, u"activity.bad"_s}));
    QCOMPARE(report.exported, (QStringList{u"notes"_s, u"page-0011223344556677"_s}));
    QCOMPARE(report.pages, std::size_t{1});
}

void VaultDoctorTest::aDamagedOlderHeadIsRemarkedAndExported()
{
    Patient patient;
    (*patient.keychain)[headB].chop(9);
    const VaultReport report = patient.report();
    QVERIFY(patient.isUntouched);
    QCOMPARE(codeOf(report), std::nullopt);
    QVERIFY(report.remark == Verdict::Remark::OlderHeadDamaged);
    QCOMPARE(report.exported, QStringList{u"head-b"_s});
    QCOMPARE(report.leftovers, QStringList()); // it names what nobody can tell: everything
}

void VaultDoctorTest::anOlderStateIsNamed()
{
    Patient patient;
    (*patient.keychain)[headA].chop(9);
    const VaultReport report = patient.report();
    QVERIFY(patient.isUntouched);
    QCOMPARE(codeOf(report), Errc::VaultOlderState);
    QCOMPARE(report.generation, std::uint64_t{2});
    QCOMPARE(report.accounts, std::optional<std::size_t>(2));
    QVERIFY(report.exported.contains(u"head-a"_s));
}

void VaultDoctorTest::aLostVaultIsMissingAndItsPagesAreLeftOver()
{
    Patient patient;
    patient.keychain->erase(headA);
    patient.keychain->erase(headB);
    const VaultReport report = patient.report();
    QVERIFY(patient.isUntouched);
    QCOMPARE(codeOf(report), Errc::VaultMissing);
    QVERIFY(!report.accounts);
    QCOMPARE(report.leftovers.size(), 2);
    QCOMPARE(report.exported.size(), 2);

    patient.keychain->clear();
    QCOMPARE(codeOf(patient.report()), Errc::VaultMissing);
}

void VaultDoctorTest::aCorruptVaultIsExportedWhole()
{
    Patient patient;
    for (auto &[key, value] : *patient.keychain)
        value.chop(4);
    const VaultReport report = patient.report();
    QVERIFY(patient.isUntouched);
    QCOMPARE(codeOf(report), Errc::VaultCorrupt);
    QCOMPARE(report.exported.size(), qsizetype(patient.keychain->size()));
    WaitingVault vault(patient.keychain, patient.at.place, patient.clock);
    const auto exported = vault.exportKept(patient.at.folder.filePath(u"all"_s));
    VERIFY_OK(exported);
    QCOMPARE(exported->entries, patient.keychain->size());
}

void VaultDoctorTest::anOpenVaultIsReportedToo()
{
    Patient patient;
    WaitingVault vault(patient.keychain, patient.at.place, patient.clock);
    VERIFY_DONE(vault.open());
    QCOMPARE(vault.report().accounts, std::optional<std::size_t>(3));
    QCOMPARE(vault.vault().state(), State::Open);
    // While another program commits.
    WaitingVault other(patient.keychain, patient.at.place, patient.clock);
    int done = 0;
    for (int i = 0; i < 5; ++i) {
        other.vault().commit(adding(u"more"_s), this,
                             [&done](const Result<void> &result) { done += result ? 1 : 0; });
        QCOMPARE(codeOf(vault.report()), std::nullopt);
    }
    QTRY_COMPARE(done, 5);
    const VaultReport report = vault.report();
    QCOMPARE(report.accounts, std::optional<std::size_t>(8));
    QCOMPARE(report.leftovers, QStringList());
}

void VaultDoctorTest::aVaultRemovedByAnotherProgramLeavesTheWindow()
{
    Patient patient;
    WaitingVault window(patient.keychain, patient.at.place, patient.clock);
    VERIFY_DONE(window.open());
    QCOMPARE(window.vault().accounts().size(), std::size_t{3});

    MemoryStore store(patient.keychain);
    std::optional<Result<int>> removed;
    removeProfile(store, patient.at.place, this,
                  [&removed](Result<int> result) { removed = std::move(result); });
    QTRY_VERIFY(removed.has_value());
    VERIFY_OK(*removed);
    QTRY_COMPARE_WITH_TIMEOUT(window.vault().state(), State::Empty, 1000);
    QCOMPARE(window.vault().accounts().size(), std::size_t{0});
    VERIFY_DONE(window.commit(adding(u"dave"_s))); // and it can begin anew
    QCOMPARE(namesIn(window.vault()), QStringList{u"dave"_s});
    WaitingVault other(patient.keychain, patient.at.place, patient.clock);
    VERIFY_DONE(other.commit(adding(u"eve"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(window.vault().accounts().size(), std::size_t{2}, 1000);
}

void VaultDoctorTest::aLostStateFileIsNotALostVault()
{
    Patient patient;
    WaitingVault window(patient.keychain, patient.at.place, patient.clock);
    VERIFY_DONE(window.open());
    QVERIFY(QFile::remove(patient.at.place.dataPath + u"/vault.state"_s));
    QTest::qWait(100);
    QCOMPARE(window.vault().state(), State::Open);
    QCOMPARE(window.vault().accounts().size(), std::size_t{3});

    patient.keychain->clear(); // heads gone, settings there: never "no accounts yet"
    QFile news(patient.at.place.dataPath + u"/something"_s);
    QVERIFY(news.open(QIODevice::WriteOnly));
    QTRY_COMPARE_WITH_TIMEOUT(window.vault().state(), State::Closed, 1000);
    QCOMPARE(window.vault().problem()->code, Errc::VaultMissing);
}

QTEST_GUILESS_MAIN(VaultDoctorTest)
#include "vault_doctor_test.moc"
