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

export interface Shelf {
  get(name: string): string | undefined;
  put(name: string, text: string): boolean; // will it survive a reload?
  remove(name: string): void;
  names(): string[]; // of what is kept, without the prefix, in no particular order
  within(prefix: string): Shelf; // for the names that begin with prefix
  json<T>(name: string): T | undefined;
  putJSON(name: string, value: unknown): boolean;
}

export function makeShelf(store: Store | undefined, prefix: string): Shelf {
  const loose = new Map<string, string>();
  const get = (name: string) => loose.get(name) ?? store?.getItem(prefix + name) ?? undefined;

  function put(name: string, text: string): boolean {
    loose.set(name, text);
    try {
      store?.setItem(prefix + name, text);
      if (store) loose.delete(name);
    } catch {
      // it is full: the text stays in memory
    }
    return !loose.has(name);
  }

  return {
    get,
    put,

    remove(name) {
      loose.delete(name);
      store?.removeItem(prefix + name);
    },

    names() {
      const names = new Set(loose.keys());
      for (let i = store?.length ?? 0; i--; ) {
        const key = store?.key(i);
        if (key?.startsWith(prefix)) names.add(key.slice(prefix.length));
      }
      return [...names];
    },

    within: (more) => makeShelf(store, prefix + more),

    json<T>(name: string): T | undefined {
      try {
        return JSON.parse(get(name) ?? "") as T;
      } catch {
        return undefined;
      }
    },

    putJSON: (name, value) => put(name, JSON.stringify(value)),
  };
}

// deviceStore is a browser's storage, or undefined where it is forbidden.
export function deviceStore(name: "localStorage" | "sessionStorage" = "localStorage"): Store | undefined {
  try {
    return window[name];
  } catch {
    return undefined;
  }
}
