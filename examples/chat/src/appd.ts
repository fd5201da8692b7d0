// The application: node appd.ts --settings FILE --port PORT [--read-only]. JSON over HTTP on 127.0.0.1.
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "./failure.ts";
import type { Settings } from "./place.ts";
import { query, type Where } from "./query.ts";

const { values: given } = parseArgs({
  options: { settings: { type: "string" }, port: { type: "string" }, "read-only": { type: "boolean" } },
});
const settings = JSON.parse(readFileSync(given.settings ?? "", "utf8")) as Settings;
const where: Where = { ...settings.database, readOnly: given["read-only"] ?? false };

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | Buffer;
}
const ok = (body: Answer["body"], status = 200): Answer => ({ status, body });
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

async function health(): Promise<Answer> {
  const [row] = await query(where, "SELECT count(*) FROM post");
  return ok({
    status: "healthy",
    posts: Number(row?.[0]),
    database: `${where.host}:${where.port}`,
    files: settings.files,
  });
}

async function login(body: Readonly<Record<string, unknown>>): Promise<Answer> {
  const rows = await query(where, "SELECT login FROM person WHERE login = :'login'", { login: String(body["login"]) });
  return rows.length === 1 ? ok({ login: rows[0]?.[0] }) : ok({ failed: "no-such-login" }, 401);
}

/** The file first, then the rows that name it: a row never names what was not there. */
async function write(body: Readonly<Record<string, unknown>>): Promise<Answer> {
  const values = { author: String(body["login"]), said: String(body["said"]) };
  if (typeof body["file"] !== "string") {
    const [row] = await query(
      where,
      "INSERT INTO post (author, said) VALUES (:'author', :'said') RETURNING id",
      values,
    );
    return ok({ id: Number(row?.[0]) }, 201);
  }
  const bytes = Buffer.from(body["file"], "base64");
  const path = `${new Date().toISOString().slice(0, 7)}/${randomUUID()}`;
  mkdirSync(join(settings.files, path, ".."), { recursive: true });
  writeFileSync(join(settings.files, path), bytes, { mode: 0o640, flush: true });
  const [row] = await query(
    where,
    `WITH new AS (INSERT INTO post (author, said) VALUES (:'author', :'said') RETURNING id)
     INSERT INTO attachment SELECT id, :'path', :'sha256', (:'bytes')::int FROM new RETURNING post`,
    { ...values, path, sha256: sha256(bytes), bytes: bytes.length },
  );
  return ok({ id: Number(row?.[0]), path }, 201);
}

async function post(id: string): Promise<Answer> {
  const [row] = await query(
    where,
    `SELECT id, author, said, extract(epoch FROM at), path, sha256
     FROM post LEFT JOIN attachment ON post = id WHERE id = (:'id')::int`,
    { id },
  );
  if (!row) return ok({ failed: "no-post" }, 404);
  const [, author, said, at, path, digest] = row;
  return ok({ id: Number(id), author, said, at: Number(at), ...(path !== "" && { file: { path, sha256: digest } }) });
}

/** An attachment as it lies in the folder; a row without its file is no attachment. */
async function file(id: string): Promise<Answer> {
  const [row] = await query(where, "SELECT path FROM attachment WHERE post = (:'id')::int", { id });
  if (!row) return ok({ failed: "no-attachment" }, 404);
  try {
    return ok(readFileSync(join(settings.files, row[0] ?? "")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return ok({ failed: "file-missing", path: row[0] }, 500);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = "";
  for await (const part of request) text += String(part);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

async function answer(request: IncomingMessage): Promise<Answer> {
  const path = request.url ?? "/";
  const id = path.split("/").at(-1) ?? "";
  const call = `${request.method} ${path.replace(/\/\d+$/, "/N")}`;
  if (call === "GET /health") return health();
  if (call === "POST /api/login") return login(await bodyOf(request));
  if (call === "POST /api/posts") return write(await bodyOf(request));
  if (call === "GET /api/posts/N") return post(id);
  if (call === "GET /api/files/N") return file(id);
  return ok({ failed: "no-such-call" }, 404);
}

const log = (level: "INFO" | "ERROR", facts: object): void =>
  console.log(JSON.stringify({ time: new Date().toISOString(), level, ...facts }));

const server = createServer((request, response) => {
  const send = ({ status, body }: Answer): void => {
    const isFile = Buffer.isBuffer(body);
    if (status >= 500) log("ERROR", { path: request.url, status, ...(isFile ? {} : body) });
    response.writeHead(status, { "content-type": isFile ? "application/octet-stream" : "application/json" });
    response.end(isFile ? body : `${JSON.stringify(body)}\n`);
  };
  answer(request).then(send, (error: unknown) => {
    if (error instanceof Failure) return send({ status: 503, body: { failed: error.code, ...error.facts } });
    // A body that is no JSON is the caller's; anything else is ours.
    if (error instanceof SyntaxError) return send({ status: 400, body: { failed: "no-json" } });
    throw error;
  });
});
server.listen(Number(given.port), "127.0.0.1", () => log("INFO", { port: Number(given.port) }));
