#include "app/cli/arguments.h"

#include <algorithm>

namespace hufu {
namespace {

struct Option
{
    const char *name;
    bool takesValue;
    QStringView commands; ///< separated by spaces; empty for every command
};

constexpr Option options[] = {
    {"profile", true, {}},       {"policy", true, {}},         {"json", false, {}},
    {"password-fd", true, {}},   {"portable", true, {}},       {"to", true, u"move"},
    {"yes", false, {}},          {"at", true, u"code"},        {"screen", false, u"scan login"},
    {"text", false, u"scan"},    {"approve", false, u"login"}, {"deny", false, u"login"},
    {"number", true, u"login"},  {"push", false, u"login"},    {"wait", true, u"login"},
    {"export", true, u"doctor"}, {"help", false, {}},          {"version", false, {}},
};

struct Command
{
    const char *name;
    std::size_t fewest;
    std::size_t most;
};

constexpr Command commands[] = {
    {"add", 1, 1'000}, {"list", 0, 0},    {"code", 1, 1},    {"next", 1, 1},     {"scan", 0, 1},
    {"login", 0, 1},   {"compute", 0, 0}, {"profile", 2, 2}, {"password", 0, 0}, {"bin", 0, 0},
    {"delete", 1, 1},  {"restore", 1, 1}, {"doctor", 0, 0},  {"move", 0, 0},     {"activity", 0, 0},
};

QString textOf(std::string_view argument)
{
    return QString::fromLocal8Bit(argument.data(), static_cast<qsizetype>(argument.size()));
}

tl::unexpected<QString> wrong(const QString &sentence)
{
    return tl::unexpected(sentence);
}

tl::expected<void, QString> judge(const Arguments &arguments)
{
    const auto command =
        std::find_if(std::begin(commands), std::end(commands), [&](const Command &known) {
            return arguments.command == QLatin1String(known.name);
        });
    if (command == std::end(commands))
        return wrong(arguments.command.isEmpty() ? QStringLiteral("A command is missing.")
                                                 : QStringLiteral("There is no such command."));
    for (const Option &option : options) {
        if (!arguments.has(option.name) || option.commands.isEmpty())
            continue;
        if (!option.commands.toString().split(QLatin1Char(' ')).contains(arguments.command))
            return wrong(QStringLiteral("--%1 does not belong to %2.")
                             .arg(QLatin1String(option.name), arguments.command));
    }
    if (arguments.operands.size() < command->fewest || arguments.operands.size() > command->most)
        return wrong(
            QStringLiteral("Too few or too many arguments for %1.").arg(arguments.command));
    const bool searches =
        arguments.command == QLatin1String("scan") || arguments.command == QLatin1String("login");
    const int sources = (arguments.has("screen") ? 1 : 0) + (arguments.has("push") ? 1 : 0) +
                        (arguments.operands.empty() ? 0 : 1);
    if (searches && sources != 1)
        return wrong(arguments.command == QLatin1String("login")
                         ? QStringLiteral("Name a picture, or --screen, or --push.")
                         : QStringLiteral("Name a picture, or --screen."));
    if (const std::optional<QString> wait = arguments.value("wait")) {
        bool isNumber = false;
        const int seconds = wait->toInt(&isNumber);
        if (!isNumber || seconds < 0 || seconds > 86'400 || !arguments.has("push"))
            return wrong(QStringLiteral("--wait takes seconds, together with --push."));
    }
    if (arguments.has("approve") && arguments.has("deny"))
        return wrong(QStringLiteral("--approve or --deny, not both."));
    const bool hasEmptyOperand = std::find(arguments.operands.begin(), arguments.operands.end(),
                                           "") != arguments.operands.end();
    if (hasEmptyOperand) // as a part of a name it would fit every account
        return wrong(QStringLiteral("An argument of %1 is empty.").arg(arguments.command));
    if (arguments.command == QLatin1String("profile") && arguments.operands.front() != "remove")
        return wrong(QStringLiteral("A profile can be removed, nothing else."));
    if (arguments.command == QLatin1String("move") &&
        arguments.value("to") != QStringLiteral("keychain") &&
        arguments.value("to") != QStringLiteral("file"))
        return wrong(QStringLiteral("Say where to: --to keychain, or --to file."));
    if (arguments.has("portable") && arguments.value("portable")->isEmpty())
        return wrong(QStringLiteral("--portable takes a folder."));
    if (const std::optional<QString> at = arguments.value("at")) {
        bool isNumber = false;
        at->toLongLong(&isNumber);
        if (!isNumber)
            return wrong(QStringLiteral("--at takes Unix seconds."));
    }
    if (const std::optional<QString> descriptor = arguments.value("password-fd")) {
        bool isNumber = false;
        if (descriptor->toInt(&isNumber) < 0 || !isNumber)
            return wrong(QStringLiteral("--password-fd takes the number of an open descriptor."));
    }
    return {};
}

} // namespace

std::optional<QString> Arguments::value(const char *option) const
{
    const auto found = options.constFind(QLatin1String(option));
    return found == options.constEnd() ? std::optional<QString>() : *found;
}

QString Arguments::operand(std::size_t index) const
{
    return textOf(operands.at(index));
}

tl::expected<Arguments, QString> readArguments(const std::vector<std::string_view> &argv)
{
    Arguments arguments;
    bool onlyOperands = false;
    for (auto argument = argv.begin(); argument != argv.end(); ++argument) {
        if (!onlyOperands && *argument == "--") {
            onlyOperands = true;
        } else if (!onlyOperands && argument->substr(0, 2) == "--") {
            const std::size_t equals = argument->find('=');
            const QString name = textOf(argument->substr(2, equals - 2));
            const auto option =
                std::find_if(std::begin(options), std::end(options), [&](const Option &known) {
                    return name == QLatin1String(known.name);
                });
            if (option == std::end(options) || (!option->takesValue && equals != argument->npos))
                return wrong(QStringLiteral("There is no option --%1.").arg(name));
            if (arguments.options.contains(name))
                return wrong(QStringLiteral("--%1 stands twice.").arg(name));
            QString value;
            if (option->takesValue && equals != argument->npos)
                value = textOf(argument->substr(equals + 1));
            else if (option->takesValue && ++argument != argv.end())
                value = textOf(*argument);
            else if (option->takesValue)
                return wrong(QStringLiteral("--%1 takes a value.").arg(name));
            arguments.options.insert(name, value);
        } else if (arguments.command.isEmpty()) {
            arguments.command = textOf(*argument);
        } else {
            arguments.operands.push_back(*argument);
        }
    }
    if (arguments.has("help") || arguments.has("version"))
        return arguments;
    if (const auto judged = judge(arguments); !judged)
        return tl::unexpected(judged.error());
    return arguments;
}

const char *usageText()
{
    return "Usage: hufu-cli [--profile NAME] [--policy FILE] [--json] [--yes] COMMAND\n"
           "\n"
           "  add URI|PICTURE|-...       add accounts from key URIs, QR codes, or lines of the "
           "input\n"
           "  list                       list the accounts, without codes\n"
           "  code NAME [--at UNIX]      the code of an account, now or then\n"
           "  next NAME                  the next code of a counter account\n"
           "  delete NAME                put an account into the bin, for 30 days\n"
           "  bin                        list the deleted accounts\n"
           "  restore NAME               bring a deleted account back\n"
           "  activity                   what happened: logins, accounts, the app password\n"
           "  scan PICTURE|--screen [--text]\n"
           "                             what the QR codes there are\n"
           "  login PICTURE|--screen [--approve|--deny] [--number N]\n"
           "                             confirm the login whose QR code is there\n"
           "  login --push [--wait SECONDS] [--approve|--deny] [--number N]\n"
           "                             confirm the next login that a server asks for; wait for "
           "it,\n"
           "                             60 s if not told otherwise\n"
           "                             --number -: from a line of the input, once the page shows "
           "it\n"
           "  compute                    codes for lines KEY-URI<TAB>UNIX of the input; stores "
           "nothing\n"
           "  doctor [--export FILE]     what the keychain holds of the profile, and the way out\n"
           "  move --to keychain|file    keep the accounts in the other place from now on\n"
           "  password                   set, change or remove the app password\n"
           "  profile remove NAME        remove a profile with all its accounts\n"
           "\n"
           "NAME of an account: its id, issuer:account, or a part of that which fits one only.\n"
           "\n"
           "  --profile NAME   accounts and settings to use, \"default\" if none is named\n"
           "  --policy FILE    settings of an organisation; not for the profile \"default\"\n"
           "  --portable DIR   accounts and settings are in this folder, in a file under a "
           "password\n"
           "  --password-fd N  read the app password from this open descriptor, a line each;\n"
           "                   for \"password\": the present one (empty if there is none), then "
           "the "
           "new one\n"
           "                   (empty for none);\n"
           "                   for \"login\" through a proxy that wants one: its password behind "
           "the app's\n"
           "  --json           one JSON document instead of words\n"
           "  --yes            agree to what would be asked\n"
           "  --help, --version\n"
           "\n"
           "Status: 0 done, 1 failed or not everything done, 2 usage.\n";
}

} // namespace hufu
