// One inspection of many hosts by one contender, in a process of its own: `CONTENDER HOSTS ROOT PORT`. Prints wall and CPU
// seconds (with those of children that were waited for) of the inspection itself, connections included unless it says warm.
import { readFileSync } from "node:fs";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { readAll } from "../../src/kinds/targets/framed/read-all.ts";
import { library } from "../../src/kinds/targets/ssh/ssh2-library.ts";
import { sshTarget } from "../../src/kinds/targets/ssh.ts";
import { COMMANDS, hostsOf, SCRIPT } from "./ssh-hosts.ts";

const [contender = "", count = "1", root = "", port = "22"] = process.argv.slice(2);
const hosts = hostsOf(Number(count));
const AT_ONCE = 50;

/** CPU seconds of this process, and in steps of a hundredth of the children it waited for. */
function cpu(): number {
  const fields = readFileSync("/proc/self/stat", "latin1")
    .replace(/^.*\) /s, "")
    .split(" ");
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + (Number(fields[13]) + Number(fields[14])) / 100;
}

async function all(work: (host: string) => Promise<void>): Promise<void> {
  const waiting = hosts.values();
  const worker = async (): Promise<void> => {
    for (const host of waiting) await work(host);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function ours(
  driver: string,
): Promise<{ readonly inspect: () => Promise<void>; readonly close: () => Promise<void> }> {
  const reaches = new Map(
    await Promise.all(
      hosts.map(async (host) => {
        const params = {
          host,
          port: Number(port),
          user: "root",
          identity: "id",
          config: "none",
          driver,
          connectMs: 60_000,
        };
        const parsed = sshTarget.params.safeParse(params);
        if (!parsed.success) throw new Error(JSON.stringify(parsed.error.issues));
        return [host, await sshTarget.open(host, parsed.data, root)] as const;
      }),
    ),
  );
  return {
    inspect: () =>
      all(async (host) => {
        const answers = await readAll(
          reaches.get(host)!,
          COMMANDS.map((argv) => ({ argv, timeoutMs: 60_000 })),
        );
        if (answers.some(({ end }) => end.kind !== "exit")) throw new Error(`${host}: ${JSON.stringify(answers)}`);
      }),
    close: async () => void (await Promise.all([...reaches.values()].map((reach) => reach[Symbol.asyncDispose]()))),
  };
}

/** The floor: the library alone, one script per host, no limits, no cancel, nothing told apart. */
async function bare(): Promise<void> {
  const { Client } = await library("bench");
  const privateKey = readFileSync(join(root, "id"));
  await all(
    (host) =>
      new Promise((resolve, reject) => {
        const client = new Client();
        client.on("error", reject);
        client.on("ready", () =>
          client.exec(SCRIPT, (error, channel) => {
            if (error) return reject(error);
            channel.resume();
            channel.stderr.resume();
            channel.on("close", () => {
              client.end();
              resolve();
            });
          }),
        );
        client.connect({
          host,
          port: Number(port),
          username: "root",
          privateKey,
          readyTimeout: 60_000,
          hostVerifier: () => true,
        });
      }),
  );
}

/** The floor of the system's ssh: the same script through connections that stand already. */
async function warm(): Promise<{ readonly inspect: () => Promise<void>; readonly close: () => Promise<void> }> {
  const run = promisify(execFile);
  const common = (host: string): readonly string[] => [
    ...["-F", "none", "-S", join(root, `s-${host}`), "-i", join(root, "id"), "-p", port, "-l", "root"],
    ...["-o", `UserKnownHostsFile=${join(root, "known_hosts")}`, "-o", "BatchMode=yes"],
  ];
  await all(
    async (host) =>
      void (await run("ssh", [...common(host), "-M", "-N", "-f", "-o", "ControlPersist=300", host], {
        timeout: 60_000,
      })),
  );
  return {
    inspect: () =>
      all(async (host) => void (await run("ssh", [...common(host), host, SCRIPT], { maxBuffer: 1 << 26 }))),
    close: () => all(async (host) => void (await run("ssh", [...common(host), "-O", "exit", host]))),
  };
}

async function prepared(): Promise<{ readonly inspect: () => Promise<void>; readonly close: () => Promise<void> }> {
  if (contender === "bare") return { inspect: bare, close: () => Promise.resolve() };
  if (contender === "control-master") return warm();
  const made = await ours(contender.startsWith("ssh2") ? "ssh2" : "openssh");
  if (contender.endsWith("-warm")) await made.inspect();
  return made;
}

const { inspect, close } = await prepared();
const [start, before] = [performance.now(), cpu()];
await inspect();
const result = {
  wall: (performance.now() - start) / 1_000,
  cpu: cpu() - before,
  rss: process.resourceUsage().maxRSS / 1_024,
};
await close();
console.log(JSON.stringify(result));
