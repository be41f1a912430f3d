#pragma once

#include <array>

namespace hufu::test {

// The example of the public project dim13/otpauth and of others after it: secret "Hello!" and
// DE AD BE EF, which is base32 JBSWY3DPEHPK3PXP.
inline constexpr auto publicExample =
    "otpauth-migration://offline?data="
    "CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC";

// Made by tests/support/migration_writer.py, which shares no code with the reader.
inline constexpr auto everyKind =
    "otpauth-migration://offline?data=CjAKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEgtBY29ybjphbGljZRo"
    "FQWNvcm4gASgBMAIKHwoKMTIzNDU2Nzg5MBIDYm9iGgZDb3J2dXMgAigCMAIKLQoUMTIzNDU2Nzg5MDEyMzQ"
    "1Njc4OTASBWNhcm9sGgZIYXJib3IgAygBMAE4KgouChQxMjM0NTY3ODkwMTIzNDU2Nzg5MBIQZGF2ZUBleGF"
    "tcGxlLmNvbSAAKAAwAAopChQxMjM0NTY3ODkwMTIzNDU2Nzg5MBILT3JiaXQ6IGVyaW4gASgBMAIQAhgBIAA"
    "o6%2BWQxf%2F%2F%2F%2F%2F%2FAQ%3D%3D";
inline constexpr auto withRefusedEntries =
    "otpauth-migration://offline?data=CiQKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEgNtZDUaAUEgBCgBMAI"
    "KEgoAEgVlbXB0eRoBQiABKAEwAgonChQxMjM0NTY3ODkwMTIzNDU2Nzg5MBIGZGlnaXRzGgFDIAEoAzACCiU"
    "KFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEgRraW5kGgFEIAEoATAHCjMKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEgd"
    "jb3VudGVyGgFFIAEoATABOP%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2FwEKJQoUMTIzNDU2Nzg5MDEyMzQ1N"
    "jc4OTASBGdvb2QaAUYgASgBMAIQARgBIAAoAA%3D%3D";
inline constexpr auto inChinese =
    "otpauth-migration://offline?data=CkIKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEhbljJfpl6jnp5HmioA"
    "66ZmI5bCP6ZuoGgzljJfpl6jnp5HmioAgASgBMAIQARgBIAAoAA%3D%3D";
inline constexpr auto ofNewerVersion =
    "otpauth-migration://offline?data=Cj4KFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEgVhbGljZRoFQWNvcm4"
    "gASgBMAJCAmlkTTEyMzRRMTIzNDU2NzhYBxADMgVsYXRlcg%3D%3D";
inline constexpr std::array partsOfThree{
    "otpauth-migration://offline?data=CiYKDmtleSBvZiBBY29ybiAxEgdBY29ybjoxGgVBY29ybiABKAE"
    "wAgomCg5rZXkgb2YgQWNvcm4gMhIHQWNvcm46MhoFQWNvcm4gASgBMAIQARgDIAAoTQ%3D%3D",
    "otpauth-migration://offline?data=CiYKDmtleSBvZiBBY29ybiAzEgdBY29ybjozGgVBY29ybiABKAE"
    "wAgomCg5rZXkgb2YgQWNvcm4gNBIHQWNvcm46NBoFQWNvcm4gASgBMAIQARgDIAEoTQ%3D%3D",
    "otpauth-migration://offline?data=CiYKDmtleSBvZiBBY29ybiA1EgdBY29ybjo1GgVBY29ybiABKAE"
    "wAgomCg5rZXkgb2YgQWNvcm4gNhIHQWNvcm46NhoFQWNvcm4gASgBMAIQARgDIAIoTQ%3D%3D"};

} // namespace hufu::test
