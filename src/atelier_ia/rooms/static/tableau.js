// The trainer's board: what the room's desk says, every three seconds. Participants' words are shown as text, never as HTML.
const XSRF = document.querySelector("meta[name=atelier-xsrf]").content;
const BASE = document.documentElement.dataset.base;
const element = (id) => document.getElementById(id);
const news = element("nouvelles");
const SIGNS = { "bloqué": "!", "sans nouvelle": "?", "terminé": "✓", "rendu": "✓", "avance": "→", "commence": "·", "absent": "–" };

async function call(path, body) {
  const reply = await fetch(BASE + path, {
    method: body === undefined ? "GET" : "POST",
    body, credentials: "same-origin", headers: { "X-XSRFToken": XSRF },
  });
  if (reply.status === 403) { location.reload(); }
  const data = await reply.json();
  if (!reply.ok) throw new Error(data.message || "Cette action n’a pas abouti.");
  return data;
}

function tell(text, problem = false) {
  news.textContent = text;
  news.className = problem ? "message erreur" : "message";
}

async function act(path, body, waiting) {
  if (waiting) tell(waiting);
  try { tell((await call(path, body ?? new FormData())).message); } catch (error) { tell(error.message, true); }
  refresh();
}

function cell(row, ...content) {
  const box = document.createElement("td");
  box.append(...content);
  row.append(box);
  return box;
}

function button(label, name, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "discret";
  made.textContent = label;
  made.setAttribute("aria-label", `${label} : ${name}`);
  made.addEventListener("click", action);
  return made;
}

function line(person) {
  const row = document.createElement("tr");
  row.dataset.nom = person.nom;
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = person.affiche;
  if (person.main) {
    const hand = document.createElement("span");
    hand.className = "main";
    hand.textContent = "main levée";
    head.append(" ", hand);
  }
  row.append(head);
  const state = document.createElement("span");
  state.className = `etat ${person.etat.replace(" ", "-")}`;
  state.textContent = `${SIGNS[person.etat] || ""} ${person.etat}`;
  cell(row, state);
  cell(row, person.titre || "—");
  const steps = document.createElement("span");
  steps.textContent = person.total ? `${person.faits} / ${person.total}` : "—";
  const detail = cell(row, steps);
  if (person.total) {
    const bar = document.createElement("progress");
    bar.max = person.total;
    bar.value = person.faits;
    bar.setAttribute("aria-label", `${person.faits} exercices réussis sur ${person.total}`);
    detail.append(bar);
  }
  if (person.etat === "bloqué") detail.append(` ${person.essais} essais`);
  const number = button("Montrer", `le numéro de ${person.affiche}`, () => { number.textContent = person.numero; });
  cell(row, number);
  const help = cell(row);
  help.className = "aider";
  if (person.devoir) help.append(button("Voir la copie", person.affiche, () => showCopy(person)));
  if (person.main) help.append(button("Baisser la main", person.affiche, () => act(`main/${person.nom}`)));
  help.append(button("Carnets neufs", person.affiche, () => {
    if (confirm(`Donner des carnets neufs à ${person.affiche} ? Son travail est gardé à part.`)) act(`remise/${person.nom}`);
  }));
  return row;
}

async function showCopy(person) {
  const box = element("copie");
  element("copie-titre").textContent = `${person.affiche} · ${person.titre}`;
  const content = element("copie-texte");
  content.replaceChildren();
  try {
    const { reponses } = await call(`copie/${person.nom}/${person.devoir}`);
    for (const answer of reponses) {
      const title = document.createElement("h3");
      title.textContent = answer.exercice;
      const text = document.createElement("p");
      text.className = "reponse";
      text.textContent = answer.texte || "(pas encore de réponse)";
      content.append(title, text);
    }
    if (!reponses.length) content.textContent = "Rien n’est encore enregistré.";
  } catch (error) {
    content.textContent = error.message;
  }
  box.showModal();
}

function wall(data) {
  document.querySelector(".mur").hidden = !data.question;
  if (!data.question) return;
  element("mur-question").textContent = data.question;
  const voters = `${data.votants} ${data.votants > 1 ? "réponses" : "réponse"}`;
  element("mur-votants").textContent = data.ouvert
    ? `${voters}. Le résultat s’affiche à la clôture du vote.`
    : data.trop_peu ? `${voters} : trop peu pour un résultat anonyme.` : `${voters}.`;
  const most = Math.max(1, ...data.resultat.map(([, count]) => count));
  element("mur-resultat").replaceChildren(...data.resultat.map(([choice, count]) => {
    const group = document.createElement("div");
    const [name, voices, bar] = ["dt", "dd", "progress"].map((tag) => document.createElement(tag));
    name.textContent = choice;
    bar.max = most;
    bar.value = count;
    bar.setAttribute("aria-hidden", "true");
    voices.append(bar, ` ${count}`);
    group.append(name, voices);
    return group;
  }));
  const total = element("mur-minutes");
  total.hidden = !data.minutes;
  total.querySelector("strong").textContent = data.minutes.toLocaleString("fr-FR");
  total.querySelector("span").textContent = data.minutes > 1 ? "minutes gagnées dans cette salle" : "minute gagnée dans cette salle";
}

let last = "";
async function refresh() {
  try {
    const data = await call("etat");
    for (const key of ["presents", "mains", "rendus"]) element(key).textContent = data[key];
    wall(data.mur);
    const text = JSON.stringify(data.participants);
    if (text === last) return;
    last = text;
    const body = document.querySelector("tbody");
    const focus = document.activeElement?.getAttribute?.("aria-label");
    body.replaceChildren(...data.participants.map(line));
    if (focus) [...body.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === focus)?.focus();
    document.querySelector("table").hidden = !data.participants.length;
    element("vide").hidden = data.participants.length > 0;
  } catch (error) {
    tell("Le tableau ne reçoit plus de nouvelles ; il réessaie.", true);
  }
}

element("dire").addEventListener("submit", async (event) => {
  event.preventDefault();
  await act("message", new FormData(event.target));
  event.target.reset();
});
element("voter").addEventListener("submit", async (event) => {
  event.preventDefault();
  await act("vote/question", new FormData(event.target));
});
element("donner").addEventListener("submit", async (event) => {
  event.preventDefault();
  await act("fichier", new FormData(event.target), "Envoi…");
  event.target.reset();
});
for (const one of document.querySelectorAll("[data-geste]")) {
  one.addEventListener("click", () => act(one.dataset.geste, undefined, "En cours…"));
}
element("projeter").addEventListener("click", (event) => {
  const shown = document.body.classList.toggle("projection");
  event.target.setAttribute("aria-pressed", String(shown));
  event.target.textContent = shown ? "Revenir au tableau" : "Projeter l’entrée";
});
refresh();
setInterval(refresh, 3000);
