#include "ui/error_text.h"

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

Explanation split(const QString &sentence)
{
    const qsizetype end = sentence.indexOf(u'\n');
    return end < 0 ? Explanation{sentence, {}}
                   : Explanation{sentence.left(end), sentence.mid(end + 1)};
}

} // namespace

QString Explanation::whole() const
{
    return rest.isEmpty() ? headline : headline + u' ' + rest;
}

Explanation ErrorText::of(Errc code)
{
    return split(sentence(code));
}

Explanation ErrorText::of(Errc code, KeptIn place)
{
    if (place == KeptIn::Keychain)
        return of(code);
    switch (code) {
    case Errc::KeychainStalled:
        return split(tr("The disk takes too long.\nYour accounts are in a file on it, and nothing "
                        "in it was changed halfway. Check that the disk or the network folder is "
                        "connected, then try again."));
    case Errc::WriteNotConfirmed:
        return split(tr("The file did not keep the change.\nEverything is as it was before. Check "
                        "that the disk works and has room, then try again."));
    case Errc::LostInMidWrite:
        return split(tr("The file went away while it was being written.\nThe old or the new state "
                        "is in it, never a mixture. Start Hufu again to see which."));
    default:
        return of(code);
    }
}

Explanation ErrorText::of(const NotOurs &notOurs)
{
    return split(sentence(notOurs));
}

Explanation ErrorText::ofUnbound(const QString &host)
{
    //: The part before the line break is a headline, here and in all texts of errors.
    return split(tr("No account of yours belongs to %1.\nNothing was sent there. If you expected "
                    "this login page, open its binding page and scan that code first.")
                     .arg(host));
}

Explanation ErrorText::ofRedirect(const QString &host)
{
    if (host.isEmpty())
        return of(Errc::RedirectRefused);
    return split(tr("The server tried to send Hufu elsewhere: %1.\nHufu does not follow it, and "
                    "nobody was signed in. Tell whoever runs the server.")
                     .arg(host));
}

Explanation ErrorText::ofBinding(Errc code)
{
    switch (code) {
    case Errc::NoNetwork:
        return split(tr("There is no network.\nNothing was stored. Connect, then try again."));
    case Errc::ServerUnreachable:
        return split(tr("The server cannot be reached.\nNothing was stored. Check the network or "
                        "ask whoever runs the server, then try again."));
    case Errc::ServerTimedOut:
        return split(tr("The server did not answer in time.\nNothing was stored. Try again: an "
                        "answer that was lost on its way is given once more."));
    case Errc::RedirectRefused:
        return split(tr("The server points to another address.\nHufu does not follow it, and "
                        "nothing was stored. Tell whoever runs the server."));
    case Errc::AnswerTooLarge:
        return split(tr("The server's answer is too large.\nIt was dropped, and nothing was "
                        "stored. Tell whoever runs the server."));
    case Errc::AnswerMalformed:
        return split(tr("The server's answer is no binding to it.\nIt was dropped, and nothing was "
                        "stored. Tell whoever runs the server."));
    case Errc::ServerRefused:
        return split(tr("The server gives no binding.\nNothing was stored. Ask the page for a new "
                        "code, or whoever runs the server."));
    case Errc::TooManyTries:
        return split(tr("Too many tries.\nThe server takes none for a while, and nothing was "
                        "stored. Wait some minutes, then try again."));
    case Errc::ServerFailed:
        return split(tr("The server reported a fault of its own.\nNothing was stored. Try again in "
                        "a few minutes."));
    default:
        return of(code);
    }
}

QString ErrorText::ofEntry(Errc reason)
{
    switch (reason) {
    case Errc::EmptySecret:
        return tr("It holds no key.");
    case Errc::SecretTooLong:
        return tr("Its key is longer than any that exists.");
    case Errc::UnsupportedAlgorithm:
        return tr("Its codes are made with a method that Hufu does not use, such as MD5.");
    case Errc::DigitsOutOfRange:
        return tr("Its codes have a number of digits that Hufu does not know.");
    case Errc::UnsupportedUri:
        return tr("It is of a kind that Hufu does not know.");
    case Errc::MalformedUri:
        return tr("Its name or its counter is damaged.");
    default:
        return of(reason).headline;
    }
}

// One case a code, so that the compiler misses the sentence of a new one.
QString ErrorText::sentence(Errc code)
{
    switch (code) {
    case Errc::SecretMemoryFull:
        return tr("The protected memory is full.\nNothing was changed. Quit Hufu and start it "
                  "again.");
    case Errc::CryptoFailed:
        return tr("The cryptographic library of this computer failed.\nNothing was changed. "
                  "Restart the computer, then try again.");
    case Errc::SealBroken:
        return tr("Stored data was changed by something else.\nIt was not used, and nothing was "
                  "overwritten. Restore the keychain from a backup.");
    case Errc::MalformedFields:
        return tr("Stored data cannot be read.\nIt was not used, and nothing was overwritten. "
                  "Restore the keychain from a backup.");
    case Errc::EmptySecret:
        return tr("The code holds no key.\nNothing was stored. Ask the page for a new code.");
    case Errc::SecretTooShort:
        return tr("The key in the code is too short.\nNothing was stored, since it would not "
                  "protect you. Tell whoever runs the page.");
    case Errc::SecretTooLong:
        return tr("The key in the code is too long.\nNothing was stored. Ask the page for a new "
                  "code.");
    case Errc::MalformedBase32:
        return tr("The key in the code is damaged.\nNothing was stored. Reload the page and scan "
                  "again.");
    case Errc::TimeBeforeEpoch:
        return tr("The clock of this computer is far off.\nNo code can be made. Set date and time, "
                  "then try again.");
    case Errc::DigitsOutOfRange:
        return tr("The code asks for a number of digits that does not exist.\nNothing was stored. "
                  "Ask the page for a new code.");
    case Errc::PeriodOutOfRange:
        return tr("The code asks for a time step that does not exist.\nNothing was stored. Ask the "
                  "page for a new code.");
    case Errc::UnsupportedAlgorithm:
        return tr("Hufu does not know this kind of code.\nNothing was stored. Ask the page for a "
                  "TOTP code.");
    case Errc::HotpNeedsNext:
        return tr("This account counts its codes.\nNothing was used up. Press Next to get a code.");
    case Errc::MalformedUri:
        return tr("The code is damaged.\nNothing was stored. Reload the page and scan again.");
    case Errc::UriTooLong:
        return tr("The code holds more text than an account needs.\nNothing was stored. Ask the "
                  "page for a new code.");
    case Errc::UnsupportedUri:
        return tr("The code is for another kind of account.\nNothing was stored. Ask the page for "
                  "a TOTP code.");
    case Errc::DuplicateParameter:
        return tr("The code says the same thing twice.\nNothing was stored, since only one can be "
                  "true. Tell whoever runs the page.");
    case Errc::MalformedBinding:
        return tr("The binding in the code is damaged.\nNothing was stored. Ask the page for a new "
                  "code.");
    case Errc::NotOurs:
        return tr("This code is not for Hufu.\nNothing was stored or opened. Scan the code of a "
                  "binding or login page.");
    case Errc::LoginNeedsPicture:
        return tr("A login code has to be scanned.\nA login address that was typed or pasted is "
                  "not followed, since somebody may have sent it to you. Open the login page and "
                  "scan the screen.");
    case Errc::DamagedLoginCode:
        return tr("The login code is damaged.\nNobody was signed in. Reload the login page and "
                  "scan again.");
    case Errc::MalformedExport:
        return tr("The export code is damaged.\nNothing was imported. Show the code again in the "
                  "other authenticator, then scan it anew.");
    case Errc::AnotherExport:
        return tr("This code belongs to another export.\nThe parts that were scanned so far are "
                  "kept. Scan the missing parts of the same export, or start again.");
    case Errc::FileUnreadable:
        return tr("The file cannot be opened.\nNothing was changed. Check that it is still there "
                  "and that you may read it.");
    case Errc::PictureTooLarge:
        return tr("The picture is too large.\nIt was not read. Cut out the part with the code and "
                  "open that.");
    case Errc::PictureUnreadable:
        return tr("The picture cannot be read.\nHufu reads PNG, JPEG, BMP, WebP and GIF. Save it "
                  "as one of these, or scan the screen.");
    case Errc::NoCodeFound:
        return tr("There is no code in this picture.\nMake sure that the whole code is in it, "
                  "sharp and not too small, then try again.");
    case Errc::SeveralCodes:
        return tr("There are several codes in this picture.\nNothing was stored or sent. Choose "
                  "the one to use.");
    case Errc::ScreenUnavailable:
        return tr("The screen cannot be searched.\nThe system did not allow it. Save a picture of "
                  "the code and open that.");
    case Errc::ScreenRefused:
        return tr("Hufu was not allowed to see the screen.\nNothing was searched. Scan again and "
                  "allow it when the system asks, or open a picture of the code.");
    case Errc::CameraMissing:
        return tr("There is no camera.\nNothing was scanned. Connect one, scan the screen, or "
                  "open a picture of the code.");
    case Errc::CameraRefused:
        return tr("The system does not let Hufu use the camera.\nNothing was scanned. Allow it "
                  "in the settings of your system, scan the screen, or open a picture of the "
                  "code.");
    case Errc::CameraBusy:
        return tr("Another program is using the camera.\nNothing was scanned. Close that "
                  "program, scan the screen, or open a picture of the code.");
    case Errc::CameraGone:
        return tr("The camera was unplugged.\nNothing was stored or sent. Plug it in again, scan "
                  "the screen, or open a picture of the code.");
    case Errc::HelperFailed:
        return tr("The scanner stopped.\nNothing was stored or sent. Try again; if it happens "
                  "again, install Hufu anew.");
    case Errc::HelperVersion:
        return tr("The scanner is of another version.\nNothing was scanned. Install Hufu anew.");
    case Errc::HelperTimedOut:
        return tr("The scanner took too long.\nNothing was stored or sent. Close some windows, "
                  "then try again.");
    case Errc::EntryNotFound:
        return tr("An entry is not in the keychain.\nNothing was changed. Start Hufu again.");
    case Errc::KeychainLocked:
        return tr("The keychain is locked.\nYour accounts are safe in it. Unlock it to see them.");
    case Errc::KeychainMissing:
        return tr("This session has no keychain.\nYour accounts are stored in it and were not "
                  "touched. Start the keychain service of your desktop, then try again.");
    case Errc::KeychainDenied:
        return tr("The keychain refused Hufu.\nYour accounts are still in it. Allow Hufu to use "
                  "it when the system asks.");
    case Errc::KeychainStalled:
        return tr("The keychain does not answer.\nYour accounts are still in it. Look for a "
                  "question of the keychain behind other windows, then try again.");
    case Errc::KeychainFailed:
        return tr("The keychain reported a fault.\nNothing was changed. Try again; if it stays, "
                  "start a new session.");
    case Errc::VaultNotFound:
        return tr("There are no accounts yet.\nScan a code to add the first.");
    case Errc::VaultMissing:
        return tr("Your accounts are not where they were.\nThis computer had some, so Hufu starts "
                  "no new list over them. Check that the same keychain or file is in use as "
                  "before, or restore it from a backup.");
    case Errc::VaultCorrupt:
        return tr("The stored accounts are damaged.\nNothing was overwritten. Restore the keychain "
                  "or the file from a backup, then start Hufu again.");
    case Errc::VaultOlderState:
        return tr("This is an older state of your accounts.\nNothing is stored until you decide to "
                  "go on with it.");
    case Errc::VaultNewerVersion:
        return tr("A newer Hufu wrote these accounts.\nThis version does not touch them. Update "
                  "Hufu to go on.");
    case Errc::AnotherVault:
        return tr("These are other accounts than before.\nNothing was read or overwritten. Bring "
                  "back the keychain or the file that belongs to this profile.");
    case Errc::VaultBusy:
        return tr("Another Hufu is writing right now.\nNothing was changed here. Try again in a "
                  "moment.");
    case Errc::VaultUnwritable:
        return tr("Hufu may not write in its folder.\nNothing was changed. Check the permissions "
                  "and the free space of your home folder.");
    case Errc::VaultFull:
        return tr("The list is full.\nNothing was added. Delete accounts that you no longer use.");
    case Errc::RecordTooLarge:
        return tr("The account is too large to be stored.\nNothing was changed. Shorten its name "
                  "or its note.");
    case Errc::WriteNotConfirmed:
        return tr("The keychain did not keep the change.\nEverything is as it was before. Try "
                  "again.");
    case Errc::LostInMidWrite:
        return tr("The keychain went away while it was writing.\nThe old or the new state is in "
                  "it, never a mixture. Start Hufu again to see which.");
    case Errc::PasswordNeeded:
        return tr("Hufu is locked.\nYour accounts are safe. The app password opens them.");
    case Errc::PasswordWrong:
        return tr("This is not the app password.\nNothing was opened or changed. Check the "
                  "keyboard's language and Caps Lock, then try again.");
    case Errc::PasswordTooSoon:
        return tr("Too many wrong passwords.\nNothing is ever deleted because of that. Wait a "
                  "moment, then try again.");
    case Errc::PasswordCostTooHigh:
        return tr("Opening this vault would take more memory or time than Hufu allows.\nNothing "
                  "was opened or changed. It was not made by this Hufu, or it is damaged; bring "
                  "back a backup.");
    case Errc::PlaceTaken:
        return tr("There are accounts already where these should go.\nNothing was moved or "
                  "overwritten. Choose another place.");
    case Errc::FileUnwritable:
        return tr("The file cannot be written.\nNothing was changed. Check the folder's "
                  "permissions and the free space, or choose another place.");
    case Errc::NoSuchAccount:
        return tr("This account is not in the list any more.\nNothing was changed. Perhaps another "
                  "Hufu deleted it.");
    case Errc::AmbiguousName:
        return tr("Several accounts have this name.\nNothing was changed. Say more of the name.");
    case Errc::AccountExists:
        return tr("This account is already there.\nNothing was added. You can use it as it is.");
    case Errc::UnboundServer:
        return tr("No account of yours belongs to this login page.\nNothing was sent. If you "
                  "expected it, scan the code of its binding page first.");
    case Errc::UnboundAccount:
        return tr("The server does not know your account here.\nNobody was signed in, and the "
                  "account was kept as it is. Open the page that gave you its binding code, and "
                  "scan a new one there.");
    case Errc::KeyRefused:
        return tr("The server refused the key of this account.\nNobody was signed in, and the "
                  "account was kept as it is. It may have been bound again elsewhere since: open "
                  "its binding page and scan that code here.");
    case Errc::BindingExpired:
        return tr("This binding code is over or was used.\nNothing was stored, and accounts that "
                  "you have stay as they are. Ask the page for a new code and scan that; if you "
                  "never used this one, tell whoever runs the page.");
    case Errc::WeakBinding:
        return tr("The key of this account is too short to confirm logins.\nIts codes work. Ask "
                  "for a new binding to confirm logins too.");
    case Errc::NoNetwork:
        return tr("There is no network.\nNobody was signed in. Connect, then scan again; codes "
                  "work without.");
    case Errc::ServerUnreachable:
        return tr("The server cannot be reached.\nNobody was signed in. Check the network or ask "
                  "whoever runs the server, then scan again.");
    case Errc::ServerTimedOut:
        return tr("The server did not answer in time.\nIt is not certain whether the answer "
                  "arrived: look at the login page, and scan again if it still waits.");
    case Errc::TlsExpired:
        return tr("The server's certificate is out of date.\nIt has expired, or this computer's "
                  "date is wrong. Nothing was sent to it. Check the date, or tell whoever runs the "
                  "server.");
    case Errc::TlsWrongHost:
        return tr("The server's certificate belongs to another server.\nNothing was sent to it. A "
                  "network that wants you to sign in first answers like that: do so in a browser, "
                  "or try another network.");
    case Errc::TlsUnknownIssuer:
        return tr("Nobody trusted vouches for the server's certificate.\nNothing was sent to it. "
                  "Your company may inspect the traffic: ask your administrator for its "
                  "certificate. Anywhere else try another network.");
    case Errc::TlsPinMismatch:
        return tr("The server's key is not the one of the binding.\nNothing was sent to it. "
                  "Somebody may inspect the traffic, or the key has changed: ask whoever runs the "
                  "server, and bind anew if it has.");
    case Errc::TlsFailed:
        return tr("No protected connection to the server came about.\nNothing was sent to it. Try "
                  "again, or try another network.");
    case Errc::ProxyUnreachable:
        return tr("The proxy cannot be reached.\nNothing was sent. Check the proxy in Hufu's "
                  "settings or ask your administrator.");
    case Errc::ProxyRefused:
        return tr("The proxy refused to connect.\nNothing was sent. Check the name and password "
                  "for the proxy in Hufu's settings.");
    case Errc::ProxyLoginUnsupported:
        return tr("Your proxy asks for a kind of login that Hufu does not speak.\nNothing was "
                  "sent. Hufu knows only name and password (Basic), not NTLM, Kerberos or Digest: "
                  "ask your administrator to allow that, or to let this server through without a "
                  "login.");
    case Errc::RedirectRefused:
        return tr("The server points to another address.\nHufu does not follow it, and nobody was "
                  "signed in. Tell whoever runs the server.");
    case Errc::AnswerTooLarge:
        return tr("The server's answer is too large.\nIt was dropped, and nobody was signed in. "
                  "Tell whoever runs the server.");
    case Errc::AnswerMalformed:
        return tr("The server's answer makes no sense.\nIt was dropped, and nobody was signed in. "
                  "Tell whoever runs the server.");
    case Errc::AnswerNotAuthentic:
        return tr("The server's answer is not genuine.\nIt was dropped, and nothing was approved. "
                  "Refresh the login page and scan again; if it stays, bind the account anew.");
    case Errc::LoginExpired:
        return tr("The login has expired.\nNobody was signed in. Refresh the login page and scan "
                  "again.");
    case Errc::LoginAnsweredElsewhere:
        return tr("The login was already answered.\nNothing was sent again. If that was not you, "
                  "tell whoever runs the server.");
    case Errc::ServerRefused:
        return tr("The server did not confirm the login.\nNobody was signed in and nothing was "
                  "changed. Refresh the login page and scan again.");
    case Errc::TooManyTries:
        return tr("Too many tries.\nThe server takes none for a while. Wait some minutes, then "
                  "scan again.");
    case Errc::ClockWrong:
        return tr("The clock of this computer differs too much from the server's.\nNobody was "
                  "signed in. Set date and time, then scan again.");
    case Errc::WrongNumber:
        return tr("That was not the number on the login page.\nThe login was denied. Refresh the "
                  "page and scan again if it was you who asked.");
    case Errc::NumberNeeded:
        return tr("The server wants the number that the login page shows.\nNothing was approved. "
                  "Type it into the boxes.");
    case Errc::ServerFailed:
        return tr("The server reported a fault of its own.\nNobody was signed in. Try again in a "
                  "few minutes.");
    case Errc::PolicyRefused:
        return tr("The settings of your organisation cannot be read.\nHufu does not start without "
                  "them. Show the file to your administrator.");
    case Errc::PolicyFixed:
        return tr("The settings of your organisation are fixed here.\nAnother policy file cannot "
                  "take their place. Start Hufu without it.");
    case Errc::ProfileNameInvalid:
        return tr("This profile name cannot be used.\nA name has 1 to 32 lower-case letters, "
                  "digits and hyphens, and begins with a letter or digit.");
    case Errc::ProfileProtected:
        return tr("The default profile cannot be removed.\nNothing was changed. Name another "
                  "profile.");
    case Errc::ConsentNeeded:
        return tr("This needs your consent.\nNothing was changed. Agree to it first.");
    }
    Q_UNREACHABLE();
}

QString ErrorText::sentence(const NotOurs &notOurs)
{
    switch (notOurs.kind) {
    case NotOursKind::WebAddress:
        return tr("This code is a web address: %1\nHufu opens no pages. If you want to go there, "
                  "use your browser.")
            .arg(notOurs.host);
    case NotOursKind::Wifi:
        return tr("This code is for a Wi-Fi network.\nScan it with your phone, or join the network "
                  "in the system's settings.");
    case NotOursKind::Passkey:
        return tr("This code is for a passkey.\nIt wants a phone's camera and Bluetooth. Scan it "
                  "with the phone that holds the passkey.");
    case NotOursKind::OtherAuthenticator:
        if (!notOurs.app.isEmpty())
            return tr("This code is for %1.\nOnly that app can use it. If the page offers another "
                      "authenticator app, choose that and scan its code.")
                .arg(notOurs.app);
        return tr("This code activates another vendor's app.\nOnly that app can use it. Ask the "
                  "page for a code for any authenticator.");
    case NotOursKind::Contact:
        return tr("This code is a contact.\nScan it with your phone to keep it.");
    case NotOursKind::Payment:
        if (!notOurs.app.isEmpty())
            return tr("This code asks for a payment with %1.\nHufu pays nothing. Scan it with that "
                      "app if you mean to.")
                .arg(notOurs.app);
        return tr("This code asks for a payment.\nHufu pays nothing. Use the app of your bank or "
                  "wallet if you mean to.");
    case NotOursKind::ChatLogin:
        if (!notOurs.app.isEmpty())
            return tr("This code signs in to %1.\nIt is no login of a bound account. Scan it with "
                      "that app on your phone, and only if you opened this page yourself.")
                .arg(notOurs.app);
        return tr("This code signs in to a chat program.\nScan it with that program on your "
                  "phone.");
    case NotOursKind::Event:
        return tr("This code is a date for the calendar.\nScan it with your phone to keep it.");
    case NotOursKind::Mail:
        return tr("This code begins an e-mail.\nHufu sends none. Scan it with your phone.");
    case NotOursKind::Phone:
        return tr("This code is a telephone number or a message.\nHufu calls nobody. Scan it with "
                  "your phone.");
    case NotOursKind::Place:
        return tr("This code is a place on the map.\nScan it with your phone to see it.");
    case NotOursKind::BindingAddress:
        return tr("A binding code of %1 has to be scanned.\nNothing was sent there: an address "
                  "that was typed or pasted is not followed, since somebody may have sent it to "
                  "you. Open the binding page and scan the screen.")
            .arg(notOurs.host);
    case NotOursKind::Text:
        return tr("This code is just text.\nHufu has no use for it. Scan the code of a binding or "
                  "login page.");
    }
    Q_UNREACHABLE();
}

} // namespace hufu
