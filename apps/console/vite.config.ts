import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compressed } from './compressed.ts';

/** Where `npm run console` finds the API. */
const API = process.env['CRIER_URL'] ?? 'http://127.0.0.1:8080';

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
