// The HTTP side of PROTOCOL.md §6. Every failure is a Refusal whose text can be
// shown: it says what happened and what is safe.

export class Refusal extends Error {
  constructor(
    readonly status: number, // 0 when there was no answer at all
    readonly code: string, // "offline" when there was no answer at all
    text: string,
    readonly body: unknown,
  ) {
    super(text);
  }
}

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

export class Api {
  // skew is the server's clock minus this device's, in milliseconds; whole seconds.
  skew = 0;

  // ended is called when the server says that nobody is signed in.
  constructor(private readonly fetch: Fetch, private readonly ended: () => void) {}

  get<T>(path: string): Promise<T> {
    return this.call<T>("GET", path);
  }

  call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const init: RequestInit = { method, credentials: "same-origin", headers: { Accept: "application/json" } };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { Accept: "application/json", "Content-Type": "application/json" };
    }
    return this.send<T>(path, init);
  }

  // upload sends a file as it is.
  upload<T>(path: string, file: Blob): Promise<T> {
    return this.send<T>(path, { method: "POST", credentials: "same-origin", headers: { Accept: "application/json", "Content-Type": "application/octet-stream" }, body: file });
  }

  private async send<T>(path: string, init: RequestInit): Promise<T> {
    let answer: Response;
    try {
      answer = await this.fetch(path, init);
    } catch {
      throw new Refusal(0, "offline", "The server cannot be reached. Nothing is lost; try again in a moment.", undefined);
    }
    this.readClock(answer);
    if (answer.status === 204) return undefined as T;
    const read = await content(answer);
    if (answer.ok && read.json) return read.value as T;
    const { code, text } = complaint(read.value);
    if (answer.status === 401 && code !== "login") this.ended();
    throw new Refusal(answer.status, code || "internal", text || unnamed(answer), read.value);
  }

  private readClock(answer: Response): void {
    const date = Date.parse(answer.headers.get("Date") ?? "");
    const skew = date - Date.now();
    // The header has whole seconds and the answer was under way for a while.
    if (Number.isFinite(skew)) this.skew = Math.abs(skew) < 3000 ? 0 : skew;
  }
}

async function content(answer: Response): Promise<{ json: boolean; value: unknown }> {
  try {
    return { json: true, value: await answer.json() };
  } catch {
    return { json: false, value: undefined };
  }
}

function complaint(body: unknown): { code: string; text: string } {
  const error = (body as { error?: { code?: unknown; text?: unknown } } | null | undefined)?.error;
  return {
    code: typeof error?.code === "string" ? error.code : "",
    text: typeof error?.text === "string" ? error.text : "",
  };
}

function unnamed(answer: Response): string {
  if (answer.ok) return "The server gave an answer that this page does not understand. Reload the page.";
  return "The server could not do this now. Nothing is lost; try again in a moment.";
}
