#pragma once

#include <QWidget>

namespace hufu {

/// The split tiger tally: what stands above a title (look.md 5, resources/art).
class Tally : public QWidget
{
    Q_OBJECT

public:
    enum class Kind {
        Empty,       ///< left half solid in accent, right half dashed
        Locked,      ///< right half hollow, in text2
        Joined,      ///< both halves, in accent
        Application, ///< the application's icon, in its own colours
    };

    explicit Tally(Kind kind, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind;
};

} // namespace hufu
