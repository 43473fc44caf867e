/* <sortable-table><table>…</table></sortable-table>: the heads sort the rows in place, without asking the server.
   Where heads are links (the server sorts, over all pages), the links stay in charge. */

const direction = { ascending: 1, descending: -1 };

class SortableTable extends HTMLElement {
  connectedCallback() {
    new ResizeObserver(() => this.reach()).observe(this);
    const rows = this.querySelectorAll("tbody tr");
    if (rows.length < 3 || this.querySelector("thead a")) return;
    this.querySelectorAll("thead th").forEach((head, index) => {
      if (head.classList.contains("bar")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => this.sort(head, index));
      head.append(button);
    });
  }

  /* A table wider than the screen can be reached and moved by keyboard. */
  reach() {
    const wide = this.scrollWidth > this.clientWidth;
    const region = { tabindex: "0", role: "region", "aria-label": this.querySelector("caption").textContent };
    for (const [name, value] of Object.entries(region)) {
      if (wide) this.setAttribute(name, value);
      else this.removeAttribute(name);
    }
  }

  sort(head, index) {
    const order = head.getAttribute("aria-sort") === "descending" ? "ascending" : "descending";
    this.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order);
    const body = this.querySelector("tbody");
    const rows = [...body.rows].map((row) => [keyOf(row.cells[index]), row]);
    rows.sort(([one], [other]) => compare(one, other) * direction[order]);
    body.append(...rows.map(([, row]) => row));
  }
}

function keyOf(cell) {
  const marked = cell.querySelector("data[value], time[datetime]");
  if (!marked) return cell.textContent.trim();
  return marked.tagName === "DATA" ? Number(marked.value) : marked.dateTime;
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one === "number") return 1; /* a dash stands below every number */
  if (typeof other === "number") return -1;
  return one.localeCompare(other, document.documentElement.lang);
}

customElements.define("sortable-table", SortableTable);
