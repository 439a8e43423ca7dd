import '@testing-library/jest-dom/vitest';
import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

/** What a browser has and jsdom does not. */
const absent = {
  matchMedia: (query: string): Partial<MediaQueryList> => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
  ResizeObserver: class {
    observe = () => undefined;
    unobserve = () => undefined;
    disconnect = () => undefined;
  },
  scrollTo: () => undefined,
};

Object.assign(globalThis, absent);
Element.prototype.scrollIntoView = () => undefined;
// Nothing is laid out there: lists that draw what is in view would draw nothing.
for (const side of ['clientWidth', 'clientHeight'])
  Object.defineProperty(Element.prototype, side, { configurable: true, get: () => 800 });
Object.defineProperty(document, 'fonts', { value: new EventTarget() });

configure({ asyncUtilTimeout: 5_000 });

afterEach(() => {
  cleanup();
  notifications.clean();
  vi.unstubAllGlobals();
  sessionStorage.clear();
  localStorage.clear();
});
