// A shelf keeps small texts on this device under one prefix. When the browser
// forbids storage or it is full, texts live only as long as the page: kept()
// then says so, and callers tell the reader.

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
    const loose = this.loose.get(name);
    if (loose !== undefined) return loose;
    try {
      return this.store?.getItem(this.prefix + name) ?? undefined;
    } catch {
      return undefined;
    }
  }

  // put reports whether the text will survive a reload.
  put(name: string, text: string): boolean {
    try {
      if (this.store) {
        this.store.setItem(this.prefix + name, text);
        this.loose.delete(name);
        return true;
      }
    } catch {
      // full or forbidden: fall through to memory
    }
    this.loose.set(name, text);
    return false;
  }

  remove(name: string): void {
    this.loose.delete(name);
    try {
      this.store?.removeItem(this.prefix + name);
    } catch {
      // nothing was kept there
    }
  }

  // names lists what is kept, without the prefix, in no particular order.
  names(): string[] {
    const names = new Set(this.loose.keys());
    try {
      const store = this.store;
      for (let i = 0; store && i < store.length; i++) {
        const key = store.key(i);
        if (key?.startsWith(this.prefix)) names.add(key.slice(this.prefix.length));
      }
    } catch {
      // only what is in memory
    }
    return [...names];
  }

  // within is a shelf for the names that begin with prefix.
  within(prefix: string): Shelf {
    return new Shelf(this.store, this.prefix + prefix);
  }

  json<T>(name: string): T | undefined {
    const text = this.get(name);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch {
      return undefined;
    }
  }

  putJSON(name: string, value: unknown): boolean {
    return this.put(name, JSON.stringify(value));
  }
}

// deviceStore is the browser's storage, or undefined where it is forbidden.
export function deviceStore(): Store | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
