"""The feedback card shown under an answer: what is right, then one next step; advice large, mark small."""

from __future__ import annotations

from atelier_ia.training.scoring import CriterionResult, ExerciseResult
from atelier_ia.training.wording import html, number, points

_VERDICTS = {
    "acquis": ("✓", "Acquis"),
    "partiel": ("◐", "En partie"),
    "absent": ("→", "À faire"),
    "douteux": ("?", "À préciser"),
}

STYLE = """
.atelier-retour{font-family:"Atkinson Hyperlegible Next",Luciole,system-ui,sans-serif;font-size:1rem;line-height:1.55;
max-width:72ch;color:#1d2b3a;background:#fdfaf4;border:1px solid #d9d0bf;border-left:6px solid #2f4a68;
border-radius:6px;padding:16px 20px;margin:8px 0}
.atelier-retour h4{margin:0 0 4px;font-size:1.05rem;color:#1d2b3a}
.atelier-retour ul{margin:0 0 12px;padding-left:0;list-style:none}
.atelier-retour li{margin:2px 0}
.atelier-retour .suite{font-size:1.15rem;margin:0 0 12px}
.atelier-retour .acquis{color:#1d5b34;font-weight:600}
.atelier-retour .autre{color:#7a3b12;font-weight:600}
.atelier-retour .note{font-size:.9rem;margin:8px 0 0;color:#3c4854}
.atelier-retour .alerte{border:1px solid #8c2f1b;padding:8px 12px;border-radius:4px;color:#6d2110}
.atelier-retour summary{cursor:pointer}
@media (prefers-color-scheme:dark){.jp-mod-dark .atelier-retour,body[data-jp-theme-light=false] .atelier-retour{
background:#1f2730;color:#eef1f4;border-color:#4b5866}
body[data-jp-theme-light=false] .atelier-retour h4{color:#eef1f4}}
"""


def next_step(result: ExerciseResult) -> CriterionResult | None:
    """The one criterion to work on now: the first of those that cost the most points; None when all is acquired."""
    open_lines = [line for line in result.criteria if line.verdict in ("absent", "partiel")]
    return max(open_lines, key=lambda line: line.max_points - line.points, default=None)


def other_lines(result: ExerciseResult) -> list[CriterionResult]:
    """What is left to do after the next step; the same sentence is said once."""
    step = next_step(result)
    told = {step.message} if step else set()
    others = []
    for line in result.criteria:
        if line.verdict in ("absent", "partiel") and line.message not in told:
            told.add(line.message)
            others.append(line)
    return others


def card_html(result: ExerciseResult, attempt: int = 1) -> str:
    """The card as an HTML fragment; `attempt` (1, 2, 3…) chooses how far the hint goes."""
    parts = [
        f"<style>{STYLE}</style>",
        '<section class="atelier-retour" lang="fr" aria-label="Retour sur votre réponse">',
    ]
    if result.notice:
        parts.append(f'<p class="alerte" role="alert">{html(result.notice)}</p>')
    right = [line for line in result.criteria if line.verdict in ("acquis", "douteux")]
    if right and not result.blank and result.score is not None:
        parts.append("<h4>Ce qui est déjà là</h4><ul>")
        parts += [_line(line) for line in right]
        parts.append("</ul>")
    parts += _advice(result, attempt)
    if result.score is not None:
        parts.append(f'<p class="note">{_mark(result)}</p>')
    return "".join([*parts, "</section>"])


def card_text(result: ExerciseResult) -> str:
    """The card without markup, for screens that show no HTML."""
    lines = [result.notice] if result.notice else []
    lines += [f"{_VERDICTS[line.verdict][1]} : {line.message}" for line in result.criteria if line.verdict == "acquis"]
    step = next_step(result)
    if step is not None and not result.notice:
        lines.append(f"Prochaine étape : {step.message}")
    return "\n".join(lines)


def _advice(result: ExerciseResult, attempt: int) -> list[str]:
    if result.score is None:
        return ["<h4>Réponse enregistrée</h4><p class='suite'>La formatrice la lira et la notera.</p>"]
    step = next_step(result)
    if step is None:
        return ["<h4>Tout y est</h4><p class='suite'>Passez à l'exercice suivant quand vous voulez.</p>"]
    if result.notice and result.score == 0:
        return []
    parts = [f'<h4>La prochaine étape</h4><p class="suite">{html(step.message)}</p>']
    if step.hints:
        level = min(attempt, len(step.hints))
        parts.append(f"<details><summary>Un indice</summary><p>{html(step.hints[level - 1])}</p></details>")
    others = other_lines(result)
    if others:
        plural = "s" if len(others) > 1 else ""
        parts.append(f"<details><summary>{len(others)} autre{plural} piste{plural}</summary><ul>")
        parts += [_line(line) for line in others]
        parts.append("</ul></details>")
    return parts


def _line(line: CriterionResult) -> str:
    sign, word = _VERDICTS[line.verdict]
    kind = "acquis" if line.verdict == "acquis" else "autre"
    return f'<li><span class="{kind}"><span aria-hidden="true">{sign}</span> {word}</span> — {html(line.message)}</li>'


def _mark(result: ExerciseResult) -> str:
    assert result.score is not None
    return f"Pour l'instant&nbsp;: {number(result.score)} sur {points(result.max_score)}."
