// A person who is signed in with a real browser.
import type { Page } from "playwright-core";
import { systemClock } from "../../src/model/time.ts";
import { ask } from "./daemon.ts";
import { codeAt } from "./people.ts";

export const PASSWORD = "seven quiet lamps at noon";

/** The code that makes the first administrator, as whoever reads the daemon's terminal has it. */
export async function setupCode(socket: string): Promise<string> {
  const answer = await ask({ socket }, "/api/setup-code");
  return answer.json.code as string;
}

/** Sets up the administrator on the page that is open; they are signed in then. */
export async function setUp(page: Page, socket: string, person: string): Promise<void> {
  await page.getByLabel(/Set-up code|设置代码/).fill(await setupCode(socket));
  await page.getByLabel(/^(?:Person|人员)$/).fill(person);
  await page.getByLabel(/^(?:Password|密码)$/).fill(PASSWORD);
  await page.getByRole("button", { name: /Become administrator|成为管理员/ }).click();
  await page.getByRole("button", { name: /Sign out|退出登录/ }).waitFor();
}

/** Signs a person in on the page that is open. */
export async function signIn(page: Page, person: string, password = PASSWORD): Promise<void> {
  await page.getByLabel(/^(?:Person|人员)$/).fill(person);
  await page.getByLabel(/^(?:Password|密码)$/).fill(password);
  await page.getByRole("button", { name: /^(?:Sign in|登录)$/ }).click();
}

/** Sets up a second factor on the settings that are open, as a person with an authenticator does; `look` is called at each part. */
export async function enrol(
  page: Page,
  look: (part: "factor" | "recovery") => Promise<void> = async () => {},
): Promise<void> {
  await page.getByRole("button", { name: "Set up a second factor" }).click();
  const dialog = page.getByRole("dialog", { name: "Second factor" });
  await dialog.getByRole("img", { name: /^QR code/ }).waitFor();
  const secret = ((await dialog.locator("code").textContent()) ?? "").replaceAll(" ", "");
  await look("factor");
  await dialog.getByRole("textbox", { name: "Code" }).fill(codeAt(secret, systemClock.wall()));
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("dialog", { name: "Recovery codes" }).waitFor();
  await look("recovery");
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.getByText("You are signed in by two factors").waitFor();
}
