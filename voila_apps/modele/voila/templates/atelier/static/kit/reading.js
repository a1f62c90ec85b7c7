// Components of the guard: the text as it will leave, the data found in it, the alerts to settle, the stopwatch.

import { element, setAttributes, setText, sign } from "./dom.js";

/** The masked text: plain runs and placeholders. */
function masked() {
  const made = element("div", { class: "texte-masque", tabindex: "0", role: "region" });
  let shown = "";
  return {
    element: made,
    update(node) {
      setAttributes(made, { id: node.id, "aria-label": node.label });
      const signature = JSON.stringify(node.runs);
      if (signature === shown) return;
      shown = signature;
      made.replaceChildren(
        ...node.runs.map((run) =>
          run.token
            ? element("mark", { class: `jeton ${run.level}`, title: run.label }, [run.token])
            : run.level
              ? element("mark", { class: `passage ${run.level}`, title: run.label }, [run.text])
              : document.createTextNode(run.text),
        ),
      );
    },
  };
}

/** The data found: one checkbox each, "masked" when ticked. */
function findings(context, node) {
  const legend = element("legend");
  const list = element("ul", { class: "donnees" });
  const made = element("fieldset", { class: "donnees-groupe" }, [legend, list]);
  const rows = new Map();
  const row = (item) => {
    const id = `donnee-${item.key}`;
    const input = element("input", { type: "checkbox", id, "aria-describedby": `${id}-motif` });
    input.addEventListener("change", () => context.emit(node.id, { key: item.key, masked: input.checked }));
    const token = element("code", { class: "jeton-nom" });
    const original = element("span", { class: "donnee-texte" }, [item.original]);
    const reason = element("span", { class: "donnee-motif", id: `${id}-motif` });
    const label = element("label", { for: id }, [original, element("span", { "aria-hidden": "true" }, [" → "]), token]);
    return { input, token, reason, element: element("li", {}, [input, element("div", {}, [label, reason])]) };
  };
  return {
    element: made,
    update(next) {
      setText(legend, next.label);
      for (const key of [...rows.keys()]) {
        if (!next.items.some((item) => item.key === key)) {
          rows.get(key).element.remove();
          rows.delete(key);
        }
      }
      next.items.forEach((item, index) => {
        if (!rows.has(item.key)) rows.set(item.key, row(item));
        const parts = rows.get(item.key);
        parts.input.checked = item.masked;
        setText(parts.token, item.masked ? item.token : "laissé en clair");
        setText(parts.reason, item.reason);
        setAttributes(parts.element, { class: `${item.level} ${item.masked ? "" : "en-clair"}` });
        if (list.children[index] !== parts.element) list.insertBefore(parts.element, list.children[index] ?? null);
      });
    },
  };
}

/** A sensitive passage: the person must say what to do with it. */
function alertChoice(context, node) {
  const quote = element("blockquote", {}, [node.original]);
  const reason = element("p");
  const choices = node.options.map(([value, text], index) => {
    const id = `${node.id}-${index}`;
    const input = element("input", { type: "radio", name: node.id, id, value });
    input.addEventListener("change", () => context.emit(node.id, { value }));
    return { input, element: element("div", { class: "choix-simple" }, [input, element("label", { for: id }, [text])]) };
  });
  const made = element("fieldset", { class: "alerte-choix", id: node.id, tabindex: "-1" }, [
    element("legend", {}, [sign("alerte"), element("span", {}, [node.label])]),
    quote,
    reason,
    ...choices.map((choice) => choice.element),
  ]);
  return {
    element: made,
    update(next) {
      setText(reason, next.reason);
      for (const { input } of choices) input.checked = input.value === next.value;
      made.classList.toggle("reglee", Boolean(next.value));
    },
  };
}

const clock = (seconds) =>
  `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** A running time; Python holds the truth, this shows it second by second. */
function stopwatch() {
  const label = element("span", { class: "chrono-libelle" });
  const digits = element("span", { class: "chrono-chiffres" });
  const made = element("p", { class: "chrono", role: "timer" }, [label, " ", digits]);
  let since = 0;
  let elapsed = 0;
  let running = false;
  const show = () => setText(digits, clock(elapsed + (running ? (performance.now() - since) / 1000 : 0)));
  const timer = setInterval(show, 1000);
  return {
    element: made,
    remove: () => clearInterval(timer),
    update(node) {
      since = performance.now();
      elapsed = node.elapsed;
      running = node.running;
      setText(label, node.label);
      made.classList.toggle("arrete", !running);
      show();
    },
  };
}

export const readingComponents = { masked, findings, alertChoice, stopwatch };
