#pragma once

#include <QHash>
#include <QString>

namespace hufu::authserver {

using PageValues = QHash<QString, QString>;

/// Fills a page's template. `{{name}}` becomes the value with HTML's special characters escaped;
/// `{{#name}}…{{/name}}` stays if the value is not empty, `{{^name}}…{{/name}}` if it is. Sections
/// do not nest under the same name. A name without a value is empty.
[[nodiscard]] QString filled(const QString &pattern, const PageValues &values);

/// A whole document: `content.html` of the resources, filled, within the layout.
/// Main thread (resources are read on each call; they are small).
[[nodiscard]] QByteArray page(const QString &content, const PageValues &values);

/// A file of the site's resources, such as "style.css".
[[nodiscard]] QByteArray siteFile(const QString &name);

} // namespace hufu::authserver
