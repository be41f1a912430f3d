#pragma once

#include "core/otp/one_time_code.h"
#include "ui/card.h"

namespace hufu {

class LargeCode;
class RingView;
class Text;

/// The one loud thing of a sheet: a code in large digits, with a ring for the seconds it has left
/// (look.md 4, bind.png).
class CodeBox : public Card
{
    Q_OBJECT

public:
    explicit CodeBox(QWidget *parent = nullptr);

    /// @param now   within the code's time
    /// @param next  the code after it, offered beside it while it is not empty
    void setCode(const OneTimeCode &code, std::chrono::sys_seconds now, const QString &next = {});

private:
    Text *m_label;
    LargeCode *m_code;
    RingView *m_ring;
};

} // namespace hufu
