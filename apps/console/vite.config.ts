import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compressed } from './compressed.ts';

/** Where `npm run console` finds the API. */
const API = process.env['CRIER_URL'] ?? 'http://127.0.0.1:8080';

/** What the entry needs. */
const BASE =
  /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|openapi-\w+|openapi-react-query|uuid|clsx|@floating-ui\/[\w-]+|@tanstack\/(history|query-core|react-query|react-router|router-core|store|react-store))\//;

/** Parts of the component library that most pages share. */
const PARTS = /node_modules\/@mantine\//;

export default defineConfig({
  base: '/console/',
  plugins: [react(), compressed()],
  // The gateway puts the nonce of each answer in its place.
  html: { cspNonce: 'CRIER_NONCE' },
  build: {
    target: 'baseline-widely-available',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs in one file: many small ones compress worse.
        codeSplitting: {
          groups: [
            { name: 'base', test: BASE },
            { name: 'parts', test: PARTS, minShareCount: 9 },
          ],
        },
      },
    },
    // Says which files the page needs at once: the budget goes by it.
    manifest: true,
  },
  server: { proxy: { '/v1': API } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.spec.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
