#include "app/cli/compute.h"

#include "app/cli/secret_lines.h"
#include "core/otp/one_time_code.h"
#include "core/payload/key_uri.h"

#include <charconv>

namespace hufu {
namespace {

Result<OneTimeCode> codeOf(std::string_view line)
{
    const std::size_t tab = line.rfind('\t');
    if (tab == line.npos)
        return failure(Errc::MalformedUri);
    const std::string_view time = line.substr(tab + 1);
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(time.data(), time.data() + time.size(), seconds);
    if (problem != std::errc() || end != time.data() + time.size())
        return failure(Errc::MalformedUri);

    const Result<KeyUri> uri = parseKeyUri(line.substr(0, tab), Loopback::Refused);
    if (!uri)
        return tl::unexpected(uri.error());
    if (uri->parameters.type == OtpType::Hotp)
        return codeForCounter(uri->secret, uri->parameters);
    return codeAt(uri->secret, uri->parameters,
                  std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

} // namespace

int compute(std::FILE *lines, std::FILE *codes, std::FILE *problems)
{
    SecretLines reader(lines);
    int status = 0;
    for (int number = 1;; ++number) {
        const Result<std::optional<std::string_view>> line = reader.next();
        if (line && !*line)
            return status;
        const Result<OneTimeCode> code =
            line ? codeOf(**line) : Result<OneTimeCode>(tl::unexpected(line.error()));
        if (code) {
            std::fprintf(codes, "%s\n", qPrintable(code->text));
            continue;
        }
        status = 1;
        std::fputs("-\n", codes);
        std::fprintf(problems, "%d %s\n", number, qPrintable(errcName(code.error().code)));
        if (!line)
            return status;
    }
}

} // namespace hufu
