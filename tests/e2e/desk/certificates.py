"""A certificate authority for one run. Its key is gone once the server's certificate is signed."""

import subprocess

_CONFIG = """
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost
authorityKeyIdentifier = keyid
"""


class Certificates:
    """`ca`, `certificate` and `key`: PEM files below `folder`, the certificate for `localhost`."""

    def __init__(self, folder):
        folder.mkdir(mode=0o700, parents=True)
        self.ca = folder / "ca.pem"
        self.certificate = folder / "localhost.pem"
        self.key = folder / "localhost.key"
        self._config = folder / "openssl.cnf"
        self._config.write_text(_CONFIG)
        ca_key = folder / "ca.key"
        self._make("ca", "/CN=Hufu demonstration CA", self.ca, ca_key)
        self._make("server", "/CN=localhost", self.certificate, self.key, ["-CA", self.ca, "-CAkey", ca_key])
        ca_key.unlink()

    def _make(self, extensions, subject, certificate, key, signer=()):
        subprocess.run(
            ["openssl", "req", "-x509", "-config", self._config, "-extensions", extensions, "-subj", subject,
             "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2",
             "-keyout", key, "-out", certificate, *signer],
            check=True, capture_output=True)
