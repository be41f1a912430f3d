#include "core/scan/scan_by_hand.h"
#include "core/scan/serve.h"

#include <QString>

#include <cstdio>
#include <string_view>

namespace {

constexpr const char *usage = "hufu-scanner reads QR codes for Hufu.\n"
                              "\n"
                              "  hufu-scanner image FILE   search a picture, print JSON\n"
                              "  hufu-scanner screens      search every screen, print JSON\n"
                              "  hufu-scanner cameras      look through each camera, print JSON\n"
                              "  hufu-scanner --serve      talk to Hufu over the standard streams\n"
                              "  hufu-scanner --version\n";

} // namespace

int main(int argc, char **argv)
{
    const std::string_view command = argc > 1 ? argv[1] : "";
    if (command == "--serve" && argc == 2)
        return hufu::serve();
    if (command == "image" && argc == 3)
        return hufu::scanImageByHand(QString::fromLocal8Bit(argv[2]));
    if (command == "screens" && argc == 2)
        return hufu::scanScreensByHand();
    if (command == "cameras" && argc == 2)
        hufu::scanCamerasByHand();
    if (command == "--version" && argc == 2)
        return std::puts("hufu-scanner " HUFU_VERSION) < 0 ? 1 : 0;
    const bool isAsked = command == "--help" && argc == 2;
    std::fputs(usage, isAsked ? stdout : stderr);
    return isAsked ? 0 : 2;
}
