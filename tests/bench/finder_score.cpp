// What the finder reads of generated test pictures and what it costs, beside one default pass of
// the ZXing that is installed (tests/bench/finder_score.py makes the pictures and the figures).
//
//   finder_score still|live MANIFEST       one line of JSON for each picture
//   finder_score cost none|raw|still|live PICTURE TIMES    works only, for counting instructions
//
// "live" shows the same view again until it is read, at most 6 times.

#include "core/scan/decoder.h"
#include "core/scan/gray_picture.h"
#include "core/scan/live_search.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace hufu;

namespace {

constexpr int framesOfAView = 6;
using Texts = QStringList;

double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

Texts readRaw(const QImage &gray)
{
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    Texts texts;
    const ZXing::ImageView view(gray.constBits(), gray.width(), gray.height(),
                                ZXing::ImageFormat::Lum, static_cast<int>(gray.bytesPerLine()));
    for (const auto &barcode : ZXing::ReadBarcodes(view, hints)) {
        if (barcode.isValid())
            texts.append(QString::fromStdString(barcode.text()));
    }
    return texts;
}

Texts textsOf(const Result<std::vector<FoundCode>> &codes)
{
    Texts texts;
    if (!codes)
        return texts;
    for (const FoundCode &code : *codes) {
        const std::string_view text = code.text.text();
        texts.append(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }
    return texts;
}

Texts readStill(const QImage &gray)
{
    return textsOf(findCodes(gray));
}

struct Seen
{
    Texts texts;
    int frames = 0;
    double cpu = 0; ///< milliseconds from the first frame to the result
};

Seen see(int frames, const std::function<Texts()> &read)
{
    Seen seen;
    const double before = cpuMilliseconds();
    while (seen.texts.isEmpty() && seen.frames < frames) {
        seen.texts = read();
        ++seen.frames;
    }
    seen.cpu = cpuMilliseconds() - before;
    return seen;
}

QJsonObject judged(const Seen &seen, const QStringList &expected)
{
    // A text that is there twice in `seen` counts once as found, and once as a false read.
    QStringList left = expected;
    const auto wrong = std::ranges::count_if(
        seen.texts, [&left](const QString &text) { return !left.removeOne(text); });
    return {{QStringLiteral("found"), expected.size() - left.size()},
            {QStringLiteral("wrong"), static_cast<qint64>(wrong)},
            {QStringLiteral("frames"), seen.frames},
            {QStringLiteral("cpu_ms"), seen.cpu}};
}

QImage load(const QString &path)
{
    return toGray(QImage(path));
}

int score(bool live, const QString &manifest)
{
    QFile file(manifest);
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "%s cannot be read.\n", qPrintable(manifest));
        return 1;
    }
    while (!file.atEnd()) {
        const QJsonObject picture = QJsonDocument::fromJson(file.readLine()).object();
        const QString path = picture.value(QLatin1String("path")).toString();
        const QImage gray = load(path);
        if (gray.isNull()) {
            std::fprintf(stderr, "%s cannot be read.\n", qPrintable(path));
            return 1;
        }
        QStringList expected;
        for (const QJsonValue text : picture.value(QLatin1String("texts")).toArray())
            expected.append(text.toString());

        LiveSearch search;
        const Seen raw = see(1, [&gray] { return readRaw(gray); });
        const Seen ours =
            live ? see(framesOfAView, [&gray, &search] { return textsOf(search.search(gray)); })
                 : see(1, [&gray] { return readStill(gray); });
        const QJsonObject line{{QStringLiteral("sub"), picture.value(QLatin1String("sub"))},
                               {QStringLiteral("path"), path},
                               {QStringLiteral("codes"), expected.size()},
                               {QStringLiteral("raw"), judged(raw, expected)},
                               {QStringLiteral("ours"), judged(ours, expected)}};
        std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    }
    return 0;
}

int spend(const QString &kind, const QString &path, int times)
{
    const QImage gray = load(path);
    if (gray.isNull()) {
        std::fprintf(stderr, "%s cannot be read.\n", qPrintable(path));
        return 1;
    }
    LiveSearch search;
    for (int i = 0; i < times; ++i) {
        if (kind == QLatin1String("raw"))
            readRaw(gray);
        else if (kind == QLatin1String("still"))
            readStill(gray);
        else if (kind == QLatin1String("live"))
            textsOf(search.search(gray));
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    if (arguments.size() == 2)
        return score(arguments[0] == QLatin1String("live"), arguments[1]);
    if (arguments.size() == 4 && arguments[0] == QLatin1String("cost"))
        return spend(arguments[1], arguments[2], arguments[3].toInt());
    std::fputs("finder_score still|live MANIFEST\n"
               "finder_score cost none|raw|still|live PICTURE TIMES\n",
               stderr);
    return 2;
}
