/* <black-boxes data-page> draws, on the picture of a page, the boxes that the rows below it tell in per cent;
   a box drawn with the mouse, or with the finger while the button is pressed, fills the next empty row. */

const NUMBERS = ["left", "top", "width", "height"];
const SVG = "http://www.w3.org/2000/svg";
const SMALLEST = 0.3; // per cent: less was a click

class BlackBoxes extends HTMLElement {
  connectedCallback() {
    this.paper = this.querySelector(".paper");
    this.layer = this.querySelector("svg g");
    this.rows = this.querySelector(".rows");
    const tools = this.querySelector(".draw");
    const button = tools.querySelector("[data-draw]");
    tools.hidden = false;
    button.addEventListener("click", () => {
      const isOn = this.paper.classList.toggle("drawn-on");
      button.setAttribute("aria-pressed", String(isOn));
    });
    this.rows.querySelectorAll("[data-clear]").forEach((clear) => (clear.hidden = false));
    this.rows.addEventListener("input", () => this.show());
    this.rows.addEventListener("click", (event) => {
      if (event.target.matches("[data-clear]")) this.fill(event.target.closest("li"), null);
    });
    this.paper.addEventListener("dragstart", (event) => event.preventDefault());
    this.paper.addEventListener("pointerdown", (event) => this.begin(event));
    this.show();
  }

  field(row, name) {
    return row.querySelector(`[name$="-${name}"]`);
  }

  box(row) {
    const box = NUMBERS.map((name) => this.field(row, name).value.trim());
    return box.every((number) => number !== "") ? box.map(Number) : null;
  }

  show(drawn = null) {
    const here = [...this.rows.children].filter((row) => (this.field(row, "page").value || "1") === this.dataset.page);
    const boxes = here.map((row) => this.box(row)).filter(Boolean);
    this.layer.replaceChildren(...[...boxes, ...(drawn ? [drawn] : [])].map((box) => this.rect(box)));
  }

  rect(box) {
    const rect = document.createElementNS(SVG, "rect");
    ["x", "y", "width", "height"].forEach((name, place) => rect.setAttribute(name, box[place] * 10));
    return rect;
  }

  place(event) {
    const edge = this.paper.getBoundingClientRect();
    const part = (at, start, length) => Math.min(Math.max(((at - start) / length) * 100, 0), 100);
    return [part(event.clientX, edge.left, edge.width), part(event.clientY, edge.top, edge.height)];
  }

  begin(event) {
    if (event.button !== 0 || (event.pointerType !== "mouse" && !this.paper.classList.contains("drawn-on"))) return;
    event.preventDefault();
    const start = this.place(event);
    this.paper.setPointerCapture(event.pointerId);
    const between = (now) => {
      const [x, y] = [0, 1].map((way) => [start, this.place(now)].map((point) => point[way]).sort((a, b) => a - b));
      return [x[0], y[0], x[1] - x[0], y[1] - y[0]];
    };
    const move = (now) => this.show(between(now));
    const stop = () => {
      this.paper.removeEventListener("pointermove", move);
      this.paper.removeEventListener("pointerup", end);
      this.paper.removeEventListener("pointercancel", stop);
      this.show();
    };
    const end = (now) => {
      const box = between(now);
      if (box[2] > SMALLEST && box[3] > SMALLEST) this.fill(this.emptyRow(), box);
      stop();
    };
    this.paper.addEventListener("pointermove", move);
    this.paper.addEventListener("pointerup", end);
    this.paper.addEventListener("pointercancel", stop);
  }

  fill(row, box) {
    if (!row) return;
    const [left, top] = box ? box.map((number) => Math.floor(number * 10)) : [];
    const [right, bottom] = box ? [box[0] + box[2], box[1] + box[3]].map((number) => Math.ceil(number * 10)) : [];
    const values = box ? [left, top, right - left, bottom - top].map((number) => (number / 10).toFixed(1)) : ["", "", "", ""];
    NUMBERS.forEach((name, place) => (this.field(row, name).value = values[place]));
    this.field(row, "page").value = this.dataset.page;
    this.show();
  }

  /* The first row without numbers; where there is none, one more. */
  emptyRow() {
    const rows = [...this.rows.children];
    const empty = rows.find((row) => NUMBERS.every((name) => this.field(row, name).value === ""));
    if (empty) return empty;
    const total = this.closest("form").querySelector('[name="form-TOTAL_FORMS"]');
    const most = this.closest("form").querySelector('[name="form-MAX_NUM_FORMS"]');
    if (Number(total.value) >= Number(most.value)) return null;
    const row = rows.at(-1).cloneNode(true);
    row.querySelectorAll(".errorlist").forEach((list) => list.remove());
    for (const part of row.querySelectorAll("[name], [for]")) {
      for (const name of ["name", "id", "for"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(/form-\d+-/, `form-${total.value}-`));
      }
    }
    total.value = String(Number(total.value) + 1);
    this.rows.append(row);
    this.fill(row, null);
    return row;
  }
}

customElements.define("black-boxes", BlackBoxes);
