// What a reader feels, measured in the page: from a key or a click to the frame that shows it, frames while it is scrolled.
import type { Browser, Page } from "playwright-core";

/** A fresh profile: nothing is in any cache. */
export async function fresh(browser: Browser): Promise<Page> {
  return await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
}

/** A page that is live. */
export async function opened(browser: Browser, url: string): Promise<Page> {
  const page = await fresh(browser);
  await page.goto(url);
  await page.locator("[data-live=on]").waitFor();
  await page.locator("main section").first().waitFor();
  return page;
}

export interface First {
  readonly paint: number;
  /** When there was something to read of the page. */
  readonly told: number;
  readonly scripts: readonly string[];
}

/** Keeps the moment of the frame in which something stands there for the first time. */
const told = (selector: string): string => `globalThis.told = new Promise((resolve) =>
  new MutationObserver((_, observer) => {
    if (!document.querySelector(${JSON.stringify(selector)})) return;
    observer.disconnect();
    requestAnimationFrame(() => resolve(performance.now()));
  }).observe(document, { childList: true, subtree: true }))`;

/** First paint with content, and the scripts that were loaded until what `selector` finds was there. Milliseconds. */
export async function first(browser: Browser, url: string, selector = "main section"): Promise<First> {
  const page = await fresh(browser);
  await page.addInitScript(told(selector));
  await page.goto(url);
  const read = await page.evaluate<number>("told");
  const paint = await page.evaluate<number>(
    `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntriesByName("first-contentful-paint")[0].startTime)).observe({ type: "paint", buffered: true }))`,
  );
  const scripts = await page.evaluate<string[]>(
    `performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname).filter((path) => path.endsWith(".js"))`,
  );
  await page.context().close();
  return { paint, told: read, scripts };
}

/** Milliseconds from what a person does to the frame that shows it. `type`: the event that is waited for. */
export async function felt(page: Page, type: "keydown" | "click", act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(`globalThis.shown = new Promise((resolve) => {
    addEventListener("${type}", (event) => {
      const begun = event.timeStamp;
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
    }, { once: true, capture: true });
  }), 0`);
  await act();
  return await page.evaluate<number>("shown");
}

/** Scrolls through `selector` (the page itself: "html") in so many frames; milliseconds of each frame. */
export async function scrolled(page: Page, selector: string, frames: number): Promise<readonly number[]> {
  return await page.evaluate<number[]>(`(async () => {
    const frame = document.querySelector(${JSON.stringify(selector)});
    const most = frame.scrollHeight - frame.clientHeight;
    const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const seen = [];
    let before = await next();
    for (let n = 1; n <= ${frames}; n += 1) {
      frame.scrollTop = (most * n) / ${frames};
      const now = await next();
      seen.push(now - before);
      before = now;
    }
    return seen;
  })()`);
}

/** Resolves in `page` with the time of the frame in which a text is there for the first time. */
export const awaitText = (page: Page, text: string): Promise<unknown> =>
  page.evaluate(`globalThis.shown = new Promise((resolve) => {
    const look = () => document.body.textContent.includes(${JSON.stringify(text)});
    new MutationObserver((_, observer) => {
      if (!look()) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(Date.now()));
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }), 0`);
