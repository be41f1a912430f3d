#pragma once

#include "app/cli/session.h"
#include "core/login/provider.h"
#include "core/payload/payload.h"
#include "core/scan/scan_report.h"

namespace hufu {

/// The bytes of the picture file `path`, at most 16 MiB. Errors: FileUnreadable, PictureTooLarge.
[[nodiscard]] Result<QByteArray> readPicture(const QString &path);

/// Searches the picture file `path` with the helper.
/// The answer's errors: those of readPicture and of ScannerClient::scanPicture.
void searchPicture(Session &session, const QString &path, Answer<ScanReport> answer);

/// Searches what the arguments of `scan` and `login` name: a picture, or the screens.
void searchNamed(Session &session, Answer<ScanReport> answer);
/// How codes that searchNamed finds reached us.
[[nodiscard]] LoginChannel channelNamed(const Session &session);

/// What a found code says. Errors: UriTooLong for one whose text was too long to be handed over,
/// and those of readPayload.
[[nodiscard]] Result<Payload> payloadOf(const FoundCode &code, const Policy &policy);

} // namespace hufu
