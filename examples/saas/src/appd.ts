// One copy of the application: node appd.ts --config FILE --port PORT [--read-only]. JSON over HTTP on 127.0.0.1.
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Failure } from "./failure.ts";
import { query, type Where } from "./query.ts";

const { values: given } = parseArgs({
  options: {
    config: { type: "string" },
    port: { type: "string" },
    beat: { type: "string" },
    "read-only": { type: "boolean" },
  },
});
const config = given.config ?? "";
const readOnly = given["read-only"] ?? false;

/** Read for every request: who changes the configuration changes where the application goes, without a restart. */
const where = (): Where => ({ ...(JSON.parse(readFileSync(config, "utf8")) as Where), readOnly });

type Said = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body: Said;
}
const ok = (body: Said, status = 200): Answer => ({ status, body });
const number = (text: string | undefined): number => Number(text ?? Number.NaN);

async function health(): Promise<Answer> {
  const [row] = await query(where(), "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')");
  const { host, port } = where();
  const writable = row?.[0] === "f" && row[1] === "off";
  return ok({ status: writable || readOnly ? "healthy" : "degraded", database: `${host}:${port}`, writable });
}

/** Users and projects, beside what the tenants themselves say they have: rows that are missing are seen. */
async function counts(): Promise<Answer> {
  const [row = []] = await query(
    where(),
    `SELECT (SELECT count(*) FROM tenant), (SELECT count(*) FROM account), (SELECT count(*) FROM project),
            (SELECT coalesce(sum(users), 0) FROM tenant), (SELECT coalesce(sum(projects), 0) FROM tenant),
            (SELECT extract(epoch FROM at) FROM heartbeat)`,
  );
  const [tenants, users, projects, saidUsers, saidProjects, newest] = row.map(Number);
  const consistent = users === saidUsers && projects === saidProjects;
  return ok({ tenants, users, projects, consistent, newest });
}

async function tenant(id: string): Promise<Answer> {
  const [row] = await query(
    where(),
    `SELECT id, name, users, projects, (SELECT count(*) FROM account WHERE tenant = t.id),
            (SELECT count(*) FROM project WHERE tenant = t.id) FROM tenant t WHERE id = (:'id')::int`,
    { id },
  );
  if (!row) return ok({ failed: "no-tenant" }, 404);
  const consistent = row[2] === row[4] && row[3] === row[5];
  return ok({ id: number(row[0]), name: row[1], users: number(row[2]), projects: number(row[3]), consistent });
}

async function login(body: Said): Promise<Answer> {
  const rows = await query(where(), "SELECT tenant FROM account WHERE login = :'login'", {
    login: String(body["login"]),
  });
  return rows.length === 1 ? ok({ tenant: number(rows[0]?.[0]) }) : ok({ failed: "no-such-login" }, 401);
}

/** A project and what its tenant says it has, both or neither. */
async function create(body: Said): Promise<Answer> {
  const values = { tenant: String(body["tenant"]), name: String(body["name"]) };
  const [row] = await query(
    where(),
    `BEGIN;
     UPDATE tenant SET projects = projects + 1 WHERE id = (:'tenant')::int;
     INSERT INTO project (tenant, name) VALUES ((:'tenant')::int, :'name') RETURNING id;
     COMMIT;`,
    values,
  );
  return ok({ id: number(row?.[0]) }, 201);
}

async function bodyOf(request: IncomingMessage): Promise<Said> {
  let text = "";
  for await (const part of request) text += String(part);
  return JSON.parse(text) as Said;
}

async function answer(request: IncomingMessage): Promise<Answer> {
  const path = request.url ?? "/";
  const call = `${request.method} ${path.replace(/\/\d+$/, "/N")}`;
  if (call === "GET /health") return health();
  if (call === "GET /api/counts") return counts();
  if (call === "GET /api/tenants/N") return tenant(path.split("/").at(-1) ?? "");
  if (call === "POST /api/login") return login(await bodyOf(request));
  if (call === "POST /api/projects") return create(await bodyOf(request));
  return ok({ failed: "no-such-call" }, 404);
}

const server = createServer((request, response) => {
  const send = ({ status, body }: Answer): void =>
    void response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
  answer(request).then(send, (error: unknown) => {
    if (error instanceof Failure) return send({ status: 503, body: { failed: error.code, ...error.facts } });
    // A body that is no JSON is the caller's; anything else is ours.
    if (error instanceof SyntaxError) return send({ status: 400, body: { failed: "no-json" } });
    throw error;
  });
});

/**
 * Once a second the time is written: after a recovery it tells how much is missing. What the database confirmed is noted
 * here too, so that somebody knows it when the database is gone.
 */
async function beat(): Promise<never> {
  for (;;) {
    try {
      const [row] = await query(where(), "UPDATE heartbeat SET at = now() RETURNING extract(epoch FROM at)");
      if (given.beat !== undefined) writeFileSync(given.beat, `${row?.[0]}\n`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // Whoever asks for health hears the same of the database.
      console.log(JSON.stringify({ heartbeat: error.facts }));
    }
    await sleep(1000);
  }
}

server.listen(Number(given.port), "127.0.0.1", () => console.log(JSON.stringify({ port: Number(given.port) })));
if (!readOnly) void beat();
