"""A certificate of this room's own, for encrypted addresses without any authority: browsers warn once, then go on."""

from __future__ import annotations

import ipaddress
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from atelier_ia.rooms.keeping import room_folder

DAYS = 365


def own_certificate(address: str) -> tuple[Path, Path]:
    """Certificate and key (PEM) of this machine under that address; kept while they are valid for it."""
    from cryptography import x509

    folder = room_folder()
    certificate, key = folder / "certificat.pem", folder / "certificat.cle"
    names = {address, "127.0.0.1", "localhost", socket.gethostname()}
    if certificate.is_file() and key.is_file():
        known = x509.load_pem_x509_certificate(certificate.read_bytes())
        found = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        same = {str(name.value) for name in found} == names
        if same and known.not_valid_after_utc > datetime.now(UTC) + timedelta(days=7):
            return certificate, key
    _make(certificate, key, names)
    return certificate, key


def _make(certificate: Path, key: Path, names: set[str]) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Atelier IA, salle de formation")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName([_name(name) for name in sorted(names)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(
            private.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _name(name: str) -> object:
    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
