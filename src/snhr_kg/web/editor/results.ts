import type { Page } from "./words";

/** What the server made of a query: the query, and the section of the page that shows its results or its error. */
export interface Found {
  query: string;
  section: Element;
}

/**
 * Runs queries without leaving the page: asks for the same page as a browser without scripts would, and takes its
 * results. A query sent by GET goes into the address, so that it can be shared; one sent by POST does not.
 */
export class Results {
  #said = document.getElementById("said")!;
  #stop = document.getElementById("stop")! as HTMLButtonElement;
  #running: AbortController | null = null;

  constructor(
    private readonly page: Page,
    private readonly show: (found: Found) => void,
  ) {
    this.#stop.addEventListener("click", () => this.#running?.abort());
    window.addEventListener("popstate", () => void this.#ask(location.href, {}, null));
    document.addEventListener("submit", (event) => {
      const sent = event.target as HTMLFormElement;
      if (this.section.contains(sent) && sent.hasAttribute("data-view")) this.#submitted(event);
    });
  }

  get section(): Element {
    return document.getElementById("results")!;
  }

  /** Sends this form without leaving the page. */
  listen(form: HTMLFormElement): void {
    form.addEventListener("submit", (event) => this.#submitted(event));
  }

  #submitted(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form, event.submitter);
    const body = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
    const button = event.submitter as HTMLButtonElement | null;
    const method = button?.formMethod || form.method;
    const address = new URL(form.action);
    if (method === "post") {
      void this.#ask(address.href, { method, body }, address.pathname);
    } else {
      address.search = body.toString();
      void this.#ask(address.href, {}, address.href);
    }
  }

  /** Asks for the page, and shows its results; `kept` is what then stands in the address. */
  async #ask(address: string, asked: RequestInit, kept: string | null): Promise<void> {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    this.#busy(true, this.page.running);
    try {
      const response = await fetch(address, { ...asked, headers: { Accept: "text/html" }, signal: running.signal });
      const read = new DOMParser().parseFromString(await response.text(), "text/html");
      const section = read.getElementById("results") ?? read.querySelector("main")!;
      section.id = "results";
      this.section.replaceWith(document.adoptNode(section));
      if (section.getBoundingClientRect().top > innerHeight * 0.8) section.scrollIntoView();
      this.#busy(false, section.querySelector("[data-said]")?.textContent ?? "");
      if (kept && kept !== location.href) history.pushState(null, "", kept);
      this.show({ query: read.querySelector<HTMLTextAreaElement>("form#ask textarea")?.value ?? "", section });
    } catch {
      if (running === this.#running) {
        this.#busy(false, running.signal.aborted ? this.page.stopped : this.page.unreachable);
      }
    }
  }

  #busy(busy: boolean, said: string): void {
    this.#stop.hidden = !busy;
    this.section.toggleAttribute("aria-busy", busy);
    this.#said.textContent = said;
  }
}
