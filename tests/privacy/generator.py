"""Make annotated texts from templates and lists, always the same ones for one seed.

`python tests/privacy/generator.py` rewrites `corpus/dev_generated.txt` and `corpus/test_generated.txt`. The two halves
share no template, no list and no number format, so that the test half says something of texts never seen.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path

CORPUS = Path(__file__).with_name("corpus")
STYLES = ("plain", "plain", "plain", "word", "lower", "lower", "upper", "ocr", "mac")
Piece = tuple[str, str]  # text, label ("" for ordinary text)


class Half:
    """The values of one half of the corpus."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.random = random.Random(seed)
        self.values = tomllib.loads((CORPUS / f"{name}_values.toml").read_text(encoding="utf-8"))
        templates = (CORPUS / f"{name}_templates.txt").read_text(encoding="utf-8").splitlines()
        self.templates = [line.replace("\\n", "\n") for line in templates if line.strip()]

    def pick(self, key: str) -> str:
        return self.random.choice(self.values[key])

    def digits(self, count: int) -> str:
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def first(self) -> str:
        return self.pick("prenoms_rares" if self.random.random() < 0.3 else "prenoms")

    def last(self) -> str:
        return self.pick("noms_rares" if self.random.random() < 0.35 else "noms")

    def phone(self) -> str:
        start = self.random.choice(("06 39 98", "07 65 12", "02 61 91", "03 53 01", "05 36 49"))
        pairs = [*start.split(), self.digits(2), self.digits(2)]
        dev = (" ".join, ".".join, "".join, lambda p: "+33 " + p[0][1:] + " " + " ".join(p[1:]))
        test = ("-".join, " ".join, "".join, "/".join, lambda p: f"{p[0]} {p[1]}{p[2]} {p[3]}{p[4]}", ". ".join)
        shape: Callable[[list[str]], str] = self.random.choice(dev if self.name == "dev" else test)
        return shape(pairs)

    def email(self) -> str:
        def plain(word: str) -> str:
            low = unicodedata.normalize("NFD", word.lower().replace("ı", "i"))
            return re.sub(r"[^a-z]", "", low)

        first, last = plain(self.first()), plain(self.last())
        dev = (f"{first}.{last}", f"{first[0]}{last}", f"{last}{self.digits(2)}")
        test = (f"{first}_{last}", f"{last}.{first}{self.digits(2)}", f"{first}-{last}", f"les{last}s")
        return f"{self.random.choice(dev if self.name == 'dev' else test)}@{self.pick('domaines')}"

    def social(self) -> str:
        body = [self.random.choice("12"), f"{self.random.randint(30, 99)}", f"{self.random.randint(1, 12):02}"]
        body += [f"{self.random.randint(1, 95):02}", self.digits(3), self.digits(3), self.digits(2)]
        return self.random.choice(
            (" ".join(body), "".join(body)) if self.name == "dev" else (".".join(body), " ".join(body))
        )

    def account(self) -> str:
        number = self.digits(10) + self.digits(11) + self.digits(2)
        key = 98 - int(number + "152700") % 97
        compact = f"FR{key:02}{number}"
        spaced = " ".join(compact[i : i + 4] for i in range(0, 27, 4))
        return self.random.choice((compact, spaced) if self.name == "dev" else (spaced, spaced.replace(" ", "-")))

    def birth(self) -> str:
        day, month, year = self.random.randint(1, 28), self.random.randint(1, 12), self.random.randint(1935, 2021)
        months = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ]
        named = f"{day if day > 1 else '1er'} {months[month - 1]} {year}"
        if self.name == "dev":
            return self.random.choice((f"{day:02}/{month:02}/{year}", named))
        return self.random.choice(
            (f"{day}/{month}/{year % 100:02}", f"{day:02}-{month:02}-{year}", f"{day:02}.{month:02}.{year}", named)
        )

    def address(self) -> str:
        number = f"{self.random.randint(1, 180)}" + self.random.choice(("", "", "", " bis", " ter", "B"))
        street = f"{number}{self.random.choice((' ', ' ', ', '))}{self.pick('rues')}"
        town = f"{self.random.randint(1, 95):02}{self.random.choice(('000', '100', '240'))} {self.pick('villes')}"
        dev = (street, f"{street}, {town}", f"{street} {town}")
        test = (
            street,
            f"{street}, {town}",
            f"{street} - {town}",
            f"{street}\n{town}",
            f"Appt {self.random.randint(1, 60)}, {street}, {town}",
        )
        return self.random.choice(dev if self.name == "dev" else test)

    def plate(self) -> str:
        letters = "ABCDEFGHJKLMNPQRSTVWXYZ"
        two = lambda: self.random.choice(letters) + self.random.choice(letters)  # noqa: E731
        return self.random.choice(("-", "-", " " if self.name == "test" else "-", "")).join(
            (two(), self.digits(3), two())
        )

    def slot(self, name: str) -> Piece | None:
        rand = self.random
        if name == "civ":
            return rand.choice(("M.", "Mme", "Monsieur", "Madame", "Mlle")), ""
        first, last = self.first(), self.last()
        names = {
            "pn": f"{first} {last}",
            "np": f"{last.upper()} {first}",
            "pN": f"{first} {last.upper()}",
            "p": first,
            "n": last,
            "N": last.upper(),
            "in": f"{first[0]}. {last}",
        }
        if name in names:
            return names[name], "NOM"
        makers: dict[str, tuple[Callable[[], str], str]] = {
            "tel": (self.phone, "TEL"),
            "mail": (self.email, "EMAIL"),
            "nir": (self.social, "NIR"),
            "iban": (self.account, "IBAN"),
            "dn": (self.birth, "DATE_NAISSANCE"),
            "adr": (self.address, "ADRESSE"),
            "plaque": (self.plate, "PLAQUE"),
            "caf": (lambda: self.digits(7) + rand.choice(("", " ", "")) + rand.choice("ABKTP"), "NUM_ALLOCATAIRE"),
            "fisc": (
                lambda: rand.choice(
                    (self.digits(13), "30 " + self.digits(2) + " " + " ".join(self.digits(3) for _ in range(3)))
                ),
                "NUM_FISCAL",
            ),
            "cni": (
                lambda: rand.choice(
                    (self.digits(12), f"{self.digits(2)}{rand.choice('AFCV')}{rand.choice('KPTX')}{self.digits(5)}")
                ),
                "NUM_IDENTITE",
            ),
            "siret": (
                lambda: rand.choice(
                    (self.digits(14), " ".join((self.digits(3), self.digits(3), self.digits(3), self.digits(5))))
                ),
                "SIRET",
            ),
            "cad": (
                lambda: rand.choice(
                    (
                        f"A{rand.choice('BCEK')} {self.digits(3)}",
                        f"Z{rand.choice('ABH')} n° {rand.randint(1, 400)}",
                        f"section {rand.choice('BCE')}{rand.choice('DPX')} n° {rand.randint(10, 99)}",
                    )
                ),
                "CADASTRE",
            ),
            "ref": (lambda: self.pick("refs"), "REF_DOSSIER"),
            "sante": (lambda: self.pick("sante"), "SANTE"),
            "sens": (lambda: self.pick("sens"), "SENSIBLE"),
        }
        make, label = makers[name]
        return make(), label

    def document(self, template: str, style: str) -> str:
        pieces: list[Piece] = []
        position = 0
        for match in re.finditer(r"\{(\w+)\}", template):
            pieces.append((template[position : match.start()], ""))
            piece = self.slot(match[1])
            if piece is not None:
                pieces.append(piece)
            position = match.end()
        pieces.append((template[position:], ""))
        marked = ""
        for text, label in pieces:
            changed = self.restyle(text, label, style)
            marked += f"[[{label}|{changed}]]" if label else changed
        return marked

    def restyle(self, text: str, label: str, style: str) -> str:
        rand = self.random
        if style == "lower":
            return text.lower()
        if style == "upper":
            bare = unicodedata.normalize("NFD", text.upper())
            return text if label == "EMAIL" else "".join(c for c in bare if not unicodedata.combining(c))
        if style == "word":
            return (
                text.replace("'", "’")
                .replace(" :", "\u00a0:")
                .replace("-", "\u2011" if label in ("NOM", "PLAQUE") else "-")
                .replace(" ", "\u00a0" if label in ("TEL", "NIR", "IBAN") else " ")
            )
        if style == "mac":
            return unicodedata.normalize("NFD", text)
        if style == "ocr" and label not in ("EMAIL", "SANTE", "SENSIBLE"):
            swaps = {"0": "O", "1": "l", "o": "0", "l": "1", "e": "e", "i": "1"}
            return "".join(swaps[c] if c in swaps and rand.random() < 0.06 else c for c in text)
        return text


def generate(name: str, seed: int, count: int) -> str:
    """`count` marked documents of the half `name`, every template in turn."""
    half = Half(name, seed)
    blocks = []
    for number in range(count):
        template = half.templates[number % len(half.templates)]
        style = STYLES[(number // len(half.templates)) % len(STYLES)]
        blocks.append(f"=== {name[0]}g{number:03} {style}\n{half.document(template, style)}")
    return "\n".join(blocks) + "\n"


def main() -> None:
    """Write both generated halves."""
    for name, seed in (("dev", 20261), ("test", 90417)):
        (CORPUS / f"{name}_generated.txt").write_text(generate(name, seed, 342), encoding="utf-8")


if __name__ == "__main__":
    main()
