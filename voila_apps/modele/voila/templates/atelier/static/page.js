// Starts a page: connects to its kernel, shows its widgets, and stands by the person when the connection breaks.
// What was typed never leaves the memory of this tab (no storage): letters hold personal data.

import { KernelConnection } from "./kernel.js";
import * as screen from "./kit/screen.js";
import { WidgetManager } from "./widgets.js";

const LOST_AFTER_MS = 1500;
const VIEW = "application/vnd.jupyter.widget-view+json";
const STATE = "application/vnd.atelier.screen+json";

/** Reads the kernel and the widgets of a page of ours, either this one or one fetched again. */
function readPage(root) {
  const text = root.querySelector("#atelier-page")?.textContent;
  const outputs = [...root.querySelectorAll("[data-sortie]")].map((place) => ({
    place,
    data: JSON.parse(place.querySelector("script").textContent),
  }));
  return text ? { config: JSON.parse(text), outputs } : null;
}

const manager = new WidgetManager({ "atelier_ia.apps.kit.screen.Screen": screen });
const notice = document.querySelector("#connexion");
let connection = null;
let timer = 0;

function say(template) {
  clearTimeout(timer);
  notice.replaceChildren(...(template ? [document.querySelector(template).content.cloneNode(true)] : []));
  notice.querySelector("button")?.addEventListener("click", reopen);
}

function onState(state) {
  document.documentElement.dataset.connexion = state;
  if (state === "ouverte") {
    say(null);
    manager.resynchroniseAll();
  } else if (state === "perdue") {
    clearTimeout(timer);
    timer = setTimeout(() => say("#connexion-perdue"), LOST_AFTER_MS);
  } else {
    say("#session-fermee");
  }
}

function connect(config) {
  connection = new KernelConnection(config.baseUrl, config.kernelId, {
    onMessage: (message) => manager.receive(message),
    onState,
  });
  manager.connection = connection;
}

/** A new kernel for the same page: what was typed here is handed over to it, without a reload. */
async function reopen() {
  say("#session-reprise");
  let page = null;
  try {
    const reply = await fetch(location.href, { cache: "no-store" });
    if (reply.ok) page = readPage(new DOMParser().parseFromString(await reply.text(), "text/html"));
  } catch {
    // The server does not answer: the notice comes back, the text stays.
  }
  const fresh = page?.outputs.map((output) => output.data[STATE]).filter(Boolean) ?? [];
  const known = [...manager.models.values()].filter((model) => model.get("_anywidget_id") in manager.localModules);
  if (fresh.length === 0 || fresh.length !== known.length) {
    say("#session-fermee");
    return;
  }
  manager.models.clear();
  known.forEach((model, index) => {
    model.model_id = fresh[index].model_id;
    manager.models.set(model.model_id, model);
  });
  document.querySelector("#atelier-page").textContent = JSON.stringify(page.config);
  connect(page.config);
  known.forEach((model) => model.emit("reprise"));
}

async function start() {
  const page = readPage(document);
  if (!page) return;
  connect(page.config);
  for (const { place, data } of page.outputs) {
    const shown = data[STATE] ?? { model_id: data[VIEW].model_id, state: {} };
    await manager.render(manager.model(shown.model_id, shown.state), place);
  }
  document.querySelector("#ouverture")?.remove();
}

// F5 or a closed tab asks first when a long text was typed and neither copied nor downloaded since.
const LONG_TEXT = 80;
const typed = new Set();
document.addEventListener("input", ({ target }) => {
  if (target.matches?.("textarea")) typed.add(target);
});
for (const kept of ["copy", "atelier-garde"]) document.addEventListener(kept, () => typed.clear());
window.addEventListener("beforeunload", (event) => {
  if ([...typed].some((area) => area.isConnected && area.value.trim().length >= LONG_TEXT)) event.preventDefault();
});

window.addEventListener("pagehide", (event) => {
  if (!event.persisted) connection?.release();
});
start();
