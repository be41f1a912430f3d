#include "core/vault/parts_store.h"

#include <optional>
#include <string_view>

namespace hufu {
namespace {

using Inner = std::shared_ptr<SecretStore>;

constexpr std::string_view partPrefix = "hufu.part.1:";
constexpr int mostParts = 64;

QString partKey(const QString &key, int part)
{
    return part == 1 ? key : key + u'.' + QString::number(part);
}

/// A number from 2 to 64 in its only form.
std::optional<int> partNumber(QStringView digits)
{
    const int number = digits.toInt();
    if (number < 2 || number > mostParts || QString::number(number) != digits)
        return std::nullopt;
    return number;
}

/// The key of the entry that the item `key` belongs to. No entry's own name ends like a part's
/// (storage.md 1).
QString entryOf(const QString &key)
{
    const qsizetype dot = key.lastIndexOf(u'.');
    return dot > 0 && partNumber(QStringView(key).mid(dot + 1)) ? key.left(dot) : key;
}

QStringList entriesOf(const QStringList &keys)
{
    QStringList entries;
    for (const QString &key : keys)
        entries.append(entryOf(key));
    entries.removeDuplicates();
    return entries;
}

/// What `hufu.part.1:<n>:` in front of the first slice says.
struct FirstPart
{
    int parts;
    qsizetype sliceAt;
};

std::optional<FirstPart> readFirstPart(const QByteArray &text)
{
    const std::string_view view(text.constData(), static_cast<std::size_t>(text.size()));
    if (!view.starts_with(partPrefix))
        return std::nullopt;
    const std::size_t colon = view.find(':', partPrefix.size());
    if (colon == std::string_view::npos || colon - partPrefix.size() > 2)
        return std::nullopt;
    const std::string_view digits = view.substr(partPrefix.size(), colon - partPrefix.size());
    const std::optional<int> parts =
        partNumber(QString::fromLatin1(digits.data(), static_cast<qsizetype>(digits.size())));
    if (!parts)
        return std::nullopt;
    return FirstPart{*parts, static_cast<qsizetype>(colon) + 1};
}

/// The items of a value, the one under the entry's own name first.
/// Errors: VaultFull where there would be too many.
Result<QByteArrayList> cut(const QByteArray &value, std::size_t limit)
{
    const auto most = static_cast<qsizetype>(limit);
    if (value.size() <= most)
        return QByteArrayList{value};
    const auto headerSize = [](qsizetype parts) {
        return qsizetype(partPrefix.size()) + QByteArray::number(parts).size() + 1;
    };
    // The header's length hangs on the number, which hangs on the header's length.
    qsizetype parts = 2;
    while (parts <= mostParts && value.size() + headerSize(parts) > parts * most)
        ++parts;
    if (parts > mostParts)
        return failure(Errc::VaultFull, QStringLiteral("too long for this keychain"));
    QByteArray first(partPrefix.data(), qsizetype(partPrefix.size()));
    first += QByteArray::number(parts) + ':';
    qsizetype at = most - first.size();
    first += value.first(at);
    QByteArrayList items{first};
    for (; at < value.size(); at += most)
        items.append(value.mid(at, most));
    return items;
}

/// Puts the parts from `part` on behind `whole`; `first` is what stands under the entry's own name.
void readOn(const Inner &inner, const QString &key, const QByteArray &first, QByteArray whole,
            int part, int parts, QObject *context, const Answer<QByteArray> &answer)
{
    if (part > parts)
        return answer(std::move(whole));
    inner->read(partKey(key, part), context, [=](const Result<QByteArray> &slice) {
        if (!slice && slice.error().code == Errc::EntryNotFound)
            return answer(first); // not put together: for the seals it is damaged
        if (!slice)
            return answer(tl::unexpected(slice.error()));
        readOn(inner, key, first, whole + *slice, part + 1, parts, context, answer);
    });
}

/// Removes the parts from `last` down to `first`.
void removeDown(const Inner &inner, const QString &key, int first, int last, QObject *context,
                const Answer<void> &answer)
{
    if (last < first)
        return answer({});
    inner->remove(partKey(key, last), context, [=](const Result<void> &removed) {
        if (!removed)
            return answer(removed);
        removeDown(inner, key, first, last - 1, context, answer);
    });
}

/// Removes the parts from `first` on, however many there are.
void removeFrom(const Inner &inner, const QString &key, int first, int part, QObject *context,
                const Answer<void> &answer)
{
    if (part > mostParts)
        return removeDown(inner, key, first, mostParts, context, answer);
    inner->read(partKey(key, part), context, [=](const Result<QByteArray> &found) {
        if (!found && found.error().code != Errc::EntryNotFound)
            return answer(tl::unexpected(found.error()));
        if (!found)
            return removeDown(inner, key, first, part - 1, context, answer);
        removeFrom(inner, key, first, part + 1, context, answer);
    });
}

/// Compares what lies there with what was written, then removes the parts of a longer value that
/// stood there before. A difference is the caller's to find: it reads back too.
void checkFrom(const Inner &inner, const QString &key, const QByteArrayList &items, int part,
               QObject *context, const Answer<void> &answer)
{
    if (part > items.size())
        return removeFrom(inner, key, part, part, context, answer);
    inner->read(partKey(key, part), context, [=](const Result<QByteArray> &found) {
        if (!found && found.error().code != Errc::EntryNotFound)
            return answer(tl::unexpected(found.error()));
        if (!found || *found != items.at(part - 1))
            return answer(failure(Errc::WriteNotConfirmed, QStringLiteral("part")));
        checkFrom(inner, key, items, part + 1, context, answer);
    });
}

/// Writes parts 2, 3 … and, when these lie there, the entry's own name.
void writeFrom(const Inner &inner, const QString &key, const QByteArrayList &items, int part,
               QObject *context, const Answer<void> &answer)
{
    const bool isLast = part > items.size();
    const int next = isLast ? 1 : part;
    inner->write(partKey(key, next), items.at(next - 1), context, [=](const Result<void> &done) {
        if (!done)
            return answer(done);
        if (isLast)
            return checkFrom(inner, key, items, 1, context, answer);
        writeFrom(inner, key, items, part + 1, context, answer);
    });
}

} // namespace

PartsStore::PartsStore(std::shared_ptr<SecretStore> inner, EntrySizes sizes)
    : m_inner(std::move(inner))
    , m_sizes(sizes)
{
    connect(m_inner.get(), &SecretStore::settled, this, &SecretStore::settled);
}

void PartsStore::read(const QString &key, QObject *context, Answer<QByteArray> answer)
{
    const Answer<QByteArray> next = [inner = m_inner, key, context,
                                     answer](const Result<QByteArray> &text) {
        const std::optional<FirstPart> first = text ? readFirstPart(*text) : std::nullopt;
        if (!first)
            return answer(text);
        readOn(inner, key, *text, text->mid(first->sliceAt), 2, first->parts, context, answer);
    };
    m_inner->read(key, context, next);
}

void PartsStore::write(const QString &key, const QByteArray &value, QObject *context,
                       Answer<void> answer)
{
    const Result<QByteArrayList> items = cut(value, m_sizes.entry);
    if (!items)
        return answerLater<void>(context, std::move(answer), tl::unexpected(items.error()));
    writeFrom(m_inner, key, *items, 2, context, answer);
}

void PartsStore::remove(const QString &key, QObject *context, Answer<void> answer)
{
    removeFrom(m_inner, key, 1, 2, context, answer);
}

void PartsStore::list(const QString &prefix, QObject *context, Answer<QStringList> answer)
{
    m_inner->list(prefix, context, [answer](const Result<QStringList> &keys) {
        answer(keys ? Result<QStringList>(entriesOf(*keys)) : tl::unexpected(keys.error()));
    });
}

void PartsStore::survey(const QString &prefix, QObject *context, Answer<StoreSurvey> answer)
{
    m_inner->survey(prefix, context, [answer](Result<StoreSurvey> survey) {
        if (survey)
            survey->keys = entriesOf(survey->keys);
        answer(std::move(survey));
    });
}

void PartsStore::unlock(QObject *context, Answer<void> answer)
{
    m_inner->unlock(context, std::move(answer));
}

} // namespace hufu
