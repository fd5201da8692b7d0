// A small manual for the night on which sshd is gone: one host that only a person reaches, one that programs reach.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { cli } from "./cli.ts";
import { folder } from "./folder.ts";

const fence = (name: string, ...lines: readonly string[]): string =>
  [`\`\`\`bash {"name":"${name}"}`, ...lines, "```"].map((line) => `   ${line}`).join("\n");

const MANUAL = `# Rescue

## SOP-09: Mount the data disk again

1. Find the disk

${fence("find", "blkid -s UUID -o value /dev/vdb1")}
2. Put fstab right

${fence("fstab", "true")}
3. Look at the service

${fence("look", 'echo "$UUID $label" >> log')}

## SOP-10: Take a photo

1. Press the button until the lamp is green.

## SOP-11: Say hello

1. Hello

${fence("hello", 'echo "hello $WB_TARGET" >> log')}

## Daily checklist

- [ ] sshd answers again
`;

const CONFIG = `title: Rescue
lang: en
zone: UTC
environments: { site: {}, both: {}, far: {} }
services: { rescue: { automation: auto } }
people:
  ana: { name: Ana }
  ben: { name: Ben }
targets:
  db-1: { kind: console, where: "iLO https://192.0.2.9", login: "root, envelope 3", environment: site }
  web-1: { kind: local, directory: ../web-1, environment: both }
  db-2: { kind: console, where: "crash cart", environment: both }
  far-1: { kind: ssh, host: 127.0.0.1, port: PORT, user: nobody, environment: far }
checks:
  sshd: { kind: tcp, target: db-1, params: { port: 22 }, items: [sshd answers again] }
runbooks:
  SOP-09:
    params: { label: { type: text, default: "data; reboot" } }
    steps:
      find: { outputs: [UUID], risk: read, kind: shell, with: { script: "blkid -s UUID -o value /dev/vdb1" } }
      fstab:
        kind: file
        with: { path: FSTAB, content: "UUID=1 / ext4 defaults 0 1\\n", mode: "0644" }
        undo: { kind: file, with: { path: FSTAB, restore: true } }
        verify: { kind: shell, risk: read, with: { script: "findmnt -no SOURCE /data", expect: "/dev/vdb1" } }
      look: { risk: write }
  SOP-10: { environments: { both: { targets: [db-2] } } }
`;

export interface Rescue {
  readonly book: string;
  readonly data: string;
  /** A file beside the targets. */
  readonly at: (name: string) => string;
  readonly wb: (...args: readonly string[]) => ReturnType<typeof cli>;
  readonly json: (
    ...args: readonly string[]
  ) => Promise<{ readonly code: number | null; readonly json: any; readonly err: string }>;
}

/** The manual, its book and its targets in a folder of their own; `port`: where the far host would listen. */
export function rescue(t: TestContext, port = 9, more = ""): Rescue {
  const root = folder(t);
  const book = join(root, "book");
  mkdirSync(book);
  mkdirSync(join(root, "web-1"));
  writeFileSync(join(book, "rescue.md"), MANUAL);
  const text = CONFIG.replaceAll("FSTAB", join(root, "web-1", "fstab")).replace("PORT", String(port));
  writeFileSync(join(book, "watchbook.yaml"), text + more);
  const wb = (...args: readonly string[]) => cli(t, args, book);
  return {
    book,
    data: join(book, ".watchbook"),
    at: (name) => join(root, name),
    wb,
    json: async (...args) => {
      const { code, out, err } = await wb(...args, "--json");
      return { code, json: out === "" ? undefined : JSON.parse(out), err };
    },
  };
}

/** Files of an evidence directory by name. */
export const textIn = (directory: string, name: string): string => readFileSync(join(directory, name), "utf8");
