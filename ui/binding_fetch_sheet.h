#pragma once

#include "core/login/binding_fetch.h"
#include "ui/sheet.h"

#include <memory>

class QVBoxLayout;

namespace hufu {

class Button;

/// "Bind an account": a code that holds the address of a key and not the key. Says whom Hufu would
/// ask, asks only then, and says what came of it. Closed by Cancel, or by whoever takes the offer.
class BindingFetchSheet : public Sheet
{
    Q_OBJECT

public:
    /// @param fetch   not started
    /// @param origin  where the code was read, such as "Read from screen 1"
    /// @param host    of the server, in full
    BindingFetchSheet(std::unique_ptr<BindingFetch> fetch, const QString &origin,
                      const QString &host, QWidget *parent = nullptr);
    ~BindingFetchSheet() override;

    [[nodiscard]] BindingFetch &fetch() { return *m_fetch; }

signals:
    /// The server has answered with an offer, which waits in fetch().
    void fetched();
    /// The code is over, and the person wants to scan the next one. The sheet is closed by then.
    void scanRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build(const QString &origin, const QString &host);
    void follow();
    void goOn();
    [[nodiscard]] bool isOver() const;
    void showFailure();

    std::unique_ptr<BindingFetch> m_fetch;
    QVBoxLayout *m_column = nullptr;
    QWidget *m_failure = nullptr;
    Button *m_ask = nullptr;
    Button *m_cancel = nullptr;
};

} // namespace hufu
