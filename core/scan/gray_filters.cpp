#include "core/scan/gray_filters.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace hufu {
namespace {

/// Rows of means over a square, from the top down. What lies beyond the picture is as its edge.
class Means
{
public:
    Means(const QImage &gray, int radius)
        : m_gray(gray)
        , m_radius(radius)
        , m_sums(static_cast<std::size_t>(gray.width() + 2 * radius))
        , m_means(static_cast<std::size_t>(gray.width()))
    {
        for (int y = -radius; y <= radius; ++y)
            addRow(y, 1);
    }

    /// The means of the row that is next: 0, 1 and so on.
    const std::vector<std::uint8_t> &next()
    {
        if (m_row > 0) {
            addRow(m_row + m_radius, 1);
            addRow(m_row - m_radius - 1, ~std::uint32_t{0}); // takes it away
        }
        ++m_row;
        const auto edge = static_cast<std::size_t>(m_radius);
        std::fill_n(m_sums.begin(), edge, m_sums[edge]);
        std::fill_n(m_sums.end() - m_radius, edge, m_sums[m_sums.size() - edge - 1]);
        const std::size_t side = 2 * edge + 1;
        const auto scale = static_cast<std::uint32_t>((1U << 16) / (side * side));
        std::uint32_t sum = 0;
        for (std::size_t i = 0; i + 1 < side; ++i)
            sum += m_sums[i];
        for (std::size_t x = 0; x < m_means.size(); ++x) {
            sum += m_sums[x + side - 1];
            m_means[x] = static_cast<std::uint8_t>((sum * scale) >> 16);
            sum -= m_sums[x];
        }
        return m_means;
    }

private:
    void addRow(int y, std::uint32_t times)
    {
        const uchar *row = m_gray.constScanLine(std::clamp(y, 0, m_gray.height() - 1));
        std::uint32_t *sums = m_sums.data() + m_radius;
        for (int x = 0, width = m_gray.width(); x < width; ++x)
            sums[x] += row[x] * times;
    }

    const QImage &m_gray;
    int m_radius;
    int m_row = 0;
    std::vector<std::uint32_t> m_sums; ///< of columns, with `radius` more at either side
    std::vector<std::uint8_t> m_means;
};

/// The middle between the two classes which differ most from each other. Source: N. Otsu, "A
/// threshold selection method from gray-level histograms", IEEE SMC 9 (1979).
int middleOf(const QImage &gray)
{
    std::array<qint64, 256> counts{};
    for (int y = 0; y < gray.height(); ++y) {
        const uchar *row = gray.constScanLine(y);
        for (int x = 0, width = gray.width(); x < width; ++x)
            ++counts[row[x]];
    }
    double total = 0;
    double totalSum = 0;
    for (std::size_t value = 0; value < counts.size(); ++value) {
        total += static_cast<double>(counts[value]);
        totalSum += static_cast<double>(counts[value]) * static_cast<double>(value);
    }
    double dark = 0;
    double darkSum = 0;
    double best = 0;
    int middle = 127;
    for (std::size_t value = 0; value < counts.size(); ++value) {
        dark += static_cast<double>(counts[value]);
        darkSum += static_cast<double>(counts[value]) * static_cast<double>(value);
        const double light = total - dark;
        if (dark == 0 || light == 0)
            continue;
        const double darkMean = darkSum / dark;
        const double lightMean = (totalSum - darkSum) / light;
        const double apart = dark * light * (lightMean - darkMean) * (lightMean - darkMean);
        if (apart > best) {
            best = apart;
            middle = static_cast<int>((darkMean + lightMean) / 2);
        }
    }
    return middle;
}

} // namespace

QImage halved(const QImage &gray)
{
    const QSize size(gray.width() / 2, gray.height() / 2);
    QImage half(size, QImage::Format_Grayscale8);
    for (int y = 0; y < half.height(); ++y) {
        const uchar *upper = gray.constScanLine(2 * y);
        const uchar *lower = gray.constScanLine(2 * y + 1);
        uchar *to = half.scanLine(y);
        for (int x = 0, width = half.width(); x < width; ++x) {
            const int sum = upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1];
            to[x] = static_cast<uchar>((sum + 2) >> 2);
        }
    }
    return half;
}

QImage doubled(const QImage &gray)
{
    // A new pixel lies a quarter off an old one: three parts of that one, one of the next.
    QImage large(gray.size() * 2, QImage::Format_Grayscale8);
    std::vector<std::uint16_t> mixed(static_cast<std::size_t>(gray.width()) + 2);
    for (int y = 0; y < large.height(); ++y) {
        const int nextTo = y % 2 == 0 ? y / 2 - 1 : y / 2 + 1;
        const uchar *near = gray.constScanLine(y / 2);
        const uchar *far = gray.constScanLine(std::clamp(nextTo, 0, gray.height() - 1));
        const auto width = static_cast<std::size_t>(gray.width());
        for (std::size_t x = 0; x < width; ++x)
            mixed[x + 1] = static_cast<std::uint16_t>(3 * near[x] + far[x]);
        mixed[0] = mixed[1];
        mixed[width + 1] = mixed[width];
        uchar *to = large.scanLine(y);
        for (std::size_t x = 0; x < width; ++x) {
            to[2 * x] = static_cast<uchar>((3 * mixed[x + 1] + mixed[x] + 8) >> 4);
            to[2 * x + 1] = static_cast<uchar>((3 * mixed[x + 1] + mixed[x + 2] + 8) >> 4);
        }
    }
    return large;
}

QImage sharpened(const QImage &gray, int radius, int strength)
{
    QImage sharp(gray.size(), QImage::Format_Grayscale8);
    if (sharp.isNull())
        return sharp;
    Means means(gray, radius);
    for (int y = 0; y < gray.height(); ++y) {
        const std::uint8_t *mean = means.next().data();
        const uchar *from = gray.constScanLine(y);
        uchar *to = sharp.scanLine(y);
        for (int x = 0, width = gray.width(); x < width; ++x)
            to[x] =
                static_cast<uchar>(std::clamp(from[x] + strength * (from[x] - mean[x]), 0, 255));
    }
    return sharp;
}

QImage blackAndWhite(const QImage &gray, int radius)
{
    // What hardly differs from what is around it is noise on an even ground: white.
    constexpr int noise = 3;
    QImage result(gray.size(), QImage::Format_Grayscale8);
    if (result.isNull())
        return result;
    Means means(gray, radius);
    for (int y = 0; y < gray.height(); ++y) {
        const std::uint8_t *mean = means.next().data();
        const uchar *from = gray.constScanLine(y);
        uchar *to = result.scanLine(y);
        for (int x = 0, width = gray.width(); x < width; ++x)
            to[x] = from[x] + noise < mean[x] ? 0 : 255;
    }
    return result;
}

QImage blackAndWhite(const QImage &gray)
{
    QImage result(gray.size(), QImage::Format_Grayscale8);
    if (result.isNull())
        return result;
    const int middle = middleOf(gray);
    for (int y = 0; y < gray.height(); ++y) {
        const uchar *from = gray.constScanLine(y);
        uchar *to = result.scanLine(y);
        for (int x = 0, width = gray.width(); x < width; ++x)
            to[x] = from[x] <= middle ? 0 : 255;
    }
    return result;
}

} // namespace hufu
