/** Where worker modules are: beside the built main file, or among the sources. `main`: `import.meta.url` of the main file. */
export const workerUrls =
  (main: string) =>
  (name: string): URL =>
    main.endsWith('.ts')
      ? new URL(import.meta.resolve(`@crier/adapter-sqlite/${name}`))
      : new URL(`./${name}.js`, main);
