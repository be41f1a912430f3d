#include "core/vault/libsecret.h"

#include <QLibrary>
#include <QPointer>

#include <memory>

namespace hufu::libsecret {
namespace {

using namespace Qt::StringLiterals;

// The types of the libraries, known by their pointers only.
struct Service;      // SecretService
struct Item;         // SecretItem
struct Value;        // SecretValue
struct AsyncResult;  // GAsyncResult
struct Cancellable;  // GCancellable
struct LibraryError; // GError

using Ready = void (*)(void *source, AsyncResult *result, void *data);

constexpr int openSession = 1 << 1; // SECRET_SERVICE_OPEN_SESSION
constexpr int noFlags = 0;          // SECRET_ITEM_NONE

/// What is used of libsecret and of GObject below it; all or nothing.
struct Functions
{
    void (*disconnect)() = nullptr;
    void (*getService)(int flags, Cancellable *, Ready, void *data) = nullptr;
    Service *(*getServiceFinish)(AsyncResult *, LibraryError **) = nullptr;
    void (*newItem)(Service *, const char *path, int flags, Cancellable *, Ready,
                    void *data) = nullptr;
    Item *(*newItemFinish)(AsyncResult *, LibraryError **) = nullptr;
    void (*loadSecret)(Item *, Cancellable *, Ready, void *data) = nullptr;
    int (*loadSecretFinish)(Item *, AsyncResult *, LibraryError **) = nullptr;
    Value *(*secretOf)(Item *) = nullptr;
    const char *(*bytesOf)(Value *, std::size_t *length) = nullptr;
    void (*dropValue)(void *) = nullptr;
    void (*dropObject)(void *) = nullptr;

    Functions();
    bool complete = false;
};

Functions::Functions()
{
    QLibrary secret(u"secret-1"_s, 0);
    QLibrary objects(u"gobject-2.0"_s, 0);
    complete = true;
    const auto take = [this](auto &function, QLibrary &library, const char *name) {
        function =
            reinterpret_cast<std::remove_reference_t<decltype(function)>>(library.resolve(name));
        complete = complete && function != nullptr;
    };
    take(disconnect, secret, "secret_service_disconnect");
    take(getService, secret, "secret_service_get");
    take(getServiceFinish, secret, "secret_service_get_finish");
    take(newItem, secret, "secret_item_new_for_dbus_path");
    take(newItemFinish, secret, "secret_item_new_for_dbus_path_finish");
    take(loadSecret, secret, "secret_item_load_secret");
    take(loadSecretFinish, secret, "secret_item_load_secret_finish");
    take(secretOf, secret, "secret_item_get_secret");
    take(bytesOf, secret, "secret_value_get");
    take(dropValue, secret, "secret_value_unref");
    take(dropObject, objects, "g_object_unref");
}

const Functions &functions()
{
    static const Functions all;
    return all;
}

/// One reading; the library hands it from call to call.
struct Reading
{
    QByteArray path;
    QPointer<QObject> context;
    Answer<QByteArray> answer;

    void end(Result<QByteArray> result) const
    {
        if (context)
            answer(std::move(result));
    }
};

tl::unexpected<Error> failed()
{
    return failure(Errc::KeychainFailed, u"libsecret"_s);
}

void takeSecret(void *source, AsyncResult *result, void *data)
{
    const std::unique_ptr<Reading> reading(static_cast<Reading *>(data));
    const Functions &library = functions();
    auto *item = static_cast<Item *>(source);
    Result<QByteArray> text = failed();
    if (library.loadSecretFinish(item, result, nullptr) != 0) {
        if (Value *value = library.secretOf(item); value != nullptr) {
            std::size_t length = 0;
            const char *bytes = library.bytesOf(value, &length);
            text = QByteArray(bytes, static_cast<qsizetype>(length));
            library.dropValue(value);
        }
    }
    library.dropObject(item); // and with it the value, which the library wipes
    reading->end(std::move(text));
}

void takeItem(void *, AsyncResult *result, void *data)
{
    std::unique_ptr<Reading> reading(static_cast<Reading *>(data));
    const Functions &library = functions();
    Item *item = library.newItemFinish(result, nullptr);
    if (item == nullptr)
        return reading->end(failed());
    library.loadSecret(item, nullptr, takeSecret, reading.release());
}

void takeService(void *, AsyncResult *result, void *data)
{
    std::unique_ptr<Reading> reading(static_cast<Reading *>(data));
    const Functions &library = functions();
    Service *service = library.getServiceFinish(result, nullptr);
    if (service == nullptr)
        return reading->end(failed());
    const char *path = reading->path.constData(); // stays where it is
    library.newItem(service, path, noFlags, nullptr, takeItem, reading.release());
    library.dropObject(service); // the call and the library hold it as well
}

} // namespace

void read(const QString &path, QObject *context, Answer<QByteArray> answer)
{
    const Functions &library = functions();
    if (!library.complete)
        return answerLater<QByteArray>(context, std::move(answer), failed());
    auto reading = std::make_unique<Reading>();
    reading->path = path.toLatin1();
    reading->context = context;
    reading->answer = std::move(answer);
    library.getService(openSession, nullptr, takeService, reading.release());
}

void forgetSession()
{
    if (functions().complete)
        functions().disconnect();
}

} // namespace hufu::libsecret
