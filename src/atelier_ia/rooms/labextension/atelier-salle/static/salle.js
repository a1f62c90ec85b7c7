// In a training room: the trainer's messages, and a hand to raise, above JupyterLab. Written by hand: no build, no package.
(() => {
  const EVERY = 6000; // milliseconds between two looks

  function activate(app) {
    const base = JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl;
    const token = () => (document.cookie.match(/(?:^|; )_xsrf=([^;]*)/) || [])[1] || "";
    const bar = document.createElement("aside");
    bar.id = "atelier-salle";
    bar.lang = "fr";
    bar.setAttribute("aria-label", "Salle de formation");
    bar.innerHTML = `<style>
      #atelier-salle { position: fixed; right: 1rem; bottom: 2.25rem; z-index: 9000; max-width: 26rem; display: grid; gap: .5rem;
        justify-items: end; font: 16px/1.5 "Atkinson Hyperlegible Next", system-ui, sans-serif; }
      #atelier-salle button { font: inherit; font-weight: 600; padding: .45rem 1rem; border: 0; border-radius: 6px; cursor: pointer;
        background: #24405c; color: #fff; box-shadow: 0 2px 8px rgb(0 0 0 / 25%); }
      #atelier-salle button[aria-pressed="true"] { background: #8a3820; }
      #atelier-salle button:focus-visible { outline: 3px solid #8a3820; outline-offset: 2px; }
      #atelier-salle .mot { background: #fffdf9; color: #1d2733; border: 1px solid #ddd2c1; border-left: 5px solid #8a3820;
        border-radius: 6px; padding: .75rem 1rem; box-shadow: 0 4px 18px rgb(0 0 0 / 22%); }
      #atelier-salle .mot p { margin: 0 0 .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
      #atelier-salle .mot strong { display: block; font-size: .9rem; color: #8a3820; }
    </style><div role="status" class="mots" style="display:grid;gap:.5rem"></div>
    <button type="button" aria-pressed="false">Lever la main</button>`;
    document.body.append(bar);
    const [messages, hand] = [bar.querySelector(".mots"), bar.querySelector("button")];

    function show(title, text) {
      const note = document.createElement("div");
      note.className = "mot";
      const head = document.createElement("strong");
      head.textContent = title;
      const body = document.createElement("p");
      body.textContent = text;
      const close = document.createElement("button");
      close.type = "button";
      close.textContent = "J’ai lu";
      close.addEventListener("click", () => note.remove());
      note.append(head, body, close);
      messages.append(note);
    }

    let asked = 0; // the vote on screen
    function poll(vote) {
      if (!vote || vote.id === asked) {
        if (!vote && asked) { messages.querySelector(".vote")?.remove(); asked = 0; }
        return;
      }
      messages.querySelector(".vote")?.remove();
      asked = vote.id;
      const note = document.createElement("form");
      note.className = "mot vote";
      const head = document.createElement("strong");
      head.textContent = "Vote anonyme";
      const body = document.createElement("p");
      body.textContent = vote.question;
      note.append(head, body);
      const send = async (answer) => {
        const body = JSON.stringify({ vote: { scrutin: vote.id, reponse: answer } });
        const reply = await fetch(`${base}salle/annonces`, {
          method: "POST", body, credentials: "same-origin", headers: { "X-XSRFToken": token(), "Content-Type": "application/json" },
        }).catch(() => ({ ok: false }));
        note.remove();
        if (!reply.ok) { asked = 0; show("Vote", "Votre réponse n’est pas partie ; recommencez si le vote est encore ouvert."); }
      };
      const choice = (text) => { const made = document.createElement("button"); made.textContent = text; note.append(made, " "); return made; };
      if (vote.choix.length) {
        vote.choix.forEach((text, rank) => { const made = choice(text); made.type = "button"; made.addEventListener("click", () => send(rank)); });
      } else {
        const label = document.createElement("label");
        label.textContent = "Minutes gagnées : ";
        const minutes = Object.assign(document.createElement("input"), { type: "number", min: 0, max: 600, required: true });
        label.append(minutes, " ");
        note.append(label);
        choice("Envoyer");
        note.addEventListener("submit", () => send(Number(minutes.value)));
      }
      note.addEventListener("submit", (event) => event.preventDefault());
      messages.append(note);
    }

    function raised(wanted) {
      hand.setAttribute("aria-pressed", String(wanted));
      hand.textContent = wanted ? "Main levée : la formatrice arrive" : "Lever la main";
    }

    let seen = Number(sessionStorage.getItem("atelier-vu") || 0);
    let silent = 0;
    async function look(change) {
      const widget = app.shell.currentWidget;
      const notebook = widget && widget.context ? widget.context.path : "";
      const options = change === undefined
        ? {}
        : { method: "POST", body: JSON.stringify({ main_levee: change }) };
      try {
        const reply = await fetch(`${base}salle/annonces?apres=${seen}&carnet=${encodeURIComponent(notebook)}`, {
          ...options, credentials: "same-origin", headers: { "X-XSRFToken": token(), "Content-Type": "application/json" },
        });
        if (!reply.ok) throw new Error(reply.status);
        const news = await reply.json();
        silent = 0;
        raised(Boolean(news.main_levee));
        poll(news.vote);
        for (const message of news.messages || []) {
          if (message.id > seen) { seen = message.id; show("La formatrice dit", message.texte); }
        }
        if (news.numero && !localStorage.getItem("atelier-numero-" + base)) {
          localStorage.setItem("atelier-numero-" + base, "1");
          show("Votre numéro personnel", `${news.numero}\nIl vous servira à retrouver votre place sur un autre ordinateur.`);
        }
        sessionStorage.setItem("atelier-vu", String(seen));
      } catch (error) {
        silent += 1;
        if (silent === 4) show("Connexion", "L’atelier ne répond plus. Votre travail est enregistré ; attendez un instant.");
      }
    }
    hand.addEventListener("click", () => look(hand.getAttribute("aria-pressed") !== "true"));
    look();
    setInterval(() => look(), EVERY);
  }

  const plugin = { id: "atelier-salle:plugin", autoStart: true, activate };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["atelier-salle"] = {
    init: () => undefined,
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
