#include "core/vault/entry_sequence.h"

namespace hufu {
namespace {

void readNext(SecretStore &store, QStringList keys, std::deque<EntryText> found, QObject *context,
              const Answer<std::deque<EntryText>> &answer)
{
    if (keys.isEmpty())
        return answerLater<std::deque<EntryText>>(context, answer, std::move(found));
    const QString key = keys.takeFirst();
    store.read(key, context,
               [&store, key, keys, found = std::move(found), context,
                answer](const Result<QByteArray> &text) mutable {
                   if (text)
                       found.push_back({key, *text});
                   else if (text.error().code != Errc::EntryNotFound)
                       return answer(tl::unexpected(text.error()));
                   readNext(store, keys, std::move(found), context, answer);
               });
}

} // namespace

void writeEntries(SecretStore &store, std::deque<EntryText> entries, QObject *context,
                  Answer<void> answer)
{
    if (entries.empty())
        return answerLater<void>(context, std::move(answer), {});
    EntryText first = std::move(entries.front());
    entries.pop_front();
    // A copy of its own, since stores wipe what they were given.
    const QByteArray given(first.text.constData(), first.text.size());
    const auto goOn = [&store, context, answer, rest = std::move(entries),
                       first](Result<QByteArray> read) mutable {
        const bool same = read && *read == first.text;
        if (read)
            read->fill('\0'); // an open slot holds the vault key
        first.text.fill('\0');
        if (!read && read.error().code != Errc::EntryNotFound)
            return answer(tl::unexpected(read.error()));
        if (!same)
            return answer(failure(Errc::WriteNotConfirmed, QStringLiteral("entry")));
        writeEntries(store, std::move(rest), context, answer);
    };
    store.write(first.key, given, context,
                [&store, context, answer, key = first.key, goOn](const Result<void> &written) {
                    if (!written)
                        return answer(written);
                    store.read(key, context, goOn);
                });
}

void removeEntries(SecretStore &store, QStringList keys, QObject *context,
                   Answer<QStringList> answer)
{
    if (keys.isEmpty())
        return answerLater<QStringList>(context, std::move(answer), QStringList());
    store.remove(keys.first(), context,
                 [&store, keys, context, answer](const Result<void> &removed) {
                     if (!removed)
                         return answer(keys);
                     removeEntries(store, keys.sliced(1), context, answer);
                 });
}

void readEntries(SecretStore &store, QStringList keys, QObject *context,
                 Answer<std::deque<EntryText>> answer)
{
    readNext(store, std::move(keys), {}, context, answer);
}

} // namespace hufu
