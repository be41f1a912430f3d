#include "core/scan/camera_list.h"

#include "core/scan/messages.h"

#include <QCryptographicHash>
#include <QStringList>

#include <algorithm>

namespace hufu {
namespace {

bool isRunningNumber(const QByteArray &id)
{
    return std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
}

/// The same for each entry of a camera, at every start: of the system's id where that is one, else
/// of what the camera is like.
QString stableId(const ListedCamera &camera)
{
    const QByteArray key = isRunningNumber(camera.id)
                               ? camera.description.toUtf8() + '\n' + camera.formats
                               : camera.id;
    constexpr qsizetype length = 16; // of 32 bytes: these tell a few devices apart
    return QString::fromLatin1(
        QCryptographicHash::hash(key, QCryptographicHash::Sha256).left(length).toHex());
}

/// 0 for a camera that shows what the eye sees; what is better left to the end has more.
int rank(const ListedCamera &camera)
{
    const QString text = camera.description.toLower();
    for (const char *word : {"virtual", "obs", "v4l2loopback", "loopback", "dummy"}) {
        if (text.contains(QLatin1String(word)))
            return 2;
    }
    const QStringList words = text.split(QChar(u' '), Qt::SkipEmptyParts);
    const bool isInfrared = text.contains(QLatin1String("infrared")) ||
                            std::ranges::any_of(words, [](const QString &word) {
                                return word == QLatin1String("ir") || word == QLatin1String("(ir)");
                            });
    return isInfrared || camera.onlyGray ? 1 : 0;
}

/// One line that fits into a message.
QString cleaned(const QString &description)
{
    constexpr qsizetype longest = static_cast<qsizetype>(longestDeviceText) / 4; // UTF-8 at worst
    QString name;
    for (const QChar c : description)
        name.append(c.isPrint() || c.isSurrogate() ? c : QChar(u' '));
    name = name.simplified().left(longest);
    return name.isEmpty() ? QStringLiteral("Camera") : name;
}

} // namespace

bool CameraList::update(const std::vector<ListedCamera> &listed, Phase phase)
{
    struct Candidate
    {
        QString id;
        const ListedCamera *camera;
    };
    std::vector<Candidate> candidates;
    QHash<QString, int> counts;
    m_indexes.clear();
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const QString id = stableId(listed[i]);
        if (counts[id]++ == 0)
            candidates.push_back({id, &listed[i]});
        m_indexes[id] = i;
    }
    if (phase == Phase::First)
        m_first = counts;
    std::erase_if(candidates, [this, &counts, phase](const Candidate &candidate) {
        const int count = counts[candidate.id];
        const int first = m_first.value(candidate.id);
        if (phase == Phase::Settling && count > first)
            m_doubles[candidate.id] = std::min(first, count - first);
        return count <= m_doubles.value(candidate.id);
    });
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate &one, const Candidate &other) {
                         return rank(*one.camera) < rank(*other.camera);
                     });
    if (candidates.size() > mostCameras)
        candidates.resize(mostCameras);

    std::vector<CameraDevice> devices;
    for (const Candidate &candidate : candidates)
        devices.push_back({candidate.id, nameOf(candidate.id, *candidate.camera)});
    return std::exchange(m_devices, std::move(devices)) != m_devices;
}

std::optional<std::size_t> CameraList::indexOf(const QString &id) const
{
    if (std::ranges::find(m_devices, id, &CameraDevice::id) == m_devices.end())
        return std::nullopt;
    return m_indexes.value(id);
}

QString CameraList::nameOf(const QString &id, const ListedCamera &camera)
{
    if (const QString known = m_names.value(id); !known.isEmpty())
        return known;
    const QString name = cleaned(camera.description);
    QString unique = name;
    const QList<QString> taken = m_names.values();
    for (int number = 2; taken.contains(unique); ++number)
        unique = QStringLiteral("%1 (%2)").arg(name, QString::number(number));
    m_names[id] = unique;
    return unique;
}

} // namespace hufu
