// The widget side of a page: models kept in step with the kernel by comms, and views made by anywidget modules.
// It supports anywidgets only (that is what our apps are made of); it replaces JupyterLab's widget manager here.

const loaded = new Map();

/** The anywidget module of some source text, evaluated once per page. */
function moduleOf(source) {
  if (!loaded.has(source)) {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    loaded.set(source, import(url));
  }
  return loaded.get(source);
}

function setPath(state, path, value) {
  const last = path.at(-1);
  const target = path.slice(0, -1).reduce((inner, key) => inner[key], state);
  target[last] = value;
}

/** One synchronised model, with the interface that anywidget modules expect. */
export class Model {
  constructor(manager, id, state = {}) {
    this.manager = manager;
    this.widget_manager = manager;
    this.model_id = id;
    this.state = state;
    this.changed = new Set();
    this.listeners = [];
    this.ready = new Promise((resolve) => (this.markReady = resolve));
    if (state._esm || state._anywidget_id) this.markReady();
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    this.state[name] = value;
    this.changed.add(name);
    this.emit(`change:${name}`, value);
  }

  save_changes() {
    const state = Object.fromEntries([...this.changed].map((name) => [name, this.state[name]]));
    this.changed.clear();
    if (Object.keys(state).length) this.manager.post(this.model_id, { method: "update", state, buffer_paths: [] });
  }

  send(content, _callbacks, buffers = []) {
    this.manager.post(this.model_id, { method: "custom", content }, buffers);
  }

  on(name, callback, context) {
    this.listeners.push({ name, callback, context });
  }

  off(name, callback) {
    this.listeners = this.listeners.filter(
      (listener) => (name && listener.name !== name) || (callback && listener.callback !== callback),
    );
  }

  emit(name, ...details) {
    for (const listener of [...this.listeners]) {
      if (listener.name === name) listener.callback.apply(listener.context ?? this, details);
    }
  }

  /** A message of the kernel for this model. */
  receive(data, buffers) {
    if (data.method === "custom") {
      this.emit("msg:custom", data.content, buffers);
      return;
    }
    if (data.method !== "update") return;
    (data.buffer_paths ?? []).forEach((path, index) => setPath(data.state, path, buffers[index]));
    Object.assign(this.state, data.state);
    if (this.state._esm) this.markReady();
    for (const name of Object.keys(data.state)) this.emit(`change:${name}`, data.state[name]);
    this.emit("change");
  }
}

/** All models of the page; `connection` may be replaced when a new kernel takes over. */
export class WidgetManager {
  constructor(localModules = {}) {
    this.models = new Map();
    this.localModules = localModules;
    this.connection = null;
  }

  resynchroniseAll() {
    for (const model of this.models.values()) this.resynchronise(model);
  }

  /** Asks the kernel for what may have changed while the page was not connected. */
  resynchronise(model) {
    if (model.state._anywidget_id in this.localModules) model.emit("connexion");
    else this.post(model.model_id, { method: "request_state" });
  }

  post(id, data, buffers = []) {
    this.connection?.send("comm_msg", { comm_id: id, data }, { buffers });
  }

  model(id, state) {
    if (!this.models.has(id)) this.models.set(id, new Model(this, id, state));
    return this.models.get(id);
  }

  async get_model(id) {
    const model = this.model(id);
    await model.ready;
    return model;
  }

  receive(message) {
    const { comm_id: id, data } = message.content;
    if (message.header.msg_type === "comm_open" && message.content.target_name === "jupyter.widget") {
      (data.buffer_paths ?? []).forEach((path, index) => setPath(data.state, path, message.buffers[index]));
      this.model(id, data.state);
    } else if (message.header.msg_type === "comm_msg") {
      this.models.get(id)?.receive(data, message.buffers);
    } else if (message.header.msg_type === "comm_close") {
      this.models.delete(id);
    }
  }

  /** Shows a model in `element`. Returns a promise of the view's clean-up function. */
  async render(model, element) {
    const local = this.localModules[model.get("_anywidget_id")];
    if (!local) {
      this.resynchronise(model);
      await model.ready;
      const style = document.createElement("style");
      style.textContent = model.get("_css") ?? "";
      document.head.append(style);
    }
    const exported = local ?? (await moduleOf(model.get("_esm")));
    const widget = typeof exported.default === "function" ? await exported.default() : (exported.default ?? exported);
    const experimental = { invoke: () => Promise.reject(new Error("invoke is not available here")) };
    await widget.initialize?.({ model, experimental });
    return widget.render?.({ model, el: element, experimental });
  }
}
