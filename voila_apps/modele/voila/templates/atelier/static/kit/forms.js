// Components that question: several answers out of a list, and a card that asks, then explains the answer given.

import { element, paragraphs, setAttributes, setText, sign } from "./dom.js";

/** Several answers out of a list; its value is their keys with commas between them. */
function boxes(context, node) {
  const legend = element("legend");
  const count = element("p", { class: "indication", id: `${node.id}-compte` });
  const inputs = node.options.map(([key], index) => element("input", { type: "checkbox", id: `${node.id}-${index}`, value: key }));
  const lines = node.options.map(([, text], index) =>
    element("div", { class: "choix-simple" }, [inputs[index], element("label", { for: inputs[index].id }, [text])]),
  );
  const made = element("fieldset", { class: "cases", "aria-describedby": count.id }, [legend, count, ...lines]);
  const picked = () => inputs.filter((input) => input.checked);
  const value = () => picked().map((input) => input.value).join(",");
  let most = node.most;
  let known = null;
  const tell = () => {
    const given = picked().length;
    if (most >= inputs.length) return; // no limit to tell
    setText(count, given > most ? `${most} au plus : décochez-en ${given - most}.` : given ? `${given} sur ${most} au plus.` : "");
    count.classList.toggle("champ-erreur", given > most);
  };
  for (const input of inputs) input.addEventListener("change", tell);
  context.fields.set(node.id, { read: () => (known = value()) });
  return {
    element: made,
    remove: () => context.fields.delete(node.id),
    update(next) {
      setText(legend, next.label);
      most = next.most;
      if (context.changed(known, next.value)) {
        known = next.value;
        for (const input of inputs) input.checked = known.split(",").includes(input.value);
      }
      tell();
    },
  };
}

/** A question, its possible answers, and, once one is given, whether it is right and why. */
function quiz(context, node) {
  const legend = element("legend");
  const choices = node.options.map(([value, text], index) => {
    const input = element("input", { type: "radio", name: node.id, id: `${node.id}-${index}`, value });
    return { input, element: element("div", { class: "choix-simple" }, [input, element("label", { for: input.id }, [text])]) };
  });
  const press = element("button", { type: "button", id: `${node.id}-verifier`, class: "bouton secondaire" });
  const answer = element("div", { class: "quiz-reponse", role: "status" });
  const made = element("div", { class: "quiz" }, [
    element("fieldset", { class: "question" }, [legend, ...choices.map((choice) => choice.element)]),
    press,
    answer,
  ]);
  press.addEventListener("click", () =>
    context.emit(node.id, { value: made.querySelector("input:checked")?.value ?? "" }, press),
  );
  let shown = "";
  return {
    element: made,
    update(next) {
      setText(legend, next.label);
      setText(press, next.action);
      for (const { input } of choices) {
        if (next.value) input.checked = input.value === next.value;
      }
      const signature = JSON.stringify([next.tone, next.title, next.text]);
      if (signature === shown) return;
      shown = signature;
      setAttributes(answer, { class: `quiz-reponse ${next.tone ?? ""}` });
      answer.replaceChildren(
        ...(next.text
          ? [sign(next.tone), element("div", {}, [element("strong", {}, [next.title]), ...paragraphs(next.text)])]
          : []),
      );
      if (next.text) requestAnimationFrame(() => answer.scrollIntoView({ block: "center" }));
    },
  };
}

/** The whole address of a page of this server, to be copied and sent. */
function address(context, node) {
  const id = `champ-${node.id}`;
  const input = element("input", { type: "text", id, readonly: true, "aria-describedby": `${id}-aide` });
  const label = element("label", { for: id });
  const hint = element("p", { class: "indication", id: `${id}-aide` });
  input.addEventListener("focus", () => input.select());
  return {
    element: element("div", { class: "champ champ-court" }, [label, hint, input]),
    update(next) {
      setText(label, next.label);
      setText(hint, next.hint);
      input.value = new URL(next.address, location.href).href;
    },
  };
}

export const formComponents = { boxes, quiz, address };
