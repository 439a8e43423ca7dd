/** Which methods which paths take: for telling "no such route" from "not with this method". */
export class RouteTable {
  readonly #routes: { readonly pattern: RegExp; readonly methods: Set<string> }[] = [];
  readonly #byUrl = new Map<string, Set<string>>();

  add(url: string, methods: readonly string[]): void {
    const known = this.#byUrl.get(url);
    if (known) {
      for (const method of methods) known.add(method);
      return;
    }
    const source = url
      .split('/')
      .map((part) =>
        part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
      )
      .join('/');
    const entry = { pattern: new RegExp(`^${source}/?$`), methods: new Set(methods) };
    this.#byUrl.set(url, entry.methods);
    this.#routes.push(entry);
  }

  /** The methods that the path takes; none: there is no such path. */
  methodsOf(url: string): readonly string[] {
    const path = url.split('?', 1)[0] ?? url;
    const found = this.#routes.filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  }
}
