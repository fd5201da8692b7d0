import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import type { RunShown } from "../../engine/run/control/shown.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import type { World } from "../verb.ts";

/** What the kernel says of a session that nobody logged in to. */
const NOBODY = 0xffff_ffff;

/** A small file of the system; "" where there is none: not every system keeps it. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Name of a user in the lines of /etc/passwd; `uid 1001` when it is kept elsewhere. */
function nameOf(uid: number, passwd: string): string {
  const line = passwd.split("\n").find((one) => one.split(":")[2] === String(uid));
  return line?.split(":")[0] ?? `uid ${uid}`;
}

/** Who logged in to the session of this process: it stays what it is through sudo and su. Undefined where nobody keeps it. */
function login(): string | undefined {
  const text = textOf("/proc/self/loginuid").trim();
  if (!/^\d+$/.test(text) || Number(text) === NOBODY) return undefined;
  return nameOf(Number(text), textOf("/etc/passwd"));
}

/** Login names that stand behind this process: its own, that of the login, and whoever sudo says it was. Each once. */
export function logins({ env }: Pick<World, "env">): readonly string[] {
  const names = [userInfo().username, login(), env["SUDO_USER"]];
  return [...new Set(names.filter((name) => name !== undefined && name !== ""))] as string[];
}

/** That nobody knows who asked for a run which somebody else must approve; "" where it is known, or needs no approval. */
export function anonymity({ plan, view }: RunShown, lang: Lang): string {
  const gates = [plan.gate, ...plan.steps.map(({ gate }) => gate)];
  if (view.requesters?.length !== 0 || gates.every((gate) => gate === undefined || gate.requesterMay)) return "";
  return `${format(texts(lang).run.said.anonymous, { by: view.by, logins: view.logins?.join(", ") ?? "–" })}\n`;
}
