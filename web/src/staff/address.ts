import { signal } from "@preact/signals";

// The address of the page as state: every view has one, and the browser's back
// button works. Links are plain <a href>; those below `root` stay on the page.
export class Address {
  readonly path = signal("");
  readonly query = signal(new URLSearchParams());

  constructor(private readonly page: Window, private readonly root: string) {
    this.read();
    page.addEventListener("popstate", () => this.read());
    page.document.addEventListener("click", (event) => this.follow(event));
  }

  // go shows another view. replace leaves no step for the back button.
  go(to: string, replace = false): void {
    const { pathname, search } = this.page.location;
    if (to === pathname + search) return;
    if (replace) this.page.history.replaceState(null, "", to);
    else this.page.history.pushState(null, "", to);
    this.read();
  }

  // parts are the steps below the root: /console/c/42 under /console is ["c", "42"].
  parts(): string[] {
    return steps(this.path.value, this.root);
  }

  private read(): void {
    this.path.value = this.page.location.pathname;
    this.query.value = new URLSearchParams(this.page.location.search);
  }

  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!link || link.hasAttribute("target") || link.hasAttribute("download")) return;
    const to = new URL(link.getAttribute("href") ?? "", this.page.location.href);
    if (to.origin !== this.page.location.origin || !below(to.pathname, this.root)) return;
    event.preventDefault();
    this.go(to.pathname + to.search);
  }
}

function below(path: string, root: string): boolean {
  return path === root || path.startsWith(root + "/");
}

export function steps(path: string, root: string): string[] {
  if (!below(path, root)) return [];
  const parts = path.slice(root.length).split("/").filter(Boolean);
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return []; // a broken escape names no view
  }
}
