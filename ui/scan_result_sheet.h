#pragma once

#include "core/account/account_set.h"
#include "ui/scan_flow.h"
#include "ui/sheet.h"

namespace hufu {

class FindingRow;

/// "Two codes found": pick the one to use (look.md 4, scan-result.png). Keys 1 to 9 pick at once.
class ScanResultSheet : public Sheet
{
    Q_OBJECT

public:
    /// @param accounts  tell what a login code is for
    ScanResultSheet(const std::vector<ReadingPtr> &readings,
                    const std::shared_ptr<const ScanReport> &report, const AccountSet &accounts,
                    QWidget *parent = nullptr);

signals:
    void chosen(const hufu::ReadingPtr &reading);
    void searchAgainRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setCurrent(int index);
    void choose(int index);

    std::vector<ReadingPtr> m_readings;
    std::vector<FindingRow *> m_rows;
    int m_current = 0;
};

} // namespace hufu
