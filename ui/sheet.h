#pragma once

#include <QDialog>

class QScrollArea;
class QVBoxLayout;

namespace hufu {

/// A window of its own for one question: a column of content that scrolls when the screen is too
/// small for it, and a foot that always stays in view (look.md 4).
class Sheet : public QDialog
{
    Q_OBJECT

public:
    /// @param width  in units of look.md
    Sheet(const QString &title, double width, QWidget *parent);

    /// Opens in front, in the middle of the screen with the pointer.
    void openAtPointer();

protected:
    /// Empties the sheet and gives the column of a new content.
    [[nodiscard]] QVBoxLayout *newContent();
    /// The column under the content that does not scroll; buttons go there.
    [[nodiscard]] QVBoxLayout *foot() const { return m_foot; }
    /// Takes the size that the content needs, as far as the screen has it, and stays on the screen.
    void fit();
    /// Fits, and scrolls to `part` of the content where the screen is too small for all of it.
    void fitAndShow(QWidget &part);
    void showEvent(QShowEvent *event) override;
    bool event(QEvent *event) override;

private:
    double m_width;
    QWidget *m_content = nullptr;
    QWidget *m_footArea = nullptr;
    QScrollArea *m_scroll;
    QVBoxLayout *m_whole;
    QVBoxLayout *m_foot = nullptr;
};

} // namespace hufu
