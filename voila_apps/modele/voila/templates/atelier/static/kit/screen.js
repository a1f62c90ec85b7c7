// One screen of an app: draws the tree of components that Python describes, and sends back what the person does.
// Python decides everything; this side draws, keeps what is typed, and moves the focus.

import { components } from "./components.js";
import { element } from "./dom.js";
import { figureComponents } from "./figures.js";
import { formComponents } from "./forms.js";
import { pictureComponents } from "./pictures.js";
import { readingComponents } from "./reading.js";
import { writingComponents } from "./writing.js";

const registry = {
  ...components,
  ...readingComponents,
  ...writingComponents,
  ...figureComponents,
  ...pictureComponents,
  ...formComponents,
};

/** What the components of one screen share: the fields' values, events to Python, announcements. */
class Context {
  constructor(model, root, live) {
    this.model = model;
    this.root = root;
    this.live = live;
    this.fields = new Map();
    this.letters = new Map();
    this.sequence = 0;
    this.asked = 0; // the last message that told Python what is typed
    this.heard = 0; // the last one that Python had heard when it drew the present tree
    this.waiting = new Map();
  }

  /** Has Python changed its value since `known`? Not by a background redraw that crossed the last message: such a tree
   * ignores what was typed. */
  changed(known, value) {
    return value !== known && (known === null || this.heard >= this.asked);
  }

  values() {
    this.asked = this.sequence;
    const values = {};
    for (const [id, field] of this.fields) values[id] = field.read();
    return values;
  }

  /** Sends an event with all typed values, and a file's bytes; `source` shows that it waits until Python answers. */
  emit(id, detail = {}, source = null, buffers = []) {
    this.sequence += 1;
    this.waiting.set(this.sequence, source);
    source?.setAttribute("aria-busy", "true");
    this.root.dataset.attente = "oui";
    const content = { type: "event", id, detail, values: this.values(), sequence: this.sequence };
    this.model.send(content, undefined, buffers);
  }

  answered(sequence) {
    this.waiting.get(sequence)?.removeAttribute("aria-busy");
    this.waiting.delete(sequence);
    this.settle();
  }

  settle() {
    if (this.waiting.size === 0) delete this.root.dataset.attente;
  }

  forgetWaiting() {
    for (const sequence of [...this.waiting.keys()]) this.answered(sequence);
  }

  announce(text) {
    this.live.textContent = "";
    setTimeout(() => (this.live.textContent = text), 30);
  }

  /** Makes the children of `container` match `nodes`, keeping the components (and what is typed) that remain. */
  draw(container, nodes) {
    const before = container.parts ?? new Map();
    const after = new Map();
    // Without an identifier, a component is the nth of its kind: a message that comes or goes moves nothing else.
    const seen = {};
    const keys = nodes.map((node) => node.id ?? `${node.type} ${(seen[node.type] = (seen[node.type] ?? 0) + 1)}`);
    // What goes away goes first: the others then stay where they are, and so does the focus inside them.
    for (const [key, part] of before) {
      if (nodes[keys.indexOf(key)]?.type === part.type) continue;
      this.drop(part);
      before.delete(key);
    }
    nodes.forEach((node, index) => {
      const key = keys[index];
      let part = before.get(key);
      if (!part) {
        part = registry[node.type](this, node);
        part.type = node.type;
      }
      part.update?.(node);
      after.set(key, part);
      if (container.children[index] !== part.element) container.insertBefore(part.element, container.children[index] ?? null);
    });
    container.parts = after;
  }

  drop(part) {
    part.remove?.();
    for (const inner of part.element.querySelectorAll("*")) inner.parts?.forEach((child) => child.remove?.());
    part.element.parts?.forEach((child) => child.remove?.());
    part.element.remove();
  }
}

function saveFile(name, kind, buffer) {
  const url = URL.createObjectURL(new Blob([buffer], { type: kind }));
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  document.dispatchEvent(new Event("atelier-garde"));
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// The week of this browser's last use, the same word for everybody: it tells a first use of the week from the others.
const WEEK = "atelier-semaine";

function weekSeen() {
  try {
    return localStorage.getItem(WEEK) ?? "";
  } catch {
    return "";
  }
}

function keepWeek(week) {
  try {
    localStorage.setItem(WEEK, week);
  } catch {
    // A browser that keeps nothing counts at each visit.
  }
}

export function render({ model, el }) {
  const body = element("div", { class: "ecran-corps" });
  const live = element("p", { class: "invisible", role: "status" });
  const root = element("div", { class: "ecran" }, [body, live]);
  el.append(root);
  const context = new Context(model, root, live);
  let focused = 0;
  let announced = 0;
  let resuming = false;

  const draw = () => {
    const tree = model.get("tree");
    const held = root.contains(document.activeElement);
    context.heard = tree.heard ?? 0;
    context.draw(body, tree.children ?? []);
    if (resuming) {
      resuming = false;
      context.settle();
    }
    if (tree.announcement && tree.announcement.number > announced) {
      announced = tree.announcement.number;
      context.announce(tree.announcement.text);
    }
    // A message drawn out of sight would leave a sighted person in front of a button that does nothing.
    root.querySelector("#probleme")?.scrollIntoView({ block: "nearest" });
    const moves = tree.focus && tree.focus.number > focused;
    const target = tree.focus && root.querySelector(`#${CSS.escape(tree.focus.id)}`);
    // What held the focus has gone (a stop button, once all is written): back to where the app last put it.
    if (moves || (held && !root.contains(document.activeElement))) target?.focus({ preventScroll: true });
    if (moves) {
      focused = tree.focus.number;
      if (tree.focus.top) root.querySelector(".etapes")?.scrollIntoView({ block: "nearest" });
      else target?.scrollIntoView({ block: "nearest" });
    }
  };

  const receive = (content, buffers) => {
    if (content.type === "answered") context.answered(content.sequence);
    else if (content.type === "append") context.letters.get(content.id)?.append(content.text, content.length);
    else if (content.type === "week") keepWeek(content.week);
    else if (content.type === "file") {
      saveFile(content.name, content.kind, buffers[0]);
      context.announce(`Le fichier ${content.name} est téléchargé.`);
    }
  };

  const greet = () => model.send({ type: "hello", revision: model.get("tree").revision, week: weekSeen() });
  const resume = () => {
    context.forgetWaiting();
    resuming = true;
    root.dataset.attente = "oui"; // until the fresh kernel has drawn what it was told
    focused = 0;
    announced = 0;
    const sequence = (context.sequence += 1);
    model.send({ type: "resume", memory: model.get("tree").memory ?? {}, values: context.values(), sequence });
  };

  model.on("change:tree", draw);
  model.on("msg:custom", receive);
  model.on("connexion", greet);
  model.on("reprise", resume);
  draw();
  greet();
  return () => {
    model.off("change:tree", draw);
    model.off("msg:custom", receive);
  };
}

export default { render };
