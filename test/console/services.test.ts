// Services in a real browser: which is worst, how it stood, what of it fires, what can be done about it.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { ask, bookFolder, serving, until } from "../kit/daemon.ts";
import { receiver } from "../kit/receiver.ts";
import { needs } from "../live/needs.ts";

const MANUAL = `# Shop

## SOP-01: Restart the shop

1. Look

   \`\`\`bash {"name":"look","wb-risk":"read"}
   cat beacon
   \`\`\`
`;
/** More than are drawn at once. */
const RACKS = 90;
const book = (target: string): string => `title: Shop
lang: en
zone: Asia/Shanghai
environments: { prod: {} }
people:
  wang: { name: Wang, contact: "+86 10 5550 0100" }
rota:
  first: { title: First line, layers: [{ name: all, people: [wang], every: weekly, from: 2026-11-02 }] }
services:
  calm: { title: Archive }
  shop: { title: "Shop <b>front</b>", owner: Team Lamp, needs: [db] }
  db: { title: Database }
  racks: { title: Racks }
runbooks:
  SOP-01: { service: shop }
checks:
  front: { kind: http, title: The shop answers, service: shop, params: { url: "${target}" } }
  space: { kind: disk, title: Space used, service: shop, params: { path: / }, bands: { bad: above, warn: 0.001, critical: 100 } }
  stone: { kind: file, title: The beacon is lit, service: db, params: { path: beacon } }
  lone: { kind: file, title: Nobody's file, params: { path: beacon } }
${Array.from({ length: RACKS }, (_, n) => `  rack-${n}: { kind: file, title: Rack ${n} is there, service: racks, every: 4m, params: { path: beacon } }`).join("\n")}
rules:
  shop-down: { check: front, severity: P1 }
  full: { check: space, severity: P1, fire: 99.9 }
  dark: { check: stone, severity: P1 }
  lonely: { check: lone, severity: P1 }
${Array.from({ length: RACKS }, (_, n) => `  rack-${n}: { check: rack-${n}, severity: P1 }`).join("\n")}
severities:
  P1: { scale: alert }
alerts: { url: "http://127.0.0.1:7070" }
`;

test("services in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const target = await receiver(t);
  target.state.status = 503;
  const root = bookFolder(t, { "ops.md": MANUAL, "watchbook.yaml": book(target.url) });
  const every = { checks: 200, book: 50, calendar: 50, alerts: 50 };
  const { url, daemon } = await serving(t, root, { every, clock: systemClock, console: builtConsole() });
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);
  await until("an alert", () => daemon.alerts.desk().open.size > 0);
  await until("all were read", () => daemon.checks().every((one) => one.reading !== undefined));
  const reading = await until("space", () => daemon.checks().find(({ spec }) => spec.id === "space")?.reading);
  const now = systemClock.wall();
  const minutes = Array.from({ length: 24 * 12 - 2 }, (_, index) => (index + 1) * 5);
  await daemon.house.store.commit([
    {
      kind: "sample.add",
      samples: minutes
        .filter((ago) => ago < 300 || ago > 480)
        .map((ago) => ({
          ...{ check: "space", target: reading.target, at: now - ago * 60_000 },
          value: 40 + 20 * Math.sin(ago / 90),
          outcome: ago > 1_200 ? ("unknown" as const) : ("pass" as const),
        })),
    },
  ]);

  await each("the API says how each stands, and of nothing that it was well when nobody looked", async () => {
    const { json } = await ask(url, "/api/v1/services");
    assert.deepEqual(
      json.services.map(({ id, state }: { id: string; state: string }) => [id, state]),
      [
        ["shop", "fail"],
        ["db", "pass"],
        ["racks", "pass"],
        ["calm", "none"],
        ["-", "pass"],
      ],
    );
    const past = (await ask(url, "/api/v1/history?service=shop")).json;
    const marks = past.rows.find(({ id }: { id: string }) => id === "space").marks as readonly (string | null)[];
    assert.equal(marks.length, 30);
    assert.ok(marks.includes("unknown") && marks.includes(null) && marks.includes("pass"));
    assert.equal((await ask(url, "/api/v1/history?service=gone")).json.code, "SERVICE-UNKNOWN");
    assert.equal((await ask(url, "/api/v1/checks/gone/series")).json.code, "CHECK-UNKNOWN");
    const { points } = (await ask(url, "/api/v1/checks/space/series")).json;
    assert.ok(points.length > 200 && points.every(({ min, max }: { min: number; max: number }) => min <= max));
  });

  for (const [lang, theme, size] of [
    ["en", "light", "desk"],
    ["zh", "dark", "phone"],
  ] as const)
    await each(`services in ${lang}, ${theme}, ${size}: worst first, then one of them`, async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/services`, { lang, theme, size });
      const width = () => page.evaluate<number>("document.documentElement.scrollWidth");
      await page.getByRole("img", { name: /Shop <b>front<\/b>/ }).waitFor();
      assert.match((await page.locator("main li").allInnerTexts())[0] ?? "", /^Shop <b>front<\/b>/);
      assert.deepEqual(await axe(page), []);
      assert.ok((await width()) <= (size === "phone" ? 360 : 1280));
      await shot(page, `services-${lang}-${theme}`);
      await page.getByRole("link", { name: "Shop <b>front</b>" }).click();
      await page.getByRole("link", { name: "Space used" }).click();
      await page.locator("main canvas").waitFor();
      await page.getByRole("img", { name: lang === "zh" ? /最低.*最高/ : /lowest .* highest/ }).waitFor();
      await page.getByRole("link", { name: /SOP-01/ }).waitFor();
      await page.getByRole("link", { name: "[P1] The shop answers" }).waitFor();
      assert.deepEqual(await axe(page), []);
      assert.ok((await width()) <= (size === "phone" ? 360 : 1280));
      await shot(page, `service-${lang}-${theme}`);
      await page.getByRole("button", { name: lang === "zh" ? "看表格" : "As a table" }).click();
      await page.getByRole("table").waitFor();
      assert.deepEqual(await axe(page), []);
      await shot(page, `service-table-${lang}-${theme}`);
      assert.deepEqual(problems, []);
    });

  await each(
    "of many checks those in sight are drawn, from the one that the address names, and keys lead on",
    async (t) => {
      const { page, problems } = await tab(t, chrome, `${url}/services/racks?check=rack-70`);
      await page.getByRole("link", { name: "Rack 70 is there" }).waitFor();
      const drawn = page.locator("main li[id^=check-rack]");
      assert.ok((await drawn.count()) < 40);
      await page.getByRole("link", { name: "Rack 70 is there" }).focus();
      for (let n = 0; n < 19; n += 1) await page.keyboard.press("j");
      await page.locator(":focus", { hasText: "Rack 89 is there" }).waitFor();
      assert.deepEqual(await axe(page), []);
      await shot(page, "service-many");
      assert.deepEqual(problems, []);
    },
  );

  await each("by keyboard: a check from the palette to its values, and a service that is gone", async (t) => {
    const { page, problems } = await tab(t, chrome, `${url}/`);
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("beacon is lit");
    await page.getByRole("option", { name: "The beacon is lit stone local" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${url}/services/db?check=stone`);
    await page.getByRole("img", { name: /^The beacon is lit: from .* lowest/ }).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.goto(`${url}/services/gone`);
    await page.getByText("There is no service with this name any more.").waitFor();
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(problems, []);
  });
});
