// The « Rendre mon travail » button. Saving is the notebook's own command; Python checks that the file is up to date.
function save(node) {
  const app = window.jupyterapp;
  if (app && app.commands && app.commands.hasCommand("docmanager:save")) {
    return app.commands.execute("docmanager:save");
  }
  const keys = { key: "s", code: "KeyS", keyCode: 83, bubbles: true, cancelable: true };
  const mac = navigator.platform.startsWith("Mac");
  node.dispatchEvent(new KeyboardEvent("keydown", { ...keys, ctrlKey: !mac, metaKey: mac }));
  return new Promise((resolve) => setTimeout(resolve, 700));
}

function render({ model, el }) {
  const form = document.createElement("form");
  form.className = "atelier-rendre";
  form.lang = "fr";
  const label = document.createElement("label");
  label.textContent = "Votre prénom et votre nom, ou votre identifiant";
  const input = document.createElement("input");
  input.type = "text";
  input.autocomplete = "name";
  input.required = true;
  label.append(input);
  const button = document.createElement("button");
  button.type = "submit";
  button.textContent = "Rendre mon travail";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  form.append(label, button, status);
  el.append(form);

  const show = () => {
    label.hidden = !model.get("ask_name");
    input.required = model.get("ask_name");
    if (model.get("learner")) input.value = model.get("learner");
    status.textContent = model.get("status");
    status.dataset.state = model.get("state");
    button.disabled = false;
  };
  model.on("change", show);
  show();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    status.textContent = "Enregistrement…";
    try {
      await save(el);
    } catch (error) {
      // Python says what to do when the file is not up to date.
    }
    model.set("status", "");
    model.send({ learner: input.value });
  });
}

export default { render };
