// Components that show data and take files: upload, picture, gallery, bars, checkboxes, chart of points.

import { element, setAttributes, setText } from "./dom.js";

/** A place to drop or choose a file; its bytes go with the event. */
function upload(context, node) {
  const id = `fichier-${node.id}`;
  // The browser's own control speaks the browser's language: ours is its label, dressed as a button.
  const input = element("input", { type: "file", id, accept: node.accept || null, class: "invisible" });
  const label = element("label", { for: id, class: "bouton secondaire" });
  const hint = element("p", { class: "indication", id: `${id}-aide` });
  const error = element("p", { class: "champ-erreur", id: `${id}-erreur`, role: "alert" });
  const made = element("div", { class: "depot" }, [input, label, hint, error]);
  let most = node.most;
  const take = async (file) => {
    if (!file) return;
    const heavy = file.size > most;
    setText(error, heavy ? `Ce fichier dépasse ${Math.round(most / 1e6)} Mo ; donnez-en un extrait, ou collez le texte utile.` : "");
    if (!heavy) context.emit(node.id, { name: file.name }, made, [await file.arrayBuffer()]);
    input.value = "";
  };
  input.addEventListener("change", () => take(input.files[0]));
  made.addEventListener("dragover", (event) => {
    event.preventDefault();
    made.classList.add("survol");
  });
  made.addEventListener("dragleave", () => made.classList.remove("survol"));
  made.addEventListener("drop", (event) => {
    event.preventDefault();
    made.classList.remove("survol");
    take(event.dataTransfer.files[0]);
  });
  return {
    element: made,
    update(next) {
      most = next.most;
      setText(label, next.label);
      setText(hint, next.hint ?? "");
      hint.hidden = !next.hint;
      setAttributes(input, { "aria-describedby": next.hint ? `${hint.id} ${error.id}` : error.id });
    },
  };
}

function picture() {
  const image = element("img");
  const waiting = element("p", { class: "image-attente" });
  const made = element("div", { class: "image" }, [image, waiting]);
  return {
    element: made,
    update(node) {
      setAttributes(image, { id: node.id, alt: node.alt, src: node.src || null });
      image.hidden = !node.src;
      setText(waiting, node.waiting ?? "");
      waiting.hidden = Boolean(node.src);
    },
  };
}

/** Pictures to choose from: real radio buttons. */
function gallery(context, node) {
  const legend = element("legend");
  const cards = node.options.map(([value, name], index) => {
    const id = `${node.id}-${index}`;
    const input = element("input", { type: "radio", name: node.id, id, value });
    const image = element("img", { alt: "" });
    input.addEventListener("change", () => context.emit(node.id, { value }));
    const label = element("label", { for: id }, [element("span", { class: "vignette-image" }, [image]), element("span", {}, [name])]);
    return { input, image, element: element("div", { class: "vignette" }, [input, label]) };
  });
  const list = element("div", { class: "vignettes" }, cards.map((card) => card.element));
  const made = element("fieldset", { class: "galerie" }, [legend, list]);
  return {
    element: made,
    update(next) {
      setText(legend, next.label);
      next.options.forEach(([value, , src], index) => {
        setAttributes(cards[index].image, { src: src || null });
        cards[index].image.hidden = !src;
        cards[index].input.checked = value === next.value;
      });
    },
  };
}

/** Scores out of 100: what is said in words is also drawn. */
function bars() {
  const made = element("ol", { class: "barres" });
  let shown = "";
  return {
    element: made,
    update(node) {
      const signature = JSON.stringify(node.items);
      if (signature === shown) return;
      shown = signature;
      setAttributes(made, { "aria-label": node.label });
      made.replaceChildren(
        ...node.items.map((item) => {
          const sure = element("span", { class: "barre-sure" });
          const range = element("span", { class: "barre-intervalle" });
          sure.style.width = `${item.low}%`;
          range.style.left = `${item.low}%`;
          range.style.width = `${item.high - item.low}%`;
          return element("li", { class: item.note ? "retenu" : null }, [
            element("span", { class: "barre-titre" }, [item.title]),
            element("span", { class: "barre-texte" }, [item.text]),
            element("span", { class: "barre", "aria-hidden": "true" }, [sure, range]),
          ]);
        }),
      );
    },
  };
}

function checks(context, node) {
  const legend = element("legend");
  const boxes = node.options.map(([key, text], index) => {
    const id = `${node.id}-${index}`;
    const input = element("input", { type: "checkbox", id });
    input.addEventListener("change", () => context.emit(node.id, { key, checked: input.checked }));
    return { input, element: element("div", { class: "choix-simple" }, [input, element("label", { for: id }, [text])]) };
  });
  const made = element("fieldset", { class: "cases" }, [legend, ...boxes.map((box) => box.element)]);
  return {
    element: made,
    update(next) {
      setText(legend, next.label);
      next.options.forEach(([, , on], index) => (boxes[index].input.checked = on));
    },
  };
}

const SVG = "http://www.w3.org/2000/svg";
const ARROWS = { ArrowLeft: [-2.5, 0], ArrowRight: [2.5, 0], ArrowUp: [0, 4], ArrowDown: [0, -4] };
const within = (value) => Math.min(100, Math.max(0, value));

function svgElement(tag, attributes, children = []) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function placed(className, x, y, text) {
  const made = element("span", { class: className, "aria-hidden": "true" }, [text]);
  made.style.left = `${x}%`;
  made.style.bottom = `${y}%`;
  return made;
}

/** One point that can be chosen, dragged, or moved with the arrows. */
function pointButton(context, id, key, plot, help) {
  const disc = element("span", { class: "point-signe" });
  const label = element("span", { class: "point-nom" });
  const made = element("button", { type: "button", id: `${id}-${key}`, "aria-describedby": help }, [disc, label]);
  let place = [0, 0];
  let start = null;
  const show = ([x, y]) => {
    made.style.left = `${x}%`;
    made.style.bottom = `${y}%`;
  };
  const under = (event) => {
    const frame = plot.getBoundingClientRect();
    return [within((100 * (event.clientX - frame.left)) / frame.width), within((100 * (frame.bottom - event.clientY)) / frame.height)];
  };
  const far = (event) => start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > 5;
  made.addEventListener("pointerdown", (event) => {
    start = { x: event.clientX, y: event.clientY };
    made.setPointerCapture(event.pointerId);
  });
  made.addEventListener("pointermove", (event) => far(event) && show(under(event)));
  made.addEventListener("pointerup", (event) => {
    const moved = far(event);
    start = null;
    if (!moved) return;
    const [x, y] = under(event);
    made.dataset.glisse = "oui";
    context.emit(id, { key, x, y });
  });
  made.addEventListener("click", () => {
    if (!made.dataset.glisse) context.emit(id, { key });
    delete made.dataset.glisse;
  });
  made.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    place = [within(place[0] + step[0]), within(place[1] + step[1])];
    show(place);
    context.emit(id, { key, x: place[0], y: place[1] });
  });
  return {
    element: made,
    update(point) {
      place = [point.x, point.y];
      show(place);
      setText(disc, point.sign);
      setText(label, point.label);
      setAttributes(made, {
        class: `point ${point.side ?? ""}`,
        "aria-label": point.name,
        "aria-pressed": point.chosen ? "true" : "false",
      });
    },
  };
}

function chart(context, node) {
  const help = element("p", { class: "indication", id: `${node.id}-aide` });
  const caption = element("figcaption");
  const still = element("div", { class: "fond-graphique" });
  const plot = element("div", { class: "zone-graphique" }, [still]);
  const vertical = element("p", { class: "axe-vertical", "aria-hidden": "true" });
  const horizontal = element("p", { class: "axe-horizontal", "aria-hidden": "true" });
  const made = element("figure", { class: "graphique" }, [caption, help, vertical, plot, horizontal]);
  const points = new Map();
  let shown = "";
  let opened = false;

  const drawStill = (next) => {
    const grid = next.yTicks.map(([y]) => svgElement("line", { class: "grille", x1: 0, x2: 100, y1: 100 - y, y2: 100 - y }));
    still.replaceChildren(
      ...next.zones.map((zone) => {
        const area = element("span", { class: `zone ${zone.look ?? ""}`, "aria-hidden": "true" }, [element("span", {}, [zone.text])]);
        Object.assign(area.style, {
          left: `${zone.x}%`,
          bottom: `${zone.y}%`,
          width: `${zone.width}%`,
          height: `${zone.height}%`,
        });
        return area;
      }),
      svgElement("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" }, grid),
      ...next.xTicks.map(([x, text]) => placed("graduation-x", x, 0, text)),
      ...next.yTicks.map(([y, text]) => placed("graduation-y", 0, y, text)),
    );
  };

  return {
    element: made,
    update(next) {
      setText(caption, next.title);
      caption.hidden = !next.title;
      setText(help, next.help ?? "");
      help.hidden = !next.help;
      made.classList.toggle("mobile", next.points.length > 0);
      setText(vertical, next.yLabel);
      setText(horizontal, next.xLabel);
      setAttributes(plot, { role: next.points.length ? "group" : "img", "aria-label": next.alt });
      const { points: _points, ...rest } = next;
      if (shown !== JSON.stringify(rest)) {
        shown = JSON.stringify(rest);
        drawStill(next);
      }
      for (const [key, part] of points) {
        if (next.points.some((point) => point.key === key)) continue;
        part.element.remove();
        points.delete(key);
      }
      next.points.forEach((point) => {
        if (!points.has(point.key)) {
          points.set(point.key, pointButton(context, next.id, point.key, plot, help.id));
          plot.append(points.get(point.key).element);
        }
        points.get(point.key).update(point);
      });
      // On a phone, what deserves to come first is at the right of a chart that is wider than the screen.
      if (!opened && next.points.length) requestAnimationFrame(() => (made.scrollLeft = made.scrollWidth));
      opened = next.points.length > 0;
    },
  };
}

export const pictureComponents = { upload, picture, gallery, bars, checks, chart };
