#include "ui/doctor_words.h"
#include "ui/error_text.h"

#include <QSet>
#include <QTest>

using namespace hufu;
using namespace Qt::StringLiterals;

class ErrorTextTest : public QObject
{
    Q_OBJECT

private slots:
    void everyCodeHasWordsOfItsOwn();
    void everyOtherCodeIsNamed();
    void everyEntryThatIsLeftOutSaysWhy();
    void aHealthyFileIsNotCalledAKeychain();
};

namespace {

/// Headline and rest are sentences, differ from all before, and name no code.
void check(const Explanation &words, QSet<QString> &headlines)
{
    QVERIFY2(words.headline.size() > 10, qPrintable(words.headline));
    QVERIFY2(words.rest.size() > 10, qPrintable(words.headline));
    QVERIFY2(words.rest.endsWith(u'.') || words.rest.endsWith(u'。'), qPrintable(words.rest));
    QVERIFY2(!headlines.contains(words.headline), qPrintable(words.headline));
    headlines << words.headline;
}

} // namespace

void ErrorTextTest::everyCodeHasWordsOfItsOwn()
{
    QSet<QString> headlines;
    const auto last = static_cast<int>(Errc::ConsentNeeded);
    for (int i = 0; i <= last; ++i) {
        const auto code = static_cast<Errc>(i);
        const Explanation words = ErrorText::of(code);
        check(words, headlines);
        QVERIFY2(!words.whole().contains(errcName(code)), qPrintable(errcName(code)));
    }
    QCOMPARE(headlines.size(), last + 1);
    for (const Errc code : {Errc::KeychainStalled, Errc::WriteNotConfirmed, Errc::LostInMidWrite}) {
        const Explanation words = ErrorText::of(code, KeptIn::File);
        check(words, headlines);
        QVERIFY2(!words.whole().contains(u"keychain"_s), qPrintable(words.whole()));
        QCOMPARE(ErrorText::of(code, KeptIn::Keychain).whole(), ErrorText::of(code).whole());
    }
    QCOMPARE(ErrorText::of(Errc::VaultBusy, KeptIn::File).whole(),
             ErrorText::of(Errc::VaultBusy).whole());
}

void ErrorTextTest::everyOtherCodeIsNamed()
{
    QSet<QString> headlines;
    const auto last = static_cast<int>(NotOursKind::Text);
    for (int i = 0; i <= last; ++i)
        check(ErrorText::of(NotOurs{static_cast<NotOursKind>(i), u"www.example.com"_s}), headlines);
    for (const NotOursKind kind :
         {NotOursKind::OtherAuthenticator, NotOursKind::Payment, NotOursKind::ChatLogin}) {
        const Explanation words = ErrorText::of(NotOurs{kind, {}, u"That App"_s});
        check(words, headlines);
        QVERIFY2(words.headline.contains(u"That App"_s), qPrintable(words.headline));
    }
    check(ErrorText::ofUnbound(u"auth.example.com"_s), headlines);
    QVERIFY(ErrorText::ofUnbound(u"auth.example.com"_s).headline.contains(u"auth.example.com"_s));
}

void ErrorTextTest::everyEntryThatIsLeftOutSaysWhy()
{
    QSet<QString> sentences;
    for (const Errc reason : {Errc::EmptySecret, Errc::SecretTooLong, Errc::UnsupportedAlgorithm,
                              Errc::DigitsOutOfRange, Errc::UnsupportedUri, Errc::MalformedUri}) {
        const QString sentence = ErrorText::ofEntry(reason);
        QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
        QVERIFY2(sentence != ErrorText::of(reason).headline, qPrintable(sentence));
        sentences << sentence;
    }
    QCOMPARE(sentences.size(), 6);
}

void ErrorTextTest::aHealthyFileIsNotCalledAKeychain()
{
    VaultReport report;
    report.isMemoryLocked = true;
    report.backend = u"file"_s;
    QCOMPARE(DoctorWords::state(report).headline, u"The file is in order."_s);
    report.backend = secretServiceName();
    QCOMPARE(DoctorWords::state(report).headline, u"The keychain is in order."_s);
}

QTEST_MAIN(ErrorTextTest)
#include "error_text_test.moc"
