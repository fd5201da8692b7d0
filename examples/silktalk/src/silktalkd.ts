import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "./node/config.ts";
import { Failure } from "./node/failure.ts";
import { homeAt } from "./node/home.ts";
import { identityAt } from "./node/identity.ts";
import { takeLock } from "./node/lock.ts";
import { openLog } from "./node/log.ts";
import { runNode } from "./node/node.ts";
import { demand, programAt } from "./node/version.ts";

/** The daemon: `node silktalkd.ts --home DIR`. Ends cleanly on SIGTERM and SIGINT, reopens its log on SIGHUP. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { home: { type: "string" } } });
  if (!values.home) throw new Failure("Which node?", "Give --home DIR.");
  const home = homeAt(resolve(values.home));
  const config = await readConfig(home.config);
  const program = programAt(home.program);
  demand(program, config);
  const free = takeLock(home.lock);
  process.on("exit", free);
  // Short relative path for the control socket, see home.ts.
  process.chdir(home.root);
  mkdirSync(home.data, { recursive: true });
  let lost = 0;
  const log = openLog(home.log, config.name, config.logging.level, () => void lost++);
  const identity = await identityAt(home.identity);
  if (identity.fresh) log.error("Identity key was missing, a new one was made", { peer: identity.peerId });
  else if (identity.peerId !== config.peerId)
    log.error("Identity key is not the recorded one", { peer: identity.peerId, recorded: config.peerId });
  const node = await runNode(home, config, identity, log, program.version, () => lost);
  writeFileSync(home.version, `${program.version}\n`);
  // In one move: whoever reads it meanwhile must not find it empty.
  writeFileSync(`${home.pid}.new`, `${process.pid}\n`);
  renameSync(`${home.pid}.new`, home.pid);
  process.on("SIGHUP", () => log.reopen());
  const stop = (): void => {
    node.stop().then(
      () => {
        rmSync(home.pid, { force: true });
        process.exit(0);
      },
      (error: Error) => {
        throw error;
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`silktalkd: ${error.message}\n  ${error.fix}\n`);
  process.exit(error.exit);
}
