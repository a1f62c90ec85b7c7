// Components that lay out, inform and ask: each is (context, node) → {element, update(node)?, remove()?}.

import { element, paragraphs, setAttributes, setText, sign } from "./dom.js";

const TONES = { info: "À savoir", succes: "C’est fait", alerte: "Attention", erreur: "À corriger" };

/** A container whose children Python gives. */
function container(tag, attributes) {
  return (context) => {
    const made = element(tag);
    return {
      element: made,
      update(next) {
        setAttributes(made, attributes(next));
        context.draw(made, next.children ?? []);
      },
    };
  };
}

function steps() {
  const list = element("ol", { class: "etapes" });
  const nav = element("nav", { "aria-label": "Étapes" }, [list]);
  return {
    element: nav,
    update(node) {
      list.replaceChildren(
        ...node.labels.map((label, index) => {
          const state = index + 1 < node.current ? "faite" : index + 1 === node.current ? "en-cours" : "a-venir";
          const content = [element("span", { class: "numero", "aria-hidden": "true" }, [String(index + 1)]), label];
          if (state === "faite") content.push(element("span", { class: "invisible" }, [" (fait)"]));
          return element("li", { class: state, "aria-current": state === "en-cours" ? "step" : null }, content);
        }),
      );
    },
  };
}

function panel(context, node) {
  const id = node.id ?? "";
  const heading = element("h2", { id: `${id}-titre`, tabindex: "-1" });
  const hint = element("p", { class: "indication" });
  const body = element("div", { class: "panneau-corps" });
  const made = element("section", { "aria-labelledby": `${id}-titre` }, [
    heading,
    hint,
    body,
  ]);
  return {
    element: made,
    update(next) {
      setAttributes(made, { class: `panneau ${next.look ?? ""}` });
      setText(heading, next.title);
      setText(hint, next.hint ?? "");
      hint.hidden = !next.hint;
      context.draw(body, next.children ?? []);
    },
  };
}

function notice(context, node) {
  const title = element("strong");
  const text = element("div", { class: "message-texte" });
  const inner = element("div", { class: "message-suite" });
  const made = element("div", {}, [sign(node.tone), element("div", {}, [title, text, inner])]);
  let tone = node.tone;
  let shown = null;
  return {
    element: made,
    update(next) {
      setAttributes(made, {
        class: `message ${next.tone} ${next.look ?? ""}`,
        id: next.id,
        role: next.tone === "erreur" ? "alert" : null,
      });
      if (tone !== next.tone) made.firstElementChild.replaceWith(sign((tone = next.tone)));
      setText(title, next.title || TONES[next.tone]);
      if (shown !== next.text) text.replaceChildren(...paragraphs((shown = next.text)));
      context.draw(inner, next.children ?? []);
    },
  };
}

/** Someone's own words, shown as they are. */
function quotation() {
  const made = element("div", { class: "citation", tabindex: "0", role: "region" });
  return {
    element: made,
    update(node) {
      setAttributes(made, { "aria-label": node.label });
      setText(made, node.text);
    },
  };
}

function prose() {
  const made = element("div", { class: "prose" });
  let shown = null;
  return {
    element: made,
    update(node) {
      setAttributes(made, { class: `prose ${node.look ?? ""}`, id: node.id });
      if (shown !== node.text) made.replaceChildren(...paragraphs((shown = node.text)));
    },
  };
}

/** A labelled field. What is typed wins over Python's value until Python changes its own. */
function field(context, node) {
  const id = `champ-${node.id}`;
  const control =
    node.kind === "choix"
      ? element("select", { id })
      : node.kind === "long"
        ? element("textarea", { id, rows: node.rows ?? 4, spellcheck: "true" })
        : element("input", {
            id,
            type: node.kind === "secret" ? "password" : "text",
            inputmode: node.kind === "nombre" ? "decimal" : null,
            autocomplete: node.kind === "secret" ? "one-time-code" : "off",
          });
  const label = element("label", { for: id });
  const hint = element("p", { class: "indication", id: `${id}-aide` });
  const error = element("p", { class: "champ-erreur", id: `${id}-erreur`, role: "alert" });
  const unit = element("span", { class: "unite" });
  const proposals = element("datalist", { id: `${id}-propositions` });
  const made = element("div", { class: `champ champ-${node.kind} ${node.look ?? ""}` }, [
    label,
    hint,
    element("div", { class: "champ-ligne" }, [control, unit]),
    error,
  ]);
  let known = null;
  let options = "";
  let suggestions = "";
  // A secret is never in Python's screens: their empty value does not empty what is typed.
  const read = () => (node.kind === "secret" ? control.value : (known = control.value));
  context.fields.set(node.id, { read });
  if (node.live) control.addEventListener("change", () => context.emit(node.id, { value: control.value }));
  if (node.submit) {
    control.addEventListener("keydown", (event) => {
      if (event.key === "Enter") context.emit(node.submit, {});
    });
  }
  return {
    element: made,
    remove: () => context.fields.delete(node.id),
    update(next) {
      setText(label, next.label);
      setText(hint, next.hint ?? "");
      hint.hidden = !next.hint;
      setText(error, next.error ?? "");
      setText(unit, next.unit ?? "");
      setAttributes(control, {
        "aria-describedby": [next.hint && hint.id, next.error && error.id].filter(Boolean).join(" ") || null,
        "aria-invalid": next.error ? "true" : null,
        readonly: next.locked ?? false,
      });
      if (next.options && options !== JSON.stringify(next.options)) {
        options = JSON.stringify(next.options);
        const chosen = control.value; // new options would put the first one in its place
        control.replaceChildren(...next.options.map(([value, text]) => element("option", { value }, [text])));
        if (next.options.some(([value]) => value === chosen)) control.value = chosen;
      }
      if (next.suggestions && suggestions !== JSON.stringify(next.suggestions)) {
        suggestions = JSON.stringify(next.suggestions);
        proposals.replaceChildren(...next.suggestions.map((value) => element("option", { value })));
        made.append(proposals);
        setAttributes(control, { list: proposals.id });
      }
      if (context.changed(known, next.value)) control.value = known = next.value;
    },
  };
}

function button(context, node) {
  const label = element("span");
  const made = element("button", { type: "button", id: node.id });
  let sent = "";
  const press = () => {
    if (made.getAttribute("aria-disabled") || made.getAttribute("aria-busy")) return;
    context.emit(node.id, sent ? { selection: selectedText(sent) } : {}, made);
  };
  made.addEventListener("click", press);
  made.addEventListener("mousedown", (event) => sent && event.preventDefault());
  return {
    element: made,
    update(next) {
      sent = next.selection ?? "";
      const icon = next.sign ? [sign(next.sign)] : [];
      setText(label, next.label);
      if (made.childElementCount !== icon.length + 1) made.replaceChildren(...icon, label);
      setAttributes(made, {
        class: `bouton ${next.look ?? "secondaire"}`,
        "aria-disabled": next.disabled ? "true" : null,
        "aria-describedby": next.described ?? null,
      });
    },
  };
}

/** A link to another page of this server, opened beside the app so that nothing typed is lost. */
function link(context, node) {
  const made = element("a", { class: "lien", id: node.id, target: "_blank", rel: "noopener" });
  return {
    element: element("p", {}, [made]),
    update(next) {
      setAttributes(made, { href: new URL(next.address, location.href).pathname });
      setText(made, `${next.label} (nouvel onglet)`);
    },
  };
}

function selectedText(id) {
  const selection = document.getSelection();
  const place = document.getElementById(id);
  return selection && place?.contains(selection.anchorNode) ? selection.toString() : "";
}

/** A list from which one item is chosen: real radio buttons under cards. */
function picker(context, node) {
  const legend = element("legend", { class: "invisible" });
  const list = element("div", { class: "liste-choix" });
  const made = element("fieldset", { class: "choix-carte" }, [legend, list]);
  let shown = "";
  let current = null;
  context.fields.set(node.id, { read: () => list.querySelector("input:checked")?.value ?? "" });
  return {
    element: made,
    remove: () => context.fields.delete(node.id),
    update(next) {
      setText(legend, next.label);
      const signature = JSON.stringify(next.options);
      if (signature !== shown) {
        shown = signature;
        list.replaceChildren(
          ...next.options.map((option, index) => {
            const id = `${node.id}-${index}`;
            const input = element("input", { type: "radio", name: node.id, id, value: option.value });
            input.addEventListener("change", () => context.emit(node.id, { value: option.value }));
            return element("div", { class: "choix" }, [
              input,
              element("label", { for: id }, [
                element("span", { class: "choix-titre" }, [option.title]),
                element("span", { class: "choix-detail" }, [option.detail ?? ""]),
                element("span", { class: "choix-extrait" }, [option.excerpt ?? ""]),
              ]),
            ]);
          }),
        );
      }
      for (const input of list.querySelectorAll("input")) input.checked = input.value === next.value;
      if (current !== next.value) {
        current = next.value;
        // After the layout: an element that is not in the page yet has no place.
        requestAnimationFrame(() => list.querySelector("input:checked")?.parentElement.scrollIntoView({ block: "nearest" }));
      }
    },
  };
}

/** A short closed question. */
function radios(context, node) {
  const legend = element("legend");
  const choices = node.options.map(([value, text], index) => {
    const id = `${node.id}-${index}`;
    const input = element("input", { type: "radio", name: node.id, id, value });
    return { input, element: element("div", { class: "choix-simple" }, [input, element("label", { for: id }, [text])]) };
  });
  const made = element("fieldset", { class: "question" }, [legend, ...choices.map((choice) => choice.element)]);
  let known = null;
  context.fields.set(node.id, { read: () => (known = made.querySelector("input:checked")?.value ?? "") });
  return {
    element: made,
    remove: () => context.fields.delete(node.id),
    update(next) {
      setText(legend, next.label);
      if (!context.changed(known, next.value)) return;
      known = next.value;
      for (const { input } of choices) input.checked = input.value === known;
    },
  };
}

function disclosure(context) {
  const summary = element("summary");
  const body = element("div", { class: "depliant-corps" });
  const made = element("details", { class: "depliant" }, [summary, body]);
  let opened = false;
  return {
    element: made,
    update(node) {
      if (node.open && !opened) made.open = true;
      opened = Boolean(node.open);
      setAttributes(made, { id: node.id });
      setText(summary, node.title);
      context.draw(body, node.children ?? []);
    },
  };
}

/** A large figure with its unit and what it counts. */
function figure() {
  const value = element("span", { class: "chiffre-valeur" });
  const unit = element("span", { class: "chiffre-unite" });
  const label = element("span", { class: "chiffre-libelle" });
  const made = element("p", { class: "chiffre" }, [value, " ", unit, " ", label]);
  return {
    element: made,
    update(node) {
      made.className = `chiffre ${node.look ?? ""}`;
      setText(value, node.value);
      setText(unit, node.unit ?? "");
      setText(label, node.label);
    },
  };
}

export const components = {
  group: container("div", (node) => ({ class: node.look ?? "groupe" })),
  columns: container("div", (node) => ({ class: `colonnes ${node.look ?? ""}` })),
  actions: container("div", () => ({ class: "actions" })),
  steps,
  panel,
  notice,
  prose,
  quotation,
  field,
  button,
  picker,
  radios,
  disclosure,
  figure,
  link,
};
