// A shelf keeps small texts on this device under one prefix. When the browser
// forbids storage or it is full, texts live only as long as the page: put then says
// so, and callers tell the reader.

export interface Store {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export class Shelf {
  private readonly loose = new Map<string, string>();

  constructor(private readonly store: Store | undefined, private readonly prefix: string) {}

  get(name: string): string | undefined {
    return this.loose.get(name) ?? this.store?.getItem(this.prefix + name) ?? undefined;
  }

  // put reports whether the text will survive a reload.
  put(name: string, text: string): boolean {
    this.loose.set(name, text);
    try {
      this.store?.setItem(this.prefix + name, text);
      if (this.store) this.loose.delete(name);
    } catch {
      // it is full: the text stays in memory
    }
    return !this.loose.has(name);
  }

  remove(name: string): void {
    this.loose.delete(name);
    this.store?.removeItem(this.prefix + name);
  }

  // names lists what is kept, without the prefix, in no particular order.
  names(): string[] {
    const names = new Set(this.loose.keys());
    for (let i = 0; i < (this.store?.length ?? 0); i++) {
      const key = this.store?.key(i);
      if (key?.startsWith(this.prefix)) names.add(key.slice(this.prefix.length));
    }
    return [...names];
  }

  // within is a shelf for the names that begin with prefix.
  within(prefix: string): Shelf {
    return new Shelf(this.store, this.prefix + prefix);
  }

  json<T>(name: string): T | undefined {
    try {
      return JSON.parse(this.get(name) ?? "") as T;
    } catch {
      return undefined;
    }
  }

  putJSON(name: string, value: unknown): boolean {
    return this.put(name, JSON.stringify(value));
  }
}

// deviceStore is a browser's storage, or undefined where it is forbidden.
export function deviceStore(name: "localStorage" | "sessionStorage" = "localStorage"): Store | undefined {
  try {
    return window[name];
  } catch {
    return undefined;
  }
}
