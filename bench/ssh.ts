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

/** By name; undefined: its program is not installed here. */
function contendersAt({ root, port }: Sshd): ReadonlyMap<string, Contender | undefined> {
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

  return new Map<string, ((hosts: number) => Measured) | undefined>([
    ["floor: a bare ssh2 loop", own("bare")],
    ["ours, driver ssh2", own("ssh2")],
    ["floor: ControlMaster, warm", own("control-master")],
    ["ours, driver openssh, warm", own("openssh-warm")],
    ["ours, driver openssh, first use", own("openssh")],
    ["pssh (apt-get install pssh)", which("parallel-ssh") ? pssh : undefined],
    ["Ansible, raw, forks 50 (apt-get install ansible-core)", which("ansible") ? ansible : undefined],
  ]);
}

/** An sshd that answers on every address of the loopback, with one key for all. */
async function server(after: (work: () => unknown) => void): Promise<Sshd> {
  const started = await sshd({ after }, { host: "0.0.0.0", extra: ["MaxStartups 500", "MaxSessions 100"] });
  const { root, port } = started;
  const hostKey = readFileSync(join(root, "host.pub"), "utf8").split(" ").slice(0, 2).join(" ");
  writeFileSync(join(root, "known_hosts"), `[127.0.1.*]:${port} ${hostKey}\n`);
  return started;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

function rowOf(name: string, got: readonly Measured[] | undefined, hosts: number): string {
  if (!got) return `| ${name} | not measured | | |`;
  const [wall, cpu] = [median(got.map((one) => one.wall)), median(got.map((one) => one.cpu))];
  return `| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${((cpu * 1_000) / hosts).toFixed(1)} |`;
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
          for (const [name, measure] of contenders)
            if (measure && only.some((part) => name.includes(part)))
              seen.set(name, [...(seen.get(name) ?? []), measure(hosts)]);
        const rows = [...contenders.keys()].map((name) => rowOf(name, seen.get(name), hosts));
        return [
          `### Inspection over SSH, ${hosts} hosts × 12 commands`,
          "",
          `Budget: ssh2 ≤ 1.2 × the bare loop and ≤ 10 ms client CPU per host, openssh ≤ 1.2 × a warm ControlMaster; load ${loadavg()[0]!.toFixed(1)}`,
          "",
          "| | wall s | client CPU s | CPU ms per host |",
          "| --- | --- | --- | --- |",
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
