#pragma once

#include <QLineEdit>

namespace hufu {

/// A field for a name, as Hufu draws fields. Not for secrets: those go into a SecretField.
class NameField : public QLineEdit
{
    Q_OBJECT

public:
    explicit NameField(const QString &name, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void takeMeasures();
};

} // namespace hufu
