// Makes the calls that standard input names, for sdk_test.py, which explains the lines.
#include "duoyinsu.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <optional>

namespace {

QByteArray map(std::initializer_list<std::pair<QByteArray, QByteArray>> members)
{
    QByteArray line = "map";
    for (const auto &[name, value] : members) {
        if (!value.isEmpty())
            line += '\t' + name + '=' + value;
    }
    return line;
}

QByteArray map(const duoyinsu::Login &login)
{
    return map({{"status", QByteArray::number(login.status)},
                {"event_id", login.eventId},
                {"qrcode_url", login.qrcodeUrl.toUtf8()},
                {"qrcode_data", login.qrcodeData.toUtf8()}});
}

QByteArray answerOf(const duoyinsu::Client &site, const QByteArray &name,
                    const QByteArrayList &arguments)
{
    if (name == "getUid")
        return "value\t" + site.getUid(QString::fromUtf8(arguments.at(0)));
    if (name == "getQrcode")
        return "value\t" + site.getQrcode(arguments.at(0), arguments.value(1),
                                          QString::fromUtf8(arguments.value(2)));
    if (name == "traditional") {
        const duoyinsu::CodeAnswer answer = site.traditional(arguments.at(0), arguments.at(1));
        return map(
            {{"codetype", QByteArray::number(answer.codetype)}, {"msg", answer.msg.toUtf8()}});
    }
    if (name == "qrcodeForAuth")
        return map(site.qrcodeForAuth());
    if (name == "pushForAuth")
        return map(site.pushForAuth(arguments.at(0)));
    if (name == "eventResult") {
        const duoyinsu::EventResult result = site.eventResult(arguments.at(0));
        return map({{"status", QByteArray::number(result.status)},
                    {"uid", result.uid},
                    {"number", result.number.toUtf8()}});
    }
    return "unknown\t" + name;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return 1;
    std::optional<duoyinsu::Client> site;
    for (QByteArray line = input.readLine(); !line.isEmpty(); line = input.readLine()) {
        QByteArrayList words = line.chopped(1).split('\t');
        const QByteArray name = words.takeFirst();
        QByteArray answer;
        try {
            if (name == "new") {
                site.emplace(
                    words.at(0), words.at(1), words.at(2),
                    duoyinsu::Options{.api = QString::fromUtf8(words.at(3)),
                                      .caFile = QString::fromUtf8(words.at(4)),
                                      .timeout = std::chrono::seconds(words.at(5).toInt())});
                answer = "value\tmade";
            } else {
                answer = answerOf(*site, name, words);
            }
        } catch (const duoyinsu::Failure &failure) {
            answer = "error\t" + QByteArray(failure.what());
        }
        std::puts(answer.constData());
        std::fflush(stdout);
    }
    return 0;
}
