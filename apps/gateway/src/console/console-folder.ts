import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the built console lies, seen from an app's main file: in an image with all apps, and in this repository. */
const PLACES = ['../console/', '../../console/dist/'];

/** The folder of the built console, for an app whose main file is `main` (its `import.meta.url`); undefined where none was built. */
export const consoleFolder = (main: string): string | undefined =>
  PLACES.map((place) => fileURLToPath(new URL(place, main))).find((folder) =>
    existsSync(`${folder}index.html`),
  );
