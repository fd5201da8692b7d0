// `node bench/ssh.ts [--hosts 1,10,50,200] [--rounds 3] [--only ssh2]`: a daily inspection (12 commands) of many hosts over a real sshd on the
// loopback, each contender in turns in a process of its own: ours beside a bare loop of the same library, a warm ControlMaster,
// pssh and Ansible where they are installed. Needs root and Debian's openssh-server; prints a Markdown table per number of hosts.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sshd } from "../test/kit/sshd.ts";
import { which } from "../test/live/needs.ts";
import { hostsOf, SCRIPT } from "./peers/ssh-hosts.ts";

interface Measured {
  readonly wall: number;
  readonly cpu: number;
}

const { values } = parseArgs({
  options: {
    hosts: { type: "string", default: "1,10,50,200" },
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "" },
  },
});
const endings: (() => unknown)[] = [];
const server = await sshd(
  { after: (work) => endings.push(work) },
  { host: "0.0.0.0", extra: ["MaxStartups 500", "MaxSessions 100"] },
);
const { root, port } = server;
const hostKey = readFileSync(join(root, "host.pub"), "utf8").split(" ").slice(0, 2).join(" ");
writeFileSync(join(root, "known_hosts"), `[127.0.1.*]:${port} ${hostKey}\n`);

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

const contenders = new Map<string, ((hosts: number) => Measured) | undefined>([
  ["floor: a bare ssh2 loop", own("bare")],
  ["ours, driver ssh2", own("ssh2")],
  ["floor: ControlMaster, warm", own("control-master")],
  ["ours, driver openssh, warm", own("openssh-warm")],
  ["ours, driver openssh, first use", own("openssh")],
  ["pssh (apt-get install pssh)", which("parallel-ssh") ? pssh : undefined],
  ["Ansible, raw, forks 50 (apt-get install ansible-core)", which("ansible") ? ansible : undefined],
]);

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

try {
  for (const hosts of values.hosts.split(",").map(Number)) {
    const seen = new Map<string, Measured[]>();
    for (let round = 0; round < Number(values.rounds); round += 1)
      for (const [name, measure] of contenders)
        if (measure && name.includes(values.only)) seen.set(name, [...(seen.get(name) ?? []), measure(hosts)]);
    const rows = [...contenders.keys()].map((name) => {
      const got = seen.get(name);
      if (!got) return `| ${name} | not measured | | |`;
      const [wall, cpu] = [median(got.map((one) => one.wall)), median(got.map((one) => one.cpu))];
      return `| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${((cpu * 1_000) / hosts).toFixed(1)} |`;
    });
    const head = `### Inspection over SSH, ${hosts} hosts × 12 commands, load ${loadavg()[0]!.toFixed(1)}`;
    console.log(
      [head, "", "| | wall s | client CPU s | CPU ms per host |", "| --- | --- | --- | --- |", ...rows, ""].join("\n"),
    );
  }
} finally {
  for (const work of endings) await work();
}
