# What every target of ours is compiled with.
add_library(hufu_options INTERFACE)
target_compile_features(hufu_options INTERFACE cxx_std_20)
target_include_directories(hufu_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(hufu_options INTERFACE
    HUFU_VERSION="${PROJECT_VERSION}" QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH
    QT_NO_URL_CAST_FROM_STRING)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    # Designated initializers leave out what keeps its default: that is what they are for.
    target_compile_options(hufu_options INTERFACE
        -Wall -Wextra -Wno-missing-field-initializers -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
        -fstack-protector-strong)
    target_compile_options(hufu_options INTERFACE "$<$<CONFIG:Release>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
    if(NOT APPLE)
        target_link_options(hufu_options INTERFACE -Wl,-z,relro,-z,now)
    endif()
    if(HUFU_SANITIZE)
        add_compile_options(-fsanitize=${HUFU_SANITIZE} -fno-omit-frame-pointer)
        add_link_options(-fsanitize=${HUFU_SANITIZE})
        target_compile_definitions(hufu_options INTERFACE HUFU_SANITIZED)
        if(HUFU_SANITIZE MATCHES undefined)
            add_compile_options(-fno-sanitize-recover=undefined)
        endif()
    endif()
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
