import { after, before, test } from "node:test";
import { reachOf, sshd, type Sshd } from "../kit/sshd.ts";
import { framedSuite } from "../suites/framed.ts";
import { folder } from "../suites/check-context.ts";
import { reachSuite } from "../suites/reach.ts";
import { receiptSuite } from "../suites/receipt.ts";
import { targetSuite } from "../suites/target.ts";
import { needs, which } from "./needs.ts";

const DRIVERS = ["openssh", "ssh2"] as const;
const missing = ["sshd", "ssh"].filter((program) => which(program) === undefined);

let server: Sshd;
const endings: (() => unknown)[] = [];
if (missing.length === 0) before(async () => void (server = await sshd({ after: (work) => endings.push(work) })));
after(async () => {
  for (const work of endings) await work();
});

/** Code that opens the same target in a process of its own. */
const program =
  (driver: string) =>
  (env: Readonly<Record<string, string>>): string =>
    `
  import { sshTarget } from "${import.meta.resolve("../../src/kinds/targets/ssh.ts")}";
  const params = sshTarget.params.safeParse(${JSON.stringify({ ...server.params, driver, env })}).data;
  const reach = await sshTarget.open("web", params, ${JSON.stringify(server.root)});`;

if (missing.length > 0) test("ssh targets", (t) => void needs(t, ...missing));
else
  for (const driver of DRIVERS) {
    reachSuite(driver, async (t) => {
      const reach = await reachOf(t, server, { driver });
      await reach.exec(["true"]);
      return { reach, directory: folder(t) };
    });
    receiptSuite(driver, (t, env) => reachOf(t, server, { driver, env }));
    framedSuite(driver, (t, env) => reachOf(t, server, { driver, env }));
    targetSuite(driver, (t, env) => reachOf(t, server, { driver, env }), program(driver));
  }
