#pragma once

#include "core/scan/camera_source.h"

#include <QStringList>

#include <optional>

namespace hufu::test {

/// Writes down what a camera source says.
class CameraWatcher
{
public:
    explicit CameraWatcher(CameraSource &source)
    {
        QObject::connect(&source, &CameraSource::devicesChanged, &source,
                         [this](const std::vector<CameraDevice> &list) { lists.push_back(list); });
        QObject::connect(&source, &CameraSource::stateChanged, &source,
                         [this](CameraState state) { states.push_back(state); });
        QObject::connect(&source, &CameraSource::frame, &source,
                         [this](const std::shared_ptr<const SourcePreview> &preview) {
                             frames.push_back(preview);
                         });
        QObject::connect(
            &source, &CameraSource::found, &source,
            [this](const std::shared_ptr<const ScanReport> &report) { reports.push_back(report); });
        QObject::connect(&source, &CameraSource::failed, &source, [this](const Error &error) {
            ++failures;
            failure = error.code;
        });
    }

    /// The names of the last list; "not listed" before the first.
    [[nodiscard]] QStringList names() const
    {
        if (lists.empty())
            return {QStringLiteral("not listed")};
        QStringList names;
        for (const CameraDevice &device : lists.back())
            names.append(device.name);
        return names;
    }

    /// Of the camera of this name in the last list; empty if it is not there.
    [[nodiscard]] QString idOf(const QString &name) const
    {
        if (!lists.empty()) {
            for (const CameraDevice &device : lists.back()) {
                if (device.name == name)
                    return device.id;
            }
        }
        return {};
    }

    [[nodiscard]] bool isAt(CameraState state) const
    {
        return !states.empty() && states.back() == state;
    }

    std::vector<std::vector<CameraDevice>> lists;
    std::vector<CameraState> states;
    std::vector<std::shared_ptr<const SourcePreview>> frames;
    std::vector<std::shared_ptr<const ScanReport>> reports;
    std::optional<Errc> failure;
    int failures = 0;
};

} // namespace hufu::test
