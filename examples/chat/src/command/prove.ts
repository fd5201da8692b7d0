import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, startApp, stopApp, type Said } from "../application.ts";
import { Failure } from "../failure.ts";
import { ADMIN, databaseOf, type Environment } from "../place.ts";
import { freePort } from "../ports.ts";
import { query, type Where } from "../query.ts";

async function must(port: number, path: string, body?: Readonly<Record<string, unknown>>): Promise<Said> {
  const said = await call(port, path, body);
  if (said?.status !== 200)
    throw new Failure("call-failed", { path, status: said?.status, said: said?.body ?? "nothing" });
  return said;
}

/** What a person does: logs in, opens the oldest post that has a file, and gets that very file. */
async function works(port: number, where: Where) {
  await must(port, "/api/login", { login: "lin" });
  const rows = await query(where, "SELECT post, path, sha256 FROM attachment ORDER BY post");
  for (const [post = "", path, digest] of rows) {
    await must(port, `/api/posts/${post}`);
    const { bytes } = await must(port, `/api/files/${post}`);
    if (createHash("sha256").update(bytes).digest("hex") !== digest) throw new Failure("file-changed", { post, path });
  }
  const [row] = await query(where, "SELECT count(*), coalesce(extract(epoch FROM max(at)), 0) FROM post");
  return { posts: Number(row?.[0]), files: rows.length, newest: Number(row?.[1]) };
}

/**
 * A temporary application on what was restored, rows and files, that can only read. With `output`: RPO_SECONDS, from the
 * newest restored post to now, and how many posts and files there were.
 */
export async function prove(environment: Environment, host: string, port: number, files: string, output?: string) {
  const database: Where = { host, port, user: ADMIN, database: databaseOf(environment), readOnly: true };
  const folder = mkdtempSync(join(tmpdir(), "watchbook-chat-app-"));
  try {
    const at = await freePort(18_065);
    await startApp({ database, files }, at, { folder, more: ["--read-only"] });
    const { newest, ...seen } = await works(at, database);
    const lost = Math.max(0, Date.now() / 1000 - newest).toFixed(3);
    if (output !== undefined)
      appendFileSync(output, `RPO_SECONDS=${lost}\nPOSTS=${seen.posts}\nATTACHMENTS=${seen.files}\n`);
    return { ...seen, rpoSeconds: Number(lost), database: `${host}:${port}`, folder: files };
  } finally {
    await stopApp(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}
