import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { processesWith } from "../kit/processes.ts";
import { reachOf, sshd, type Sshd } from "../kit/sshd.ts";
import { child, until } from "./child.ts";
import { framedSuite } from "./framed.ts";
import { folder } from "./check-context.ts";
import { reachSuite } from "./reach.ts";
import { receiptSuite } from "./receipt.ts";
import { togetherSuite } from "./together.ts";
import { toolsSuite } from "./tools.ts";
import { targetSuite } from "./target.ts";
import { needs, which } from "../live/needs.ts";

/** Everything that a target of kind ssh must do with one driver, against a real sshd. */
export function sshSuite(driver: "openssh" | "ssh2"): void {
  const missing = (["sshd", "ssh"] as const).filter((program) => which(program) === undefined);
  if (missing.length > 0) {
    test(`ssh targets, ${driver}`, (t) => void needs(t, ...missing));
    return;
  }
  let server: Sshd;
  const endings: (() => unknown)[] = [];
  before(async () => void (server = await sshd({ after: (work) => endings.push(work) })));
  after(async () => {
    for (const work of endings) await work();
  });

  /** Code that opens the same target in a process of its own. */
  const program = (env: Readonly<Record<string, string>>): string => `
  import { sshTarget } from "${import.meta.resolve("../../src/kinds/targets/ssh.ts")}";
  const params = sshTarget.params.safeParse(${JSON.stringify({ ...server.params, driver, env })}).data;
  const reach = await sshTarget.open("web", params, ${JSON.stringify(server.root)});`;

  reachSuite(driver, async (t) => {
    const reach = await reachOf(t, server, { driver });
    await reach.exec(["true"]);
    return { reach, directory: folder(t) };
  });
  receiptSuite(driver, (t, env) => reachOf(t, server, { driver, env }));
  framedSuite(driver, (t, env) => reachOf(t, server, { driver, env }));
  togetherSuite(driver, (t, env) => reachOf(t, server, { driver, env }));
  toolsSuite(driver, (t, env) => reachOf(t, server, { driver, env }));
  targetSuite(driver, (t, env) => reachOf(t, server, { driver, env }), program);

  test(`${driver}: a client that is killed while a host floods it leaves neither the flood nor a connection`, async (t) => {
    const tag = `flood-${driver}-${process.pid}`;
    const script = `${program({})}
      await reach.exec(["yes", ${JSON.stringify(tag)}], { timeoutMs: 120_000, onOutput: () => { for (;;); } });`;
    const client = await child(t, process.execPath, "--input-type=module", "-e", script);
    const flood = (): readonly number[] => processesWith(tag).filter((pid) => of(pid, "comm") === "yes\n");
    await until("it floods", () => flood().length > 0);
    // What nobody reads fills every buffer on the way: then the host stands still.
    await until("it stands still", () => flood().some((pid) => of(pid, "wchan").includes("pipe")));
    client.kill("SIGKILL");
    await until("the flood has ended", () => flood().length === 0);
    await until("its connection has ended", () => mastersOf(server.root).length === 0);
  });
}

/** What the kernel says of a process; "" when it has ended. */
function of(pid: number, what: "comm" | "wchan"): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "latin1");
  } catch {
    return "";
  }
}

/** Processes that hold a shared connection to a host of this server. */
const mastersOf = (root: string): readonly number[] => processesWith(`${root}/known_hosts`);
