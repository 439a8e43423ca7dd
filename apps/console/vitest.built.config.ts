import { defineConfig } from 'vitest/config';

/** Tests of what was built: its size (`*.e2e.spec.ts`), and how it goes in a browser (`*.browser.spec.ts`). */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.{e2e,browser}.spec.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
