"""What any program of the same user can take out of an unlocked Secret Service, without asking anybody."""

import dbus

_PATH = "/org/freedesktop/secrets"
_SERVICE = "org.freedesktop.Secret.Service"


def dump():
    """All unlocked entries of all collections: [(attributes, value as bytes)]."""
    bus = dbus.SessionBus(private=True)
    try:
        service = dbus.Interface(bus.get_object("org.freedesktop.secrets", _PATH), _SERVICE)
        _, session = service.OpenSession("plain", "")
        items, _locked = service.SearchItems(dbus.Dictionary({}, signature="ss"))
        values = service.GetSecrets(items, session) if items else {}
        found = []
        for path, secret in values.items():
            properties = dbus.Interface(bus.get_object("org.freedesktop.secrets", path), dbus.PROPERTIES_IFACE)
            attributes = properties.Get("org.freedesktop.Secret.Item", "Attributes")
            found.append(({str(key): str(value) for key, value in attributes.items()}, bytes(secret[2])))
        return found
    finally:
        bus.close()


def entries_of(profile):
    """The vault of a profile as it lies there: {"head-a": text, ...}."""
    prefix = f"hufu/{profile}/"
    return {attributes["user"].removeprefix(prefix): value.decode("ascii") for attributes, value in dump()
            if attributes.get("server") == "Hufu" and attributes.get("user", "").startswith(prefix)}
