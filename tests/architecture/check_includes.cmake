# Reads every #include below core, ui and app and fails on one that points the wrong way
# (architecture.md, "Folders": direction). A rule is "files|forbidden include"; both are regular
# expressions, the first on the path from the root, the second on the text after #include.
#
# "allowed" names the one file (or two) that adapts an outside library.

set(rules
    "^(core|ui)/|[<\"]app/"
    "^core/|<Q(Widget|Dialog|Application|MainWindow|Svg)|\"ui/"
    "^core/base/|\"core/(otp|payload|account|vault|scan|login|transfer|policy)/"
    "^core/otp/|\"core/(payload|account|vault|scan|login|transfer|policy)/"
    "^core/payload/|\"core/(account|vault|scan|login|transfer|policy)/"
    "^core/account/|\"core/(vault|scan|login|transfer|policy)/"
    "^core/vault/|\"core/(scan|login|transfer|policy)/"
    "^core/activity/|\"core/(scan|transfer|policy)/|\"core/login/[^p]|\"core/login/pct1"
    "^core/(base|otp|payload|account|vault|scan|session|policy|login)/|\"core/activity/"
    "^core/scan/|\"core/(otp|payload|account|vault|login|transfer|policy)/"
    "^core/session/|\"core/(otp|payload|account|vault|scan|login|transfer|policy)/"
    "^core/policy/|\"core/(otp|account|vault|scan|login|transfer)/"
    "^core/login/|\"core/(scan|transfer|vault)/"
    "^ui/|<Q(Network|Ssl|DBus)|keychain\\.h|<ZXing/|<openssl/|\"core/vault/[^v]|\"core/login/pct1"
    "^app/(hufu|cli)/|<ZXing/|core/scan/(decoder|live_search|qr_look|qr_pass)"
)

# library|files that may include it
set(allowed
    "<openssl/|^core/base/(crypto|key_agreement|secret_bytes)\\.cpp$|^core/login/tls_pins\\.cpp$|^tests/authserver/site/site_user_store\\.cpp$"
    "<argon2\\.h>|^core/base/argon2id\\.cpp$"
    "keychain\\.h>|^core/vault/keychain_store\\.cpp$"
    "<ZXing/|^core/scan/qr_pass\\.cpp$|^tests/authserver/qr_image_test\\.cpp$"
    "<seccomp\\.h>|^core/scan/platform_containment\\.cpp$"
    "<QCamera|^core/scan/platform_camera\\.cpp$"
    "<QMedia|^core/scan/platform_camera\\.cpp$"
    "<QVideo|^core/scan/platform_camera\\.cpp$"
    "<microhttpd\\.h>|^tests/authserver/http_server\\.cpp$"
    "<qrencode\\.h>|^tests/authserver/qr_image\\.cpp$"
    "<QDBus|^core/vault/((secret|kwallet)_service|secret_session|bus_call)\\.(h|cpp)$|^core/(scan|session)/|^app/hufu/platform_colour_scheme\\.(h|cpp)$"
    "<QNetwork|^core/login/|^tests/"
)

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/core/*.h ${ROOT}/core/*.cpp ${ROOT}/ui/*.h ${ROOT}/ui/*.cpp
    ${ROOT}/app/*.h ${ROOT}/app/*.cpp ${ROOT}/tests/authserver/*.h ${ROOT}/tests/authserver/*.cpp)
set(breaches "")
set(count 0)
foreach(file IN LISTS files)
    file(STRINGS ${ROOT}/${file} includes REGEX "^#include")
    foreach(include IN LISTS includes)
        math(EXPR count "${count} + 1")
        foreach(rule IN LISTS rules)
            string(REGEX REPLACE "^([^|]*\\([^)]*\\)[^|]*|[^|(]*)\\|.*$" "\\1" where "${rule}")
            string(LENGTH "${where}" length)
            math(EXPR length "${length} + 1")
            string(SUBSTRING "${rule}" ${length} -1 what)
            if(file MATCHES "${where}" AND include MATCHES "${what}")
                list(APPEND breaches "${file}: ${include}")
            endif()
        endforeach()
        foreach(row IN LISTS allowed)
            string(FIND "${row}" "|" bar)
            string(SUBSTRING "${row}" 0 ${bar} library)
            math(EXPR bar "${bar} + 1")
            string(SUBSTRING "${row}" ${bar} -1 places)
            if(include MATCHES "${library}" AND NOT file MATCHES "${places}")
                list(APPEND breaches "${file}: ${include} (belongs to its adapter)")
            endif()
        endforeach()
    endforeach()
endforeach()
if(count EQUAL 0)
    message(FATAL_ERROR "No include was read below ${ROOT}: the check checks nothing.")
endif()
if(breaches)
    list(JOIN breaches "\n  " text)
    message(FATAL_ERROR "Includes that point the wrong way:\n  ${text}")
endif()
message(STATUS "${count} includes point the right way.")
