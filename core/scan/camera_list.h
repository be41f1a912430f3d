#pragma once

#include "core/scan/camera_device.h"

#include <QHash>

#include <optional>

namespace hufu {

/// A camera as the system lists it.
struct ListedCamera
{
    QByteArray id;       ///< the system's; with GStreamer a running number, never the same again
    QString description; ///< as the system names it
    QByteArray formats;  ///< what it delivers, as a text to compare
    bool onlyGray = false;
};

/// The cameras as a person should see them: each once, with an id and a name that stay, infrared
/// and virtual ones last. One thread.
///
/// Qt 6.4 with GStreamer lists each camera that is there at the start twice, a moment after its
/// first answer; when the camera goes, one of the two stays in the list and must not be opened.
class CameraList
{
public:
    enum class Phase {
        First,    ///< the first answer
        Settling, ///< shortly after it, when the doubles come
        Settled,
    };

    /// Takes over what the system lists now. @return whether devices() changed
    bool update(const std::vector<ListedCamera> &listed, Phase phase);

    [[nodiscard]] const std::vector<CameraDevice> &devices() const { return m_devices; }

    /// Where the system's list has the camera of this id: its youngest entry, which is never one
    /// that outlived its camera. Nothing if the camera is not there.
    [[nodiscard]] std::optional<std::size_t> indexOf(const QString &id) const;

private:
    QString nameOf(const QString &id, const ListedCamera &camera);

    std::vector<CameraDevice> m_devices;
    QHash<QString, std::size_t> m_indexes; // of the youngest entry, by id
    QHash<QString, int> m_first;           // how often the first answer had each
    QHash<QString, int> m_doubles;         // entries that stay without their camera
    QHash<QString, QString> m_names;       // once given, for good
};

} // namespace hufu
