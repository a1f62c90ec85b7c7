// Components of the draft: the letter that fills as it streams and is then edited in place, and copying it.

import { element, setAttributes, setText, sign } from "./dom.js";

/** A sheet of letter paper; a text area from the start, read-only while it is being written. */
function letter(context, node) {
  const id = `champ-${node.id}`;
  const head = element("div", { class: "lettre-tete" });
  const label = element("label", { for: id, class: "invisible" });
  const area = element("textarea", { id, spellcheck: "true", lang: "fr" });
  const made = element("div", { class: "lettre" }, [head, label, area]);
  let known = null;
  let heading = "";
  let streaming = false;
  const fit = () => {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  };
  area.addEventListener("input", fit);
  context.fields.set(node.id, { read: () => (known = area.value) });
  context.letters.set(node.id, {
    append(text, length) {
      // A piece that comes after a gap is left out: the whole text follows at the end.
      if (area.value.length + text.length !== length) return;
      area.value = known = area.value + text;
      fit();
      made.scrollTop = made.scrollHeight;
    },
  });
  return {
    element: made,
    remove() {
      context.fields.delete(node.id);
      context.letters.delete(node.id);
    },
    update(next) {
      setText(label, next.label);
      if (streaming && !next.streaming) made.scrollTop = 0;
      streaming = next.streaming;
      setAttributes(area, {
        placeholder: next.streaming ? "Les premiers mots arrivent…" : null,
        readonly: next.streaming, 
        "aria-busy": next.streaming ? "true" : null,
      });
      made.classList.toggle("en-ecriture", Boolean(next.streaming));
      if (heading !== JSON.stringify(next.heading)) {
        heading = JSON.stringify(next.heading);
        head.replaceChildren(
          element("p", { class: "lettre-emetteur" }, [element("strong", {}, [next.heading.sender]), next.heading.office]),
          element("p", { class: "lettre-date" }, [next.heading.place]),
          element("p", { class: "lettre-objet" }, [element("span", {}, ["Objet : "]), next.heading.subject]),
        );
      }
      if (context.changed(known, next.value)) {
        area.value = known = next.value;
        fit();
      }
    },
  };
}

/** Copies a field; on plain http (a training room's Wi-Fi) the modern way is forbidden, hence the old one. */
async function copyText(area) {
  const text = area.value;
  if (window.isSecureContext && navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      document.dispatchEvent(new Event("atelier-garde"));
      return true;
    } catch {
      // Refused by the browser: the old way may still work.
    }
  }
  const focused = document.activeElement;
  const spare = element("textarea", { class: "invisible", "aria-hidden": "true", tabindex: "-1" });
  spare.value = text;
  document.body.append(spare);
  spare.select();
  const done = document.execCommand("copy");
  spare.remove();
  focused?.focus();
  return done;
}

function copyButton(context, node) {
  const label = element("span");
  const made = element("button", { type: "button", id: node.id, class: "bouton secondaire" }, [sign("copier"), label]);
  let resting = "";
  made.addEventListener("click", async () => {
    const done = await copyText(document.getElementById(`champ-${node.from}`));
    context.announce(done ? "Le texte est copié." : "La copie est bloquée par le navigateur ; sélectionnez le texte puis Ctrl+C.");
    setText(label, done ? "Copié" : "Copie bloquée");
    setTimeout(() => setText(label, resting), 2500);
    if (done) context.emit(node.id, {});
  });
  return {
    element: made,
    update(next) {
      if (resting !== next.label) setText(label, (resting = next.label));
      made.className = `bouton ${next.look ?? "secondaire"}`;
    },
  };
}

export const writingComponents = { letter, copyButton };
