/* What helps whoever writes a report; every page works without it.
   <draft-keeper><form>      keeps what is typed on this device, and gives it back when the page is opened again
   <draft-gone>              on the receipt: forgets the draft
   <leave-fast><a>           clears what is written and leaves, without a way back
   <copy-text><code><button> copies the code
   <print-page><button>      prints the page */

const PLACE = "complaint-draft";
const KEPT_DAYS = 7;
const SECRET = new Set(["token", "about"]);
const OF_THE_PAGE = new Set(["subject", "agency"]); // written already, by the page that is reported

function stored() {
  try {
    const draft = JSON.parse(localStorage.getItem(PLACE) ?? "null");
    return draft && Date.now() - draft.at < KEPT_DAYS * 86400000 ? draft : null;
  } catch {
    return null;
  }
}

function forget() {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    /* a browser that keeps nothing has nothing to forget */
  }
}

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.note = this.querySelector("[data-draft]");
    if (!document.querySelector(".summary[role=alert]")) this.restore();
    this.form.addEventListener("input", () => this.keep());
    this.querySelector("[data-forget]").addEventListener("click", () => {
      forget();
      this.form.reset();
      this.note.hidden = true;
    });
  }

  keep() {
    const fields = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !SECRET.has(name));
    try {
      localStorage.setItem(PLACE, JSON.stringify({ at: Date.now(), fields }));
      this.note.hidden = false;
    } catch {
      this.note.hidden = true;
    }
  }

  restore() {
    const draft = stored();
    if (!draft) return;
    for (const [name, value] of draft.fields) {
      const field = this.form.elements.namedItem(name);
      if (!field || (OF_THE_PAGE.has(name) && field.value)) continue;
      field.value = value;
      field.closest?.("details")?.toggleAttribute("open", value !== "" || field.closest("details").open);
    }
    this.note.hidden = false;
  }
}

class DraftGone extends HTMLElement {
  connectedCallback() {
    forget();
  }
}

class LeaveFast extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      forget();
      document.querySelectorAll("form").forEach((form) => form.reset());
      document.querySelector("main").replaceChildren();
      location.replace(link.href);
    });
  }
}

class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector("code").textContent);
      button.textContent = button.dataset.done;
    });
  }
}

class PrintPage extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

customElements.define("draft-keeper", DraftKeeper);
customElements.define("draft-gone", DraftGone);
customElements.define("leave-fast", LeaveFast);
customElements.define("copy-text", CopyText);
customElements.define("print-page", PrintPage);
