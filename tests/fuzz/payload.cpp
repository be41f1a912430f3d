// What a scanned or pasted text is. The first byte chooses where it comes from. A key URI that was
// read is written again, and what is written must not read as another secret or another server.

#include "core/payload/payload.h"
#include "core/payload/api_base.h"

#include <cstdlib>

using namespace hufu;

namespace {

void expect(bool good)
{
    if (!good)
        std::abort();
}

void writeAgain(const KeyUri &uri, Loopback loopback)
{
    const Result<SecretBytes> written = writeKeyUri(uri);
    expect(written.has_value());
    const Result<KeyUri> again = parseKeyUri(written->text(), loopback);
    // A label with colons in odd places need not come back as it was, nor be readable. What must
    // not happen is another secret or another server.
    if (!again)
        return;
    expect(equalInConstantTime(again->secret.view(), uri.secret.view()));
    expect(!again->binding || again->binding == uri.binding);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto origin = (data[0] & 1) != 0 ? PayloadOrigin::Picture : PayloadOrigin::Text;
    const auto loopback = (data[0] & 2) != 0 ? Loopback::Allowed : Loopback::Refused;
    const std::string_view text(reinterpret_cast<const char *>(data) + 1, size - 1);
    const Result<Payload> payload = readPayload(text, origin, loopback);
    const Result<KeyUri> uri = parseKeyUri(text, loopback);
    if (payload && std::holds_alternative<LoginCode>(*payload))
        expect(origin == PayloadOrigin::Picture &&
               std::get<LoginCode>(*payload).token.size() == 32);
    if (payload && std::holds_alternative<BindingAddress>(*payload)) {
        const auto &address = std::get<BindingAddress>(*payload);
        expect(origin == PayloadOrigin::Picture && address.token.size() == 32 &&
               isApiBase(address.base, loopback));
    }
    if (uri)
        writeAgain(*uri, loopback);
    return 0;
}
