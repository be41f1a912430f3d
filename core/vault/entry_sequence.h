#pragma once

#include "core/vault/secret_store.h"

#include <deque>

namespace hufu {

// Several entries of a store that keeps them one by one, in order. Each call ends with the context.

/// An entry's key and its value.
struct EntryText
{
    QString key;
    QByteArray text;
};

/// Writes each, reads it back and compares. Errors: WriteNotConfirmed, and those of the store; what
/// was written by then stays.
void writeEntries(SecretStore &store, std::deque<EntryText> entries, QObject *context,
                  Answer<void> answer);

/// Removes each; the first error ends it. The answer is what is left, and succeeds in any case.
void removeEntries(SecretStore &store, QStringList keys, QObject *context,
                   Answer<QStringList> answer);

/// The values of those that are there. Errors: those of the store but EntryNotFound.
void readEntries(SecretStore &store, QStringList keys, QObject *context,
                 Answer<std::deque<EntryText>> answer);

} // namespace hufu
