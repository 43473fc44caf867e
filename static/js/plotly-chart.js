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
    picture.before(place);
    await Plotly.newPlot(place, figure.data, { ...figure.layout, autosize: true }, { responsive: true, displayModeBar: false, locale: document.documentElement.lang });
    place.on("plotly_click", ({ points: [point] }) => {
      const address = point.customdata?.href ?? point.customdata;
      if (typeof address === "string" && address.startsWith("/")) window.location.assign(address);
    });
    picture.hidden = true;
    this.button.parentElement.hidden = true;
  }
}

customElements.define("plotly-chart", PlotlyChart);
