"""A page of Gradio like the first step of our app: a list, a text, a button that shows the next step.

Run by bench_apps with the Python of a throw-away environment: `page_gradio.py PORT FOLDER`; imports nothing of ours.
"""

import sys
import tomllib
from pathlib import Path

import gradio

mails = tomllib.loads((Path(sys.argv[2]) / "sandbox_data" / "courriels.toml").read_text(encoding="utf-8"))["courriels"]
texts = {mail.get("objet") or str(index): mail.get("corps", "") for index, mail in enumerate(mails)}
first = next(iter(texts))

with gradio.Blocks(title="Répondre à un courriel") as page:
    with gradio.Row():
        choice = gradio.Radio(list(texts), value=first, label="Les courriels reçus")
        text = gradio.Textbox(texts[first], lines=12, label="Le texte")
    go = gradio.Button("Masquer les données personnelles", elem_id="masquer")
    following = gradio.Button("Rédiger le brouillon", elem_id="rediger", visible=False)
    choice.change(texts.get, choice, text)
    go.click(lambda: gradio.update(visible=True), None, following)

page.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
