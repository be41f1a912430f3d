#pragma once

#include "core/scan/scan_report.h"
#include "ui/error_text.h"

#include <QPolygonF>
#include <QWidget>

#include <memory>

namespace hufu {

/// The live picture of a camera: the newest frame, brackets around the codes on it, and over its
/// foot what there is to say (look.md 4, scan-camera.png). It keeps one frame and no more.
class CameraView : public QWidget
{
    Q_OBJECT

public:
    struct Outline
    {
        QPolygonF corners; ///< four, in the frame's pixels
        bool isUsable = true;
    };

    explicit CameraView(QWidget *parent = nullptr);

    /// Takes the place of the frame before, painted or not. Null empties the view. A frame that
    /// has fewer bytes than its size needs is not shown.
    void setFrame(std::shared_ptr<const SourcePreview> frame);
    [[nodiscard]] const std::shared_ptr<const SourcePreview> &frame() const { return m_frame; }
    /// Shows picture and outlines as a mirror shows them.
    void setMirrored(bool mirrored);
    void setOutlines(QList<Outline> outlines);
    /// One sentence, or a headline with more below it. Screen readers hear it once.
    void say(const Explanation &words);

    /// Where a pixel of the frame is shown.
    [[nodiscard]] QPointF placeOf(QPointF pixel) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

signals:
    /// Screen readers are told of a code that is of no use, once for as long as it is in view.
    void announced();
    /// A frame that was not seen before is on the screen.
    void framePainted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRectF pictureArea() const;
    void paintPicture(QPainter &painter) const;
    void paintOutline(QPainter &painter, const Outline &outline) const;
    void paintWords(QPainter &painter) const;

    std::shared_ptr<const SourcePreview> m_frame;
    QList<Outline> m_outlines;
    Explanation m_words;
    bool m_isMirrored = true;
    bool m_isNew = false; ///< m_frame was not painted yet
};

} // namespace hufu
