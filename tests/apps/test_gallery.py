"""The cards of the gallery, as the notebooks' metadata describe them."""

import json
from collections import Counter
from pathlib import Path

from atelier_ia.documents.typography import typeset

APPS = Path(__file__).parents[2] / "voila_apps"


def test_every_app_has_its_card_and_its_own_rank() -> None:
    """Does each app say what it is for, how long it takes and for whom, at a rank that no other has?"""
    ranks: Counter[int] = Counter()
    for path in sorted(APPS.glob("*.ipynb")):
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        assert metadata["title"], path.name
        card = metadata["atelier"]
        assert all(card[name] for name in ("resume", "duree", "public", "famille")), path.name
        assert all(typeset(text) == text for text in (metadata["title"], card["resume"], card["duree"])), path.name
        ranks[card["ordre"]] += 1
    assert [rank for rank, apps in ranks.items() if apps > 1] == []
