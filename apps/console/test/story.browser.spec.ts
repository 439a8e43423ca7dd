import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, faultsOf, inChromium, launch } from './browser.ts';
import { startProduct, type Product } from './product.ts';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 375, height: 740 };

/** The second person is on a bot that is none. */
const PEOPLE = 'who,town,bot,address\nx1,Kyiv,demo-shop,55501\nx2,Lviv,nobot,1\n';

inChromium(() => {
  describe('the console in a browser', () => {
    let product: Product;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let faults: readonly string[];

    beforeAll(async () => {
      product = await startProduct();
      browser = await launch();
      context = await browser.newContext({ viewport: WIDE });
      page = await context.newPage();
      faults = faultsOf(page, product.url);
    });

    afterAll(async () => {
      await browser.close();
      await product.stop();
    });

    it('asks who it is whoever comes without a token', async () => {
      await page.goto(`${product.url}/`);
      await page.getByRole('heading', { name: 'Sign in to Crier' }).waitFor();
      await expectAccessible(page);
    });

    it('opens by the link of the greeting, and the token leaves the address', async () => {
      await page.goto('about:blank');
      await page.goto(product.link);
      await page.getByRole('heading', { name: 'Broadcasts' }).waitFor();
      expect(page.url()).not.toContain(product.token);
      await expectAccessible(page);
    });

    it('has an account menu that everybody can use', async () => {
      await page.getByRole('button', { name: 'Your account' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
    });

    it('leads a newcomer to a draft', async () => {
      await page.getByRole('button', { name: 'Make the first broadcast' }).press('Enter');
      await page.waitForURL(/\/broadcasts\/[^/]+\/edit$/);
      await page.getByRole('heading', { level: 1 }).waitFor();
    });

    it('asks in numbers before a draft is deleted, by keyboard alone', async () => {
      await page.goto(`${product.url}/console/broadcasts`);
      await page.getByRole('button', { name: /^Actions for / }).press('Enter');
      await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Delete' });
      await dialog.getByRole('row', { name: 'People who have it 0' }).waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    });

    it.each([WIDE, NARROW])(
      'has no page that is wider than the screen: $width px',
      async (size) => {
        await page.setViewportSize(size);
        await page.goto(`${product.url}/console/broadcasts`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(size.width);
        await expectAccessible(page);
      },
    );

    it('shows what became of a broadcast, part by part', async () => {
      await page.setViewportSize(WIDE);
      const { id } = await product.ask<{ id: string }>('POST', '/v1/broadcasts', {
        name: 'Spring sale <b>1</b>',
        message: { synchronised: true, elements: [{ type: 'text', text: 'Hi {{first_name}}' }] },
      });
      await product.ask('POST', `/v1/broadcasts/${id}/activate`, { start: 'now' });
      await page.goto(`${product.url}/console/broadcasts/${id}`);
      await page.getByText(/^\d+ of [\d,]+ · [\d.]+ people\/s/).waitFor();
      await expectAccessible(page);
      for (const part of ['Recipients', 'As it was sent', 'History']) {
        await page.getByRole('tab', { name: part }).press('Enter');
        await page.getByRole('tabpanel', { name: part }).waitFor();
        await expectAccessible(page);
      }
      await page.getByRole('button', { name: 'Stop for good' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Stop for good' });
      await dialog.getByRole('button', { name: 'Stop for good' }).press('Enter');
      await page.getByText('stopped', { exact: true }).first().waitFor();
    });

    it('brings people in from a file, whatever its columns are called', async () => {
      await page.goto(`${product.url}/console/imports`);
      const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(PEOPLE) };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByLabel('Meaning of who').fill('external_id');
      await page.getByLabel('Meaning of town').fill('var:town');
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Import', exact: true }).press('Enter');
      await page.getByRole('row', { name: /^people\.csv done .* 2 1 0 1/ }).waitFor();
      await page.getByRole('button', { name: 'Save the wrong rows' }).waitFor();
    });

    it.each(['overview', 'contacts', 'imports', 'bots', 'media', 'tokens'])(
      'has a page of %s that everybody can use, wide and narrow',
      async (name) => {
        for (const size of [WIDE, NARROW]) {
          await page.setViewportSize(size);
          await page.goto(`${product.url}/console/${name}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.waitForLoadState('networkidle');
          await expectAccessible(page);
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(width).toBeLessThanOrEqual(size.width);
        }
      },
    );

    it('shows one person with connections and what they got', async () => {
      await page.goto(`${product.url}/console/contacts`);
      await page.getByRole('row').nth(1).getByRole('link').press('Enter');
      await page.waitForURL(/\/contacts\/.+/);
      await page.getByRole('table', { name: 'Connections' }).waitFor();
      await expectAccessible(page);
    });

    it('broke no policy, threw nothing, and asked no other host', () => {
      expect(faults).toEqual([]);
    });
  });
});
