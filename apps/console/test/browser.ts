import { AxeBuilder } from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const installed = PLACES.find((place) => existsSync(place));

/**
 * Runs a suite in this machine's Chromium, or says by name that it is skipped. With `REQUIRE_INTEGRATION=1` a machine without
 * one is a failure.
 */
export const inChromium = (suite: () => void): void => {
  if (installed !== undefined) suite();
  else if (process.env['REQUIRE_INTEGRATION'] === '1')
    it('Chromium can be run', () => {
      throw new Error(`REQUIRE_INTEGRATION=1, but there is none of ${PLACES.join(', ')}`);
    });
  else describe.skip('without Chromium', () => it('is skipped', () => undefined));
};

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: installed ?? '', args: ['--no-sandbox'] });

/** What a page must never do: break its policy, throw, ask another host. */
export const faultsOf = (page: Page, url: string): readonly string[] => {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${url}/`) && !/^(data|blob):/.test(asked)) faults.push(asked);
  });
  return faults;
};

const SCHEMES = ['light', 'dark'] as const;

/** No rule of axe is broken, light or dark. */
export const expectAccessible = async (page: Page): Promise<void> => {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`,
      ),
    );
    expect([page.url(), colorScheme, told]).toEqual([page.url(), colorScheme, []]);
  }
};
