// Talks to the page's kernel: Jupyter's websocket protocol (v1, binary frames), nothing more.
// It keeps what is sent while the connection is down, reconnects by itself, and says when the kernel is gone.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const RETRY_MS = [250, 500, 1000, 2000, 4000];

const identifier = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** One binary frame: count of offsets, offsets (64-bit little endian), channel, four JSON parts, buffers. */
export function pack(channel, header, parent, metadata, content, buffers = []) {
  const json = [header, parent, metadata, content].map((part) => encoder.encode(JSON.stringify(part)));
  const parts = [encoder.encode(channel), ...json, ...buffers.map((buffer) => new Uint8Array(buffer))];
  const count = parts.length + 1;
  const offsets = [8 * (count + 1)];
  for (const part of parts) offsets.push(offsets.at(-1) + part.byteLength);
  const frame = new Uint8Array(offsets.at(-1));
  const view = new DataView(frame.buffer);
  view.setBigUint64(0, BigInt(count), true);
  offsets.forEach((offset, index) => view.setBigUint64(8 * (index + 1), BigInt(offset), true));
  parts.forEach((part, index) => frame.set(part, offsets[index]));
  return frame.buffer;
}

/** The inverse of `pack`: {channel, header, parent, metadata, content, buffers: DataView[]}. */
export function unpack(buffer) {
  const view = new DataView(buffer);
  const count = Number(view.getBigUint64(0, true));
  const offsets = Array.from({ length: count }, (_, index) => Number(view.getBigUint64(8 * (index + 1), true)));
  const text = (index) => decoder.decode(buffer.slice(offsets[index], offsets[index + 1]));
  const [header, parent, metadata, content] = [1, 2, 3, 4].map((index) => JSON.parse(text(index)));
  const buffers = [];
  for (let index = 5; index < count - 1; index++) {
    buffers.push(new DataView(buffer, offsets[index], offsets[index + 1] - offsets[index]));
  }
  return { channel: text(0), header, parent, metadata, content, buffers };
}

/**
 * The connection to one kernel. Handlers: `onMessage(message)`, `onState("ouverte" | "perdue" | "close")`.
 * "perdue" means that it is being tried again; "close" means that the kernel no longer exists.
 */
export class KernelConnection {
  constructor(baseUrl, kernelId, handlers) {
    this.root = new URL(baseUrl, location.href);
    this.kernelId = kernelId;
    this.handlers = handlers;
    this.session = identifier();
    this.queue = [];
    this.attempts = 0;
    this.finished = false;
    this.connect();
  }

  connect() {
    const url = new URL(`api/kernels/${this.kernelId}/channels`, this.root);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("session_id", this.session);
    const socket = new WebSocket(url, [PROTOCOL]);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.attempts = 0;
      // What waited goes first: a fresh kernel must hear what was typed before it is asked for its own screen.
      for (const frame of this.queue.splice(0)) socket.send(frame);
      this.handlers.onState("ouverte");
    };
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = () => this.lost();
    this.socket = socket;
  }

  receive(data) {
    if (typeof data === "string") return;
    const message = unpack(data);
    if (message.header.msg_type === "status") {
      const state = message.content.execution_state;
      if (state === "dead" || state === "restarting") this.end();
    }
    this.handlers.onMessage(message);
  }

  async lost() {
    if (this.finished) return;
    if (this.attempts > 0) this.handlers.onState("perdue");
    if (await this.isGone()) {
      this.end();
      return;
    }
    const wait = RETRY_MS[Math.min(this.attempts, RETRY_MS.length - 1)];
    this.attempts += 1;
    setTimeout(() => !this.finished && this.connect(), wait);
  }

  /** Does the server answer that this kernel is no more? (no answer at all: unknown, so not gone) */
  async isGone() {
    try {
      const reply = await fetch(new URL(`api/kernels/${this.kernelId}`, this.root), { cache: "no-store" });
      return reply.status === 404;
    } catch {
      return false;
    }
  }

  end() {
    if (this.finished) return;
    this.finished = true;
    this.socket.close();
    this.handlers.onState("close");
  }

  /** Sends on the shell channel; kept until the connection is there. Returns the message's identifier. */
  send(type, content, { metadata = {}, buffers = [] } = {}) {
    const header = {
      msg_id: identifier(),
      username: "",
      session: this.session,
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const frame = pack("shell", header, {}, metadata, content, buffers);
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
    else if (!this.finished) this.queue.push(frame);
    return header.msg_id;
  }

  /** The page goes away for good: tells the server, which frees the kernel at once. */
  release() {
    if (this.finished) return;
    this.finished = true;
    const body = new FormData();
    const cookie = document.cookie.match(/(?:^|;\s*)_xsrf=([^;]+)/);
    if (cookie) body.set("_xsrf", decodeURIComponent(cookie[1]));
    navigator.sendBeacon(new URL(`voila/api/shutdown/${this.kernelId}`, this.root), body);
  }
}
