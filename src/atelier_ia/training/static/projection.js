// Projection: the lesson's own cells, one heading at a time, full screen. Nothing is copied, so outputs stay alive.
const HIDDEN = "data-atelier-hors";

function cellsOf(panel) {
  return [...panel.querySelectorAll(".jp-Notebook .jp-Cell")];
}

// A slide begins at each rendered title of the first two levels; what stands before the first belongs to it.
function slidesOf(panel) {
  const slides = [];
  for (const cell of cellsOf(panel)) {
    const begins = cell.classList.contains("jp-MarkdownCell") && cell.querySelector(".jp-MarkdownOutput h1, .jp-MarkdownOutput h2");
    if (begins || !slides.length) slides.push([]);
    slides[slides.length - 1].push(cell);
  }
  return slides;
}

function button(text, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

class Projection {
  constructor(panel, opener) {
    this.panel = panel;
    this.opener = opener;
    this.current = 0;
    this.keys = (event) => this.onKey(event);
    this.screen = () => document.fullscreenElement || this.stop();
  }

  start() {
    const focused = document.activeElement && document.activeElement.closest(".jp-Cell");
    const begin = slidesOf(this.panel).findIndex((slide) => slide.includes(focused));
    this.bar = document.createElement("div");
    this.bar.className = "atelier-projection-barre";
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", "Projection");
    this.bar.lang = "fr";
    this.place = document.createElement("span");
    this.place.setAttribute("role", "status");
    this.before = button("Précédent", () => this.go(this.current - 1));
    this.after = button("Suivant", () => this.go(this.current + 1));
    this.bar.append(this.before, this.place, this.after, button("Quitter", () => this.stop()));
    this.panel.append(this.bar);
    this.panel.classList.add("atelier-projection");
    document.addEventListener("keydown", this.keys, true);
    this.go(Math.max(begin, 0));
    const asked = this.panel.requestFullscreen ? this.panel.requestFullscreen() : Promise.reject();
    asked.then(() => document.addEventListener("fullscreenchange", this.screen)).catch(() => {}); // fills the window
    this.after.focus();
  }

  go(wanted) {
    const slides = slidesOf(this.panel);
    this.current = Math.min(Math.max(wanted, 0), slides.length - 1);
    slides.forEach((slide, index) =>
      slide.forEach((cell) => cell.toggleAttribute(HIDDEN, index !== this.current))
    );
    this.place.textContent = `${this.current + 1} sur ${slides.length}`;
    this.before.disabled = this.current === 0;
    this.after.disabled = this.current === slides.length - 1;
    const scroller = this.scroller();
    if (scroller) scroller.scrollTop = 0;
  }

  scroller() {
    return this.panel.querySelector(".jp-WindowedPanel-outer") || this.panel.querySelector(".jp-Notebook");
  }

  // A long part is read screen by screen before the next one: a remote control has two keys only.
  turn(way) {
    const scroller = this.scroller();
    const last = cellsOf(this.panel).filter((cell) => !cell.hasAttribute(HIDDEN)).pop();
    if (scroller && last) {
      const view = scroller.getBoundingClientRect();
      const left = way > 0 ? last.getBoundingClientRect().bottom - view.bottom : scroller.scrollTop;
      if (left > 8) {
        scroller.scrollBy(0, way * Math.min(left + 16, view.height * 0.85));
        return;
      }
    }
    this.go(this.current + way);
  }

  onKey(event) {
    const writing = event.target.closest && event.target.closest("input, textarea, select, .cm-editor, [contenteditable=true]");
    const forward = event.key === "PageDown" || (!writing && event.key === "ArrowRight");
    const back = event.key === "PageUp" || (!writing && event.key === "ArrowLeft");
    const leave = event.key === "Escape" && !writing && !document.fullscreenElement;
    if (!forward && !back && !leave) return;
    event.preventDefault();
    event.stopPropagation();
    if (leave) this.stop();
    else this.turn(forward ? 1 : -1);
  }

  stop() {
    document.removeEventListener("keydown", this.keys, true);
    document.removeEventListener("fullscreenchange", this.screen);
    this.bar.remove();
    this.panel.classList.remove("atelier-projection");
    for (const cell of cellsOf(this.panel)) cell.removeAttribute(HIDDEN);
    if (document.fullscreenElement) document.exitFullscreen();
    this.opener.focus();
  }
}

function render({ el }) {
  const box = document.createElement("div");
  box.className = "atelier-projeter";
  box.lang = "fr";
  const open = button("Projeter cette leçon", () => {
    const panel = el.closest(".jp-NotebookPanel");
    if (panel && !panel.classList.contains("atelier-projection")) new Projection(panel, open).start();
  });
  const help = document.createElement("span");
  help.textContent = "Une partie à la fois, en grand. Page suivante ou flèche pour avancer, Échap pour quitter.";
  box.append(open, help);
  el.append(box);
}

export default { render };
