"""The blind comparison: who may answer, that all are asked alike, and that nothing gives them away."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from atelier_ia.assistant import Assistant
from atelier_ia.assistant.providers import Provider, find_provider
from atelier_ia.settings import Settings, load_settings
from atelier_ia.use_cases import comparison, drafting
from atelier_ia.use_cases.comparison import Answer, Contestant, ask_all, contestants, find_request, shuffled, veiled
from atelier_ia.use_cases.drafting import Confirmed, DraftingError

REQUEST = find_request("courriels")
KEYS = {"MISTRAL_API_KEY": "x", "OPENAI_API_KEY": "x"}


def settings_with(**changes: Any) -> Settings:
    """Our settings, with another [assistant]."""
    own = load_settings()
    return own.model_copy(update={"assistant": own.assistant.model_copy(update=changes)})


def confirmed(text: str) -> Confirmed:
    """A text reviewed by a person, all that blocks masked."""
    masking = drafting.prepare(text)
    return drafting.confirm(drafting.remask(text, [span for span in masking.spans if span.level == "masquer"]))


@pytest.mark.parametrize(
    ("assistant", "environment", "expected"),
    [
        ({}, {}, ["simulateur:soignee", "simulateur:pressee", "simulateur:erreur"]),
        ({"provider": "mistral"}, {}, ["mistral", "simulateur:soignee"]),
        ({}, KEYS, ["mistral", "openai"]),
        ({"provider": "mistral"}, KEYS, ["mistral", "openai"]),
        ({"compare": ("ollama", "mistral")}, {}, ["mistral", "ollama"]),
        ({"compare": ("simulateur",)}, {}, ["simulateur:soignee", "simulateur:pressee", "simulateur:erreur"]),
        ({}, {"MISTRAL_API_KEY": "  "}, ["simulateur:soignee", "simulateur:pressee", "simulateur:erreur"]),
    ],
)
def test_who_answers(assistant: dict[str, Any], environment: dict[str, str], expected: list[str]) -> None:
    """Are the tools those of atelier.toml and of the keys at hand, the simulator alone when there is none?"""
    found = [one.key for one in contestants(settings_with(**assistant), REQUEST, environment)]
    assert [key if key.startswith("simulateur") else key.partition(":")[0] for key in found] == expected


@pytest.mark.parametrize("identifier", [request.id for request in comparison.load_requests()])
def test_the_variants_differ(identifier: str) -> None:
    """With the simulator alone, are its three answers different, the names of people back in them?"""
    request = find_request(identifier)
    answers = ask_all(
        confirmed(request.example),
        request.instruction,
        request,
        contestants(load_settings(), request, {}),
        load_settings(),
    )
    assert len({answer.text for answer in answers}) == 3
    assert all(answer.text and not answer.failure for answer in answers)
    assert not any("[NOM_" in answer.text for answer in answers)


def test_the_mistake_announced_is_in_the_answer() -> None:
    """On a text with a single subject, none of which can be forgotten, is the mistake announced still a real one?"""
    text = "Bonjour, le lampadaire de la rue Haute est éteint depuis lundi. Quand sera-t-il réparé ?"
    answers = ask_all(
        confirmed(text), REQUEST.instruction, REQUEST, contestants(load_settings(), REQUEST, {}), load_settings()
    )
    texts = {answer.contestant.key: answer.text for answer in answers}
    assert texts["simulateur:erreur"] != texts["simulateur:soignee"]
    [wrong] = [answer.contestant for answer in answers if answer.contestant.key == "simulateur:erreur"]
    assert wrong.mistake == "chiffre_faux"
    assert "chiffre" in wrong.detail


class _Tool(BaseHTTPRequestHandler):
    """A tool over HTTP: answers its own name, or fails when the path says so; keeps what it was sent."""

    seen: ClassVar[list[str]] = []

    def log_message(self, *_: object) -> None:
        """Silent."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.seen.append(body)
        if self.path.startswith("/panne"):
            self.send_error(401)
            return
        message = json.dumps({"choices": [{"index": 0, "delta": {"content": f"Réponse de {self.path[1:4]}."}}]})
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(f"data: {message}\n\ndata: [DONE]\n\n".encode())
        self.close_connection = True


@pytest.fixture
def tools() -> Iterator[list[Contestant]]:
    """Three tools on this machine, the last one out of order."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Tool)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Tool.seen.clear()
    made = []
    for path in ("un-", "deux", "panne"):
        address = f"http://127.0.0.1:{server.server_address[1]}/{path}/v1"
        provider = find_provider("ollama").model_copy(update={"base_url": address, "model": "essai"})
        made.append(Contestant(path, path, "", provider))
    yield made
    server.shutdown()
    server.server_close()


def test_all_are_asked_the_same_masked_text(tools: list[Contestant]) -> None:
    """Do real tools get one and the same masked text, and does one that fails leave the others to be compared?"""
    text = "Bonjour, je suis Laurent Pradeilhac, 06 39 98 41 07. Quand ouvre la mairie ?"
    counted: list[int] = []
    # With the stand-in on, a failure would be answered by the simulator under the tool's name.
    settings = settings_with(fallback="simulateur")
    answers = ask_all(confirmed(text), REQUEST.instruction, REQUEST, tools, settings, on_answer=counted.append)
    assert counted == [1, 2, 3]
    assert len({json.dumps(json.loads(body)["messages"]) for body in _Tool.seen}) == 1
    assert "Pradeilhac" not in "".join(_Tool.seen)
    assert "[NOM_1]" in _Tool.seen[0]
    assert [bool(answer.text) for answer in answers] == [True, True, False]
    assert answers[2].failure
    assert {answer.contestant.key for answer in shuffled(answers)} == {"un-", "deux"}


def test_one_answer_is_no_comparison(tools: list[Contestant]) -> None:
    """When fewer than two have answered, is it said, with the reason?"""
    good, bad = Answer(tools[0], "Bonjour."), Answer(tools[2], "", 0, "La clé manque ; ajoutez-la.")
    with pytest.raises(DraftingError, match="La clé manque"):
        shuffled([good, bad])


def test_the_order_says_nothing(tools: list[Contestant]) -> None:
    """Does each tool come first about as often as the other?"""
    pair = [Answer(tools[0], "a"), Answer(tools[1], "b")]
    first = sum(shuffled(pair)[0] is pair[0] for _ in range(400))
    assert 120 < first < 280


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("En tant que ChatGPT, je réponds.", "Bonjour", "En tant que [nom de l'outil], je réponds."),
        ("Je suis Mistral AI.", "Bonjour", "Je suis [nom de l'outil]."),
        ("Modèle gpt-5.4-mini", "Bonjour", "Modèle [nom de l'outil]"),
        ("Madame Claude Martin,", "Je suis Claude Martin", "Madame Claude Martin,"),
        ("Un simulateur de calcul", "rien", "Un [nom de l'outil] de calcul"),
    ],
)
def test_a_tool_does_not_name_itself(text: str, source: str, expected: str) -> None:
    """Is a tool's name veiled before the vote, unless it is a name of the text itself?"""
    assert veiled(text, source) == expected


def test_a_personal_instruction_is_refused(tools: list[Contestant]) -> None:
    """Is an instruction that names someone refused before anything leaves?"""
    with pytest.raises(DraftingError, match="donnée personnelle"):
        ask_all(confirmed("Bonjour"), "Réponds à Laurent Pradeilhac, 06 39 98 41 07", REQUEST, tools, load_settings())
    assert _Tool.seen == []


def test_a_tool_can_be_opened_otherwise() -> None:
    """Is `open_with` what opens each tool (tests, recordings)?"""
    opened: list[str] = []

    def open_with(settings: Settings, provider: Provider) -> Assistant:
        opened.append(provider.id)
        return Assistant(settings, provider)

    ask_all(
        confirmed("Bonjour, merci."),
        REQUEST.instruction,
        REQUEST,
        contestants(load_settings(), REQUEST, {})[:2],
        load_settings(),
        open_with=open_with,
    )
    assert opened == ["simulateur", "simulateur"]
