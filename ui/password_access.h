#pragma once

namespace hufu {

/// From now on screen readers are told that a SecretField takes a password, and nothing of its
/// content. May be called again.
void announceAsPasswordField();

} // namespace hufu
