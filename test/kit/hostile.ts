// Hosts behind a real sshd that do not keep to the contract, each in a way of its own, beside two of this machine that do.
import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { folder } from "./folder.ts";
import { writeTo } from "./planning.ts";
import { sshdAlone } from "./sshd.ts";

/** What a host does instead of what it is told, as the command that sshd starts for everybody who logs in. */
export const HOSTILE = {
  /** Takes the command and never says anything. */
  hangs: 'while kill -0 "$PPID" 2>/dev/null; do sleep 1; done',
  /** Closes in the middle of a line. */
  cuts: 'printf half; kill -KILL "$PPID"',
  /** Does the first thing that it is told, and closes in the middle of a line from then on. */
  tears: '[ -e "$0.told" ] || { : >"$0.told"; eval "$SSH_ORIGINAL_COMMAND"; exit; }; printf half; kill -KILL "$PPID"',
  /** Says more than anybody can keep before it begins. */
  floods: "head -c 1073741824 /dev/zero",
  /** Answers in words of its own. */
  babbles: "echo 'exit 0'; echo done; exit 0",
  /** Does what it is told, but the clock of its programs stands more than a year back (libfaketime). */
  late: 'eval "$SSH_ORIGINAL_COMMAND"',
} as const;
export type Hostile = keyof typeof HOSTILE;

export interface Hosts {
  readonly book: string;
  /** Lines that steps left on a target. */
  readonly effects: (target: string) => readonly string[];
}

/** A book of the targets `one` and `two` here and these hostile ones; `manual` is its runbook, `runbook` its line in YAML. */
export async function hosts(
  t: TestContext,
  kinds: readonly Hostile[],
  manual: string,
  runbook: string,
): Promise<Hosts> {
  const { host, port, root, params } = await sshdAlone(t);
  const place = folder(t);
  const [faketime = ""] = globSync("/usr/lib/*/faketime/libfaketime.so.1");
  const common = (name: string): string =>
    `environment: test, env: { WATCHBOOK_STATE: "${place}/receipts/${name}"${name === "late" ? `, LD_PRELOAD: ${faketime}, FAKETIME: "-400d"` : ""} }, variables: { EFFECTS: "${place}/${name}.effects" }`;
  for (const name of kinds) {
    const program = join(root, name);
    writeFileSync(program, `#!/bin/bash\n${HOSTILE[name]}\n`);
    chmodSync(program, 0o755);
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", `${program}.key`]);
    appendFileSync(join(root, "authorized_keys"), `command="${program}" ${readFileSync(`${program}.key.pub`, "utf8")}`);
  }
  const login = (name: string): string =>
    `kind: ssh, host: ${host}, port: ${port}, user: ${String(params["user"])}, identity: ${root}/${name}.key, config: none, knownHosts: ${root}/known_hosts`;
  const targets = [
    ...["one", "two"].map((name) => `  ${name}: { kind: local, ${common(name)} }\n`),
    ...kinds.map((name) => `  ${name}: { ${login(name)}, ${common(name)} }\n`),
  ];
  const book = join(place, "book");
  writeTo(book, {
    "README.md": manual,
    "watchbook.yaml": `lang: en
zone: UTC
services: { web: { title: Web, environments: [test], automation: auto } }
environments: { test: { name: Test } }
targets:
${targets.join("")}runbooks:
  SOP-01: ${runbook}
`,
  });
  return {
    book,
    effects: (target) => {
      const file = join(place, `${target}.effects`);
      return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
    },
  };
}
