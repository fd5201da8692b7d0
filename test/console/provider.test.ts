// Signing in by the company's provider in a real browser: another site leads back, and the session is there.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { axe, browser, builtConsole, shot, tab } from "../kit/browser.ts";
import { bookFolder, serving } from "../kit/daemon.ts";
import { CLIENT, identities } from "../kit/identity.ts";
import { administrator, CHEAP, TEAM } from "../kit/people.ts";
import { freePort } from "../kit/port.ts";
import { needs } from "../live/needs.ts";

const config = (issuer: string): string => `${TEAM}oidc:
  name: Example login
  issuer: ${issuer}
  client: ${CLIENT.id}
  secret: env:OIDC_SECRET
  people: { sub-wang: wang }
`;

test("the company's sign-in in the console", async (t) => {
  if (!needs(t, "chromium")) return;
  const port = await freePort();
  // By another name than the provider's: for a browser it is another site.
  const url = `http://localhost:${port}`;
  const provider = await identities(t, `${url}/api/oidc/callback`);
  const root = bookFolder(t, { "watchbook.yaml": config(provider.issuer) });
  const on = await serving(t, root, {
    ...{ clock: systemClock, cost: CHEAP, console: builtConsole(), listen: `127.0.0.1:${port}` },
    env: { OIDC_SECRET: CLIENT.secret },
  });
  await administrator(on);
  const chrome = await browser(t);
  const each = (name: string, body: (t: TestContext) => Promise<void>): Promise<void> => t.test(name, body);

  await each("a person of the map is led there and back, to the page that was wanted", async (t) => {
    const { page, problems, forgive } = await tab(t, chrome, `${url}/sign-in?next=/settings`);
    const there = page.getByRole("link", { name: /Example login/ });
    await there.waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, "sign-in-provider");
    await there.click();
    await page.waitForURL(`${url}/settings`);
    await page.getByText("the company's sign-in").waitFor();
    // The provider was asked, and nobody else.
    await forgive(new RegExp(`^asked another host: ${provider.issuer}/`));
    assert.deepEqual(problems, []);
    await page.reload();
    await page.getByRole("button", { name: /Wang.*Sign out/ }).waitFor();
    assert.deepEqual(problems, []);
  });

  await each(
    "whom the map does not have stays out, and is told so; an answer that is sent again finds nothing",
    async (t) => {
      provider.login = { sub: "sub-nobody" };
      const { page } = await tab(t, chrome, `${url}/sign-in`, { lang: "zh", theme: "dark", size: "phone" });
      let answer = "";
      page.on("request", (request) => {
        if (request.url().includes("/api/oidc/callback")) answer = request.url();
      });
      await page.getByRole("link", { name: /Example login/ }).tap();
      await page.getByText(/OIDC-STRANGER/).waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      assert.deepEqual(await axe(page), []);
      await shot(page, "sign-in-stranger-zh-phone");
      await page.goto(answer);
      await page.getByText(/OIDC-STATE/).waitFor();
    },
  );
});
