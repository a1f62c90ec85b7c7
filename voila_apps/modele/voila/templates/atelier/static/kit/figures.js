// Figures and tables: a drawing is always followed by the same values as text, for those who cannot see it.

import { element, setAttributes, setText } from "./dom.js";

const SPACE = "http://www.w3.org/2000/svg";
const WIDTH = 720;
const HEIGHT = 320;
const EDGE = { left: 64, right: 16, top: 36, bottom: 40 };

function shape(tag, attributes, text = "") {
  const made = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

/** A line over time with the interval of what is forecast: `points` of {label, value, low?, high?}. */
function plot() {
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "courbe", role: "img" });
  const made = element("figure", { class: "figure" }, [svg, element("figcaption")]);
  let shown = "";
  return {
    element: made,
    update(node) {
      const signature = JSON.stringify(node);
      if (signature === shown) return;
      shown = signature;
      svg.setAttribute("aria-label", node.alternative);
      setText(made.querySelector("figcaption"), node.caption);
      svg.replaceChildren(...drawing(node));
    },
  };
}

function drawing({ points, ticks, unit }) {
  const top = ticks.at(-1)[0];
  const x = (index) => EDGE.left + (index / Math.max(points.length - 1, 1)) * (WIDTH - EDGE.left - EDGE.right);
  const y = (value) => HEIGHT - EDGE.bottom - (value / top) * (HEIGHT - EDGE.top - EDGE.bottom);
  const place = (value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`;
  const drawn = [];
  for (const [value, text] of ticks) {
    drawn.push(shape("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(value), y2: y(value), class: "grille" }));
    drawn.push(shape("text", { x: EDGE.left - 8, y: y(value) + 5, "text-anchor": "end" }, text));
  }
  drawn.push(shape("text", { x: 4, y: 16 }, unit));
  const first = points.findIndex((point) => point.low !== undefined);
  const ahead = points.slice(first);
  if (first >= 0) {
    const upper = ahead.map((point, index) => place(point.high, first + index));
    const lower = ahead.map((point, index) => place(point.low, first + index)).reverse();
    drawn.push(shape("polygon", { points: [...upper, ...lower].join(" "), class: "intervalle" }));
  }
  const past = first < 0 ? points : points.slice(0, first);
  drawn.push(shape("polyline", { points: past.map((point, index) => place(point.value, index)).join(" "), class: "passe" }));
  if (first > 0) {
    const line = points.slice(first - 1).map((point, index) => place(point.value, first - 1 + index));
    drawn.push(shape("polyline", { points: line.join(" "), class: "prevu" }));
  }
  const step = Math.max(1, Math.ceil(points.length / 6));
  points.forEach((point, index) => {
    if (index % step) return;
    const anchor = index === 0 ? "start" : "middle";
    drawn.push(shape("text", { x: x(index), y: HEIGHT - 12, "text-anchor": anchor }, point.label));
  });
  return drawn;
}

/** A plain table with its caption; it scrolls inside its own frame when it is too wide. */
function table() {
  const made = element("table");
  const frame = element("div", { class: "tableau", tabindex: "0", role: "region" }, [made]);
  let shown = "";
  return {
    element: frame,
    update(node) {
      setAttributes(frame, { "aria-label": node.caption });
      const signature = JSON.stringify(node);
      if (signature === shown) return;
      shown = signature;
      const head = element("tr", {}, node.columns.map((name) => element("th", { scope: "col" }, [name])));
      const rows = node.rows.map(([first, ...rest]) =>
        element("tr", {}, [element("th", { scope: "row" }, [first]), ...rest.map((cell) => element("td", {}, [cell]))]),
      );
      made.replaceChildren(
        element("caption", { class: "invisible" }, [node.caption]),
        element("thead", {}, [head]),
        element("tbody", {}, rows),
      );
    },
  };
}

export const figureComponents = { plot, table };
