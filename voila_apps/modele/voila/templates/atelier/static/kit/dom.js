// Small helpers to make semantic elements.

/** `element("button", {type: "button", onclick: f}, ["Envoyer"])`; attributes that are null or false are left out. */
export function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...[].concat(children).filter((child) => child !== null && child !== undefined));
  return made;
}

export function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) target[name] = value;
    else if (value === null || value === undefined || value === false) target.removeAttribute(name);
    else if (target.getAttribute(name) !== String(value === true ? "" : value)) {
      target.setAttribute(name, value === true ? "" : value);
    }
  }
}

/** Replaces the text of `target` only when it changes (a live region must not repeat itself). */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Text with blank lines between paragraphs → <p> elements; single line breaks stay. */
export function paragraphs(text) {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim())
    .map((part) => element("p", {}, part.split("\n").flatMap((line, index) => (index ? [element("br"), line] : [line]))));
}

/** Drawn signs, so that no icon font is needed; always beside a word. */
const SIGNS = {
  succes: "M4 10.5l4 4 8-9",
  erreur: "M10 2a8 8 0 1 0 0 16a8 8 0 0 0 0-16zM10 6v4.500M10 13.800v.2",
  alerte: "M10 2.500L18.500 17.500H1.500zM10 8v4M10 14.700v.2",
  info: "M10 2a8 8 0 1 0 0 16a8 8 0 0 0 0-16zM10 9.500v4.500M10 6.200v.2",
  copier: "M7 3h9v10M4 7h9v10H4z",
  fichier: "M5 3h7l3 3v11H5zM8 10h4M8 13h4",
  recommencer: "M15 6a6.5 6.5 0 1 0 1.5 5M16 3v4h-4",
  arreter: "M6 6h8v8H6z",
  suite: "M4 10h11M11 5l5 5-5 5",
  retour: "M16 10H5M9 5l-5 5 5 5",
};

export function sign(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "signe");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SIGNS[name] ?? SIGNS.info);
  svg.append(path);
  return svg;
}
