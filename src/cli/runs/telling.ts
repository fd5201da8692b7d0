import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { WatchbookError } from "../../model/error.ts";
import { textOf } from "../run/request.ts";
import type { Call } from "../verb.ts";

/** Most that is taken of what somebody saw, bytes. */
const MOST_SEEN = 1_000_000;

/** What somebody tells of a step: `--output NAME=VALUE …`, and `--seen FILE`, `-` for standard input. */
interface Telling {
  readonly outputs?: Readonly<Record<string, string>>;
  readonly seen?: string;
}

function outputsOf(given: unknown): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  return Object.fromEntries(
    given.map(String).map((one) => {
      const at = one.indexOf("=");
      if (at <= 0) throw new WatchbookError("RUNS-OPTION", { option: "output", given: one, wanted: "NAME=VALUE" });
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}

async function all(stream: NodeJS.ReadStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > MOST_SEEN) break;
  }
  return Buffer.concat(chunks);
}

async function seenOf({ world, values }: Call): Promise<string | undefined> {
  const given = textOf(values, "seen");
  if (given === undefined) return undefined;
  const path = given === "-" ? "-" : resolve(world.cwd, given);
  const read = path === "-" ? all(world.stdin) : readFile(path);
  const bytes = await read.catch((cause: unknown) => {
    if (!["ENOENT", "EISDIR", "ENOTDIR", "EACCES"].includes((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
    throw new WatchbookError("FILE-NOT-FOUND", { path }, { cause });
  });
  if (bytes.length > MOST_SEEN) throw new WatchbookError("SEEN-LARGE", { path, most: MOST_SEEN / 1_000_000 });
  return bytes.toString("utf8");
}

/** Throws RUNS-OPTION, FILE-NOT-FOUND, SEEN-LARGE. */
export async function tellingOf(call: Call): Promise<Telling> {
  const outputs = outputsOf(call.values["output"]);
  const seen = await seenOf(call);
  return { ...(outputs && { outputs }), ...(seen !== undefined && { seen }) };
}
