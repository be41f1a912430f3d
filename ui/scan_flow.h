#pragma once

#include "core/base/answer.h"
#include "core/login/provider.h"
#include "core/scan/scan_report.h"
#include "ui/error_text.h"

#include <QRect>
#include <QTimer>

namespace hufu {

/// What one code says, and where it was read.
struct Reading
{
    Payload payload;
    /// If it is a code of an export: the others of it that the same scan found.
    std::vector<MigrationPart> further{};
    QString origin; ///< such as "Read from screen 1"
    LoginChannel channel = LoginChannel::Screen;
    int source = 0; ///< index into the report's sources
    std::array<QPoint, 4> outline{};
    std::optional<PushedLogin> pushed{}; ///< if it was not read: a server asks by itself
};

using ReadingPtr = std::shared_ptr<Reading>;

/// What the codes of one search are for us.
struct SortedCodes
{
    std::vector<ReadingPtr> readings;           ///< the usable ones, each once
    std::optional<Explanation> reason;          ///< why the first of the others is of no use
    std::vector<std::array<QPoint, 4>> useless; ///< outlines of those others
};

/// From "scan" to a code that can be used: searches, hides our own windows for a moment if nothing
/// else was found, reads what the codes say, and sorts out what is not ours. One scan at a time; a
/// new one takes the place of the old. GUI thread.
class ScanFlow : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,
        Searching,
        Uncovering, ///< our windows are hidden; the screen gets time to show what is below them
        SearchingUncovered,
    };
    Q_ENUM(State)

    /// How long our windows are away before the screens are searched again.
    static constexpr std::chrono::milliseconds uncoverTime{250};

    /// What the flow needs of the scanner and of our windows.
    struct Seams
    {
        std::function<void(const QList<QRect> &ownWindows, QObject *context,
                           Answer<ScanReport> answer)>
            searchScreens;
        std::function<void(const QByteArray &encoded, QObject *context, Answer<ScanReport> answer)>
            searchPicture;
        /// Native pixels of the whole desktop; none if no window of ours covers anything.
        std::function<QList<QRect>()> ownWindows;
        std::function<void(bool hidden)> hideOwnWindows;
    };

    ScanFlow(Seams seams, Loopback loopback, QObject *parent = nullptr);
    ~ScanFlow() override;

    [[nodiscard]] State state() const { return m_state; }
    /// Reads what the codes say; the report keeps its texts.
    [[nodiscard]] SortedCodes sort(const ScanReport &report, LoginChannel channel) const;

    void scanScreens();
    void scanPicture(const QByteArray &encoded);
    /// Ends a search under way; nothing comes of it, and our windows are where they were.
    void cancel() { end(); }
    /// A typed, pasted or handed-over text. Returns whether it is anything but plain text.
    bool readText(std::string_view text);

signals:
    void stateChanged();
    /// A key URI, a login code or codes of one export: the only one or the one that was meant.
    void usable(const hufu::ReadingPtr &reading);
    void severalUsable(const std::vector<hufu::ReadingPtr> &readings,
                       const std::shared_ptr<const hufu::ScanReport> &report);
    /// There was a code, but none for us.
    void useless(const hufu::Explanation &words);
    void nothingOnScreens(const std::shared_ptr<const hufu::ScanReport> &report);
    void failed(const hufu::Error &error);

private:
    void setState(State state);
    [[nodiscard]] QObject *newContext();
    void search(State state);
    void takeScreens(Result<ScanReport> result);
    void sortOut(ScanReport report, LoginChannel channel);
    [[nodiscard]] QString originOf(const FoundCode &code, LoginChannel channel) const;
    void end();

    Seams m_seams;
    Loopback m_loopback;
    State m_state = State::Idle;
    std::unique_ptr<QObject> m_context; ///< of the scan under way; a late answer dies with it
    QTimer m_uncover;
};

} // namespace hufu
