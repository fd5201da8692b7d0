// `node bench/ssh.ts [--hosts 1,10,50,200] [--rounds 3] [--only ssh2,openssh]`: a daily inspection (12 commands) of many hosts over a real sshd on the
// loopback, each contender in turns in a process of its own: ours beside a bare loop of the same library, a warm ControlMaster,
// pssh and Ansible where they are installed. Needs root and Debian's openssh-server; prints a Markdown table per number of hosts.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sshd, type Sshd } from "../test/kit/sshd.ts";
import { which } from "../test/live/needs.ts";
import { hostsOf, SCRIPT } from "./peers/ssh-hosts.ts";

interface Measured {
  readonly wall: number;
  readonly cpu: number;
}

/** Runs a program under bash's clock. */
function timed(command: readonly string[], env: Readonly<Record<string, string>> = {}): Measured {
  const args = ["-c", "TIMEFORMAT='took %R %U %S'; time \"$@\" >/dev/null", "bash", ...command];
  const { stderr, status } = spawnSync("bash", args, {
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  const found = /took ([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr);
  if (status !== 0 || !found) throw new Error(`${command[0]}: ${status} ${stderr.slice(-500)}`);
  return { wall: Number(found[1]), cpu: Number(found[2]) + Number(found[3]) };
}

type Contender = (hosts: number) => Measured;

interface Entry {
  readonly name: string;
  /** Name of what it is held against. */
  readonly floor?: string;
  /** A text: why it is skipped. */
  readonly measure: Contender | string;
}

const BARE = "floor: a bare ssh2 loop";
const WARM = "floor: ControlMaster, warm";

/** A program of Debian's, or which package would bring it. */
const peer = (program: string, debian: string, measure: Contender): Contender | string =>
  which(program) ? measure : `no ${program} here (apt-get install ${debian})`;

function contendersAt({ root, port }: Sshd): readonly Entry[] {
  const own =
    (contender: string) =>
    (hosts: number): Measured => {
      const script = join(import.meta.dirname, "peers/ssh-inspection.ts");
      const args = [script, contender, String(hosts), root, String(port)];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 26 });
      if (status !== 0) throw new Error(`${contender}: ${stderr.slice(-800)}`);
      return JSON.parse(stdout) as Measured;
    };

  const options = `-o UserKnownHostsFile=${root}/known_hosts -o IdentityFile=${root}/id -o BatchMode=yes`;
  const pssh = (hosts: number): Measured => {
    writeFileSync(
      join(root, "hosts"),
      hostsOf(hosts)
        .map((host) => `root@${host}:${port}\n`)
        .join(""),
    );
    return timed([
      "parallel-ssh",
      "-p",
      "50",
      "-t",
      "120",
      "-h",
      join(root, "hosts"),
      "-x",
      `-F none ${options}`,
      SCRIPT,
    ]);
  };
  const ansible = (hosts: number): Measured => {
    const lines = hostsOf(hosts).map(
      (host) => `${host} ansible_port=${port} ansible_user=root ansible_python_interpreter=/usr/bin/python3\n`,
    );
    writeFileSync(join(root, "inventory"), lines.join(""));
    writeFileSync(join(root, "ansible.cfg"), "[defaults]\n");
    const env = {
      ANSIBLE_SSH_ARGS: `-F none ${options}`,
      ANSIBLE_PIPELINING: "1",
      ANSIBLE_HOME: root,
      ANSIBLE_CONFIG: join(root, "ansible.cfg"),
    };
    return timed(
      ["ansible", "all", "-i", join(root, "inventory"), "-f", "50", "-m", "ansible.builtin.raw", "-a", SCRIPT],
      env,
    );
  };

  return [
    { name: BARE, measure: own("bare") },
    { name: "ours, driver ssh2", floor: BARE, measure: own("ssh2") },
    { name: WARM, measure: own("control-master") },
    { name: "ours, driver openssh, warm", floor: WARM, measure: own("openssh-warm") },
    { name: "ours, driver openssh, first use", measure: own("openssh") },
    { name: "pssh, first use", measure: peer("parallel-ssh", "pssh", pssh) },
    { name: "Ansible, raw, forks 50, first use", measure: peer("ansible", "ansible-core", ansible) },
  ];
}

/**
 * An sshd that answers on every address of the loopback, with one key for all. The login shell is told that it is not the
 * first one: what the rc file of whoever measures does is nobody's work here.
 */
async function server(after: (work: () => unknown) => void): Promise<Sshd> {
  const started = await sshd(
    { after },
    { host: "0.0.0.0", extra: ["MaxStartups 500", "MaxSessions 100", "SetEnv SHLVL=2"] },
  );
  const { root, port } = started;
  const hostKey = readFileSync(join(root, "host.pub"), "utf8").split(" ").slice(0, 2).join(" ");
  writeFileSync(join(root, "known_hosts"), `[127.0.1.*]:${port} ${hostKey}\n`);
  return started;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

type Seen = ReadonlyMap<string, readonly Measured[]>;

/** Middle of the ratios within each round: what else the machine does falls on both. */
function beside(got: readonly Measured[], floor: readonly Measured[] | undefined, of: keyof Measured): string {
  if (!floor) return "";
  return median(got.map((one, round) => one[of] / floor[round]![of])).toFixed(2);
}

function rowOf({ name, floor, measure }: Entry, seen: Seen, hosts: number): string {
  const got = seen.get(name);
  if (!got) return `| ${name} | skipped: ${typeof measure === "string" ? measure : "not asked for"} | | | | |`;
  const [wall, cpu] = [median(got.map((one) => one.wall)), median(got.map((one) => one.cpu))];
  const under = floor === undefined ? undefined : seen.get(floor);
  const ratios = [beside(got, under, "cpu"), beside(got, under, "wall")];
  return `| ${[name, wall.toFixed(2), cpu.toFixed(2), ((cpu * 1_000) / hosts).toFixed(1), ...ratios].join(" | ")} |`;
}

/** A table per number of hosts; `only`: parts of the names of contenders, all when empty. */
export async function sshTables(
  counts: readonly number[],
  rounds: number,
  only: readonly string[] = [""],
): Promise<string> {
  const endings: (() => unknown)[] = [];
  const contenders = contendersAt(await server((work) => endings.push(work)));
  try {
    return counts
      .map((hosts) => {
        const seen = new Map<string, Measured[]>();
        for (let round = 0; round < rounds; round += 1)
          for (const { name, measure } of contenders)
            if (typeof measure === "function" && only.some((part) => name.includes(part)))
              seen.set(name, [...(seen.get(name) ?? []), measure(hosts)]);
        const rows = contenders.map((one) => rowOf(one, seen, hosts));
        return [
          `### Inspection over SSH, ${hosts} hosts × 12 commands`,
          "",
          `Budget: ssh2 ≤ 1.2 × the bare loop and ≤ 10 ms client CPU per host, openssh ≤ 1.2 × a warm ControlMaster; rounds ${rounds}, load ${loadavg()[0]!.toFixed(1)}`,
          "",
          "| | wall s | client CPU s | CPU ms per host | CPU ÷ floor | wall ÷ floor |",
          "| --- | --- | --- | --- | --- | --- |",
          ...rows,
          "",
        ].join("\n");
      })
      .join("\n");
  } finally {
    for (const work of endings) await work();
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      hosts: { type: "string", default: "1,10,50,200" },
      rounds: { type: "string", default: "3" },
      only: { type: "string", default: "" },
    },
  });
  const counts = values.hosts.split(",").map(Number);
  process.stdout.write(await sshTables(counts, Number(values.rounds), values.only.split(",")));
}
