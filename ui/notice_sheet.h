#pragma once

#include "core/login/provider.h"
#include "core/scan/scan_report.h"
#include "ui/error_text.h"
#include "ui/sheet.h"

#include <functional>

class QHBoxLayout;

namespace hufu {

class Button;

/// Says one thing and offers what to do next: an error, a code that is not ours, nothing found.
class NoticeSheet : public Sheet
{
    Q_OBJECT

public:
    /// What stands above the words.
    struct Picture
    {
        enum class Kind { None, Icon, Screens, Hufu };

        Kind kind = Kind::None;
        QString icon;                          ///< of Kind::Icon
        std::vector<SearchedSource> screens{}; ///< of Kind::Screens, in their real order
    };

    NoticeSheet(const QString &title, const Picture &picture, const Explanation &words,
                QWidget *parent = nullptr);
    /// A failure in a card of its own, with Details where there are some.
    NoticeSheet(const QString &title, const Explanation &failure,
                const std::optional<LoginTrace> &trace, QWidget *parent = nullptr);

    /// The first is the primary one and takes Enter. The sheet closes before `action` runs.
    void addAction(const QString &words, std::function<void()> action = {});

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QHBoxLayout *m_buttons = nullptr;
    Button *m_primary = nullptr;
};

} // namespace hufu
