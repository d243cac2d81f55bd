import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';

import type { SampleGateway } from './sample-gateway';

/** Where the pictures go. */
const OUT = process.env.SCREENS ?? 'target/screens';
const ONLY = process.argv[3] ?? '';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const problems: string[] = [];
mkdirSync(OUT, { recursive: true });

export function launched(...args: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', ...args,
    ],
  });
}

/** One combination of language, colours and device on its way through the screens. */
export class Walk<Gateway extends SampleGateway = SampleGateway> {
  constructor(
    readonly name: string,
    readonly origin: string,
    readonly context: BrowserContext,
    readonly gateway: Gateway,
  ) {}

  page(path: string): Promise<Page> {
    return this.open(this.origin + path);
  }

  /** A page from a file, under an ending that browsers know. */
  file(path: string): Promise<Page> {
    const copy = `${OUT}/report.html`;
    copyFileSync(path, copy);
    return this.open(pathToFileURL(copy).href);
  }

  private async open(address: string): Promise<Page> {
    const page = await this.context.newPage();
    page.on('pageerror', (error) => problems.push(`${this.name} ${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (4|503)|ERR_INTERNET/.test(message.text())) problems.push(`${this.name} ${page.url()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(this.origin) && !/^(blob|data|file):/.test(request.url())) problems.push(`${this.name}: left the origin: ${request.url()}`);
    });
    await page.goto(address);
    return page;
  }

  async shot(page: Page, screen: string, wholePage = true): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(120);
    await page.screenshot({ path: `${OUT}/${screen}-${this.name}.png`, fullPage: wholePage });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(root: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } };
      return axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    });
    for (const violation of violations) {
      const [node] = violation.nodes;
      problems.push(`${this.name} ${screen}: ${violation.id} ${node?.html.slice(0, 160)} ${node?.failureSummary.replace(/\s+/g, ' ').slice(0, 200)}`);
    }
  }
}

/**
 * Walks a story in both languages, light and dark, phone and desktop (or only where the name has what the first argument says), and ends the
 * program: badly on a violation that axe finds, an error in a page, a breach of the content security policy or a request that leaves the origin.
 */
export async function walkAll<Gateway extends SampleGateway>(
  browser: Browser,
  gatewayFor: () => Gateway,
  story: (walk: Walk<Gateway>, language: 'ko' | 'en') => Promise<void>,
): Promise<never> {
  for (const language of ['ko', 'en'] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      for (const [device, viewport] of [['phone', { width: 390, height: 844 }], ['desktop', { width: 1280, height: 800 }]] as const) {
        const name = `${language}-${scheme}-${device}`;
        if (!name.includes(ONLY)) continue;
        const gateway = gatewayFor();
        const origin = await gateway.listen();
        const context = await browser.newContext({
          viewport, colorScheme: scheme, locale: language === 'ko' ? 'ko-KR' : 'en-US', timezoneId: 'Asia/Seoul', reducedMotion: 'reduce',
          permissions: ['camera', 'clipboard-read', 'clipboard-write'],
        });
        context.setDefaultTimeout(10_000);
        try {
          await story(new Walk(name, origin, context, gateway), language);
        } catch (error) {
          problems.push(`${name}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
        }
        await context.close();
        gateway.close();
        console.log(name, 'done');
      }
    }
  }
  await browser.close();
  console.log(problems.length === 0 ? 'No problems.' : problems.join('\n'));
  process.exit(problems.length === 0 ? 0 : 1);
}
