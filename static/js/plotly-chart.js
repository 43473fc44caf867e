/* <plotly-chart src="figure as JSON" script="Plotly's script">…the picture drawn on the server…</plotly-chart>
   Shows the button it holds; a press fetches both and draws in place of the picture. If either fails, the picture stays. */

let loading;

function plotly(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { loading = undefined; reject(new Error(address)); };
    document.head.append(script);
  });
  return loading;
}

class PlotlyChart extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    if (!this.button) return;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.explore());
  }

  async explore() {
    this.button.disabled = true;
    this.setAttribute("aria-busy", "true");
    try {
      const [Plotly, answer] = await Promise.all([plotly(this.getAttribute("script")), fetch(this.getAttribute("src"))]);
      if (!answer.ok) throw new Error(answer.statusText);
      await this.draw(Plotly, await answer.json());
    } catch {
      this.button.disabled = false;
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  async draw(Plotly, figure) {
    const picture = this.firstElementChild;
    const place = document.createElement("div");
    place.className = "plotly";
    place.tabIndex = -1;
    place.setAttribute("role", "figure");
    place.setAttribute("aria-label", figure.layout.meta?.title ?? "");
    const height = Math.max(picture.getBoundingClientRect().height, 320); /* so that the page does not move */
    picture.before(place);
    const { data, layout } = inScheme(figure);
    try {
      await Plotly.newPlot(place, data, { ...layout, height, autosize: true }, { responsive: true, displayModeBar: false });
    } catch (error) {
      place.remove();
      throw error;
    }
    place.on("plotly_click", ({ points: [point] }) => follow(point.customdata));
    picture.hidden = true;
    this.button.parentElement.hidden = true;
    place.focus({ preventScroll: true });
  }
}

/* The figure in the colours of the reader's scheme: it names which of its colours is which variable of the stylesheet. */
function inScheme(figure) {
  const style = getComputedStyle(document.documentElement);
  const colours = Object.entries(figure.layout.meta?.colours ?? {});
  const now = new Map(colours.map(([colour, variable]) => [colour, style.getPropertyValue(variable).trim()]));
  const recoloured = (value) => {
    if (typeof value === "string") return now.get(value) ?? value;
    if (Array.isArray(value)) return value.map(recoloured);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, recoloured(inner)]));
  };
  return { data: recoloured(figure.data), layout: recoloured({ ...figure.layout, meta: undefined }) };
}

function follow(address) {
  if (typeof address === "string" && /^[/?]/.test(address)) window.location.assign(address);
}

customElements.define("plotly-chart", PlotlyChart);
