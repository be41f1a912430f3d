#pragma once

#include "core/login/provider.h"
#include "ui/error_text.h"

#include <QWidget>

#include <functional>

namespace hufu {

/// What happened, what was kept, what to do; and a fold "Details" with what a server's people can
/// search for: host, answer, time, request (look.md 5).
class ErrorCard : public QWidget
{
    Q_OBJECT

public:
    ErrorCard(const Explanation &words, const std::optional<LoginTrace> &trace,
              QWidget *parent = nullptr);

signals:
    /// The fold opened or closed; the card has another height now.
    void resized();

private:
    [[nodiscard]] static QWidget *makeDetails(const LoginTrace &trace);
};

} // namespace hufu
