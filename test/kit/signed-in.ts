// A person who is signed in with a real browser.
import type { Page } from "playwright-core";
import { ask } from "./daemon.ts";

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
