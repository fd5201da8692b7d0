/** The writers of a drill, in a process of their own: `main.ts FILE`, with what they are given as JSON. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv, env, exit, pid } from "node:process";
import { systemClock } from "../../model/time.ts";
import { FILES, Load, type LoadGiven } from "./load.ts";

const given = JSON.parse(readFileSync(argv[2]!, "utf8")) as LoadGiven;
// Secrets come by the environment; they lie in no file.
const secrets = Object.fromEntries(
  Object.keys(given.writer.secrets ?? {}).map((name) => [name, env[name] ?? ""] as const),
);
const own = { PATH: env["PATH"] ?? "/usr/bin:/bin", HOME: env["HOME"] ?? "/", LC_ALL: "C" };
writeFileSync(join(given.folder, FILES.pid), `${pid}\n`);
await new Load(
  { ...given, writer: { ...given.writer, env: { ...own, ...given.writer.env, ...secrets } } },
  systemClock,
).run();
exit(0);
