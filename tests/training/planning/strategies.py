"""Random collectivités: services, zones, regions, means and dates."""

from datetime import date, timedelta

from hypothesis import strategies as st

from atelier_ia.settings import Settings
from atelier_ia.training.planning.open_days import REGIONS
from atelier_ia.training.planning.options import HALF_DAYS, WEEKDAYS, PlanOptions

DAYS = st.dates(date(2026, 9, 1), date(2028, 12, 31))


def make_settings(
    headcounts: list[int], *, start: date = date(2027, 1, 11), zone: str = "B", region: str = "métropole", closed=()
) -> Settings:
    """Settings with one service per head count."""
    return Settings.model_validate(
        {
            "collectivite": {"nom": "Val-Fontaine", "habitants": 8400},
            "calendrier": {
                "debut": start,
                "zone_scolaire": zone,
                "jours_feries": region,
                "jours_fermes": list(closed),
            },
            "courrier": {"formule_politesse": "Cordialement.", "signature": "La mairie"},
            "services": [
                {"id": f"s{index}", "nom": f"Service {index}", "effectif": count, "pole": f"Pôle {index % 3}"}
                for index, count in enumerate(headcounts)
            ],
        }
    )


@st.composite
def settings_and_options(draw: st.DrawFn) -> tuple[Settings, PlanOptions]:
    """A collectivité and its means, all drawn at random."""
    headcounts = draw(st.lists(st.integers(0, 70), min_size=1, max_size=8).filter(any))
    start = draw(DAYS)
    near = st.integers(0, 150).map(lambda offset: start + timedelta(days=offset))
    settings = make_settings(
        headcounts,
        start=start,
        zone=draw(st.sampled_from(["A", "B", "C", "aucune"])),
        region=draw(st.sampled_from(sorted(REGIONS))),
        closed=draw(st.lists(near, max_size=10)),
    )
    some_days = st.lists(near, max_size=8)
    rooms = draw(st.lists(st.tuples(st.integers(3, 40), some_days), max_size=3))
    trainers = draw(st.lists(some_days, max_size=3))
    rules = [
        {
            "id": f"s{index}",
            "jours_evites": draw(st.lists(st.sampled_from(WEEKDAYS), max_size=4, unique=True)),
            "creneaux_evites": draw(st.lists(st.sampled_from(HALF_DAYS), max_size=1)),
        }
        for index in draw(st.lists(st.integers(0, len(headcounts) - 1), max_size=2, unique=True))
    ]
    options = PlanOptions.model_validate(
        {
            "seances": {
                "taille_groupe": draw(st.integers(2, 12)),
                "direction": draw(st.integers(1, 30)),
                "referents_par_service": draw(st.integers(1, 3)),
                "effectif_minimal": draw(st.integers(1, 6)),
            },
            "salles": [
                {"nom": f"Salle {index}", "places": seats, "indisponible": days}
                for index, (seats, days) in enumerate(rooms)
            ],
            "formateurs": [{"nom": f"Personne {index}", "indisponible": days} for index, days in enumerate(trainers)],
            "jours_conseil": draw(some_days),
            "services": rules,
        }
    )
    return settings, options
