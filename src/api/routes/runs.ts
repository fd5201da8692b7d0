import { userInfo } from "node:os";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Action } from "../../engine/run/act.ts";
import { shownName } from "../../engine/run/control/output.ts";
import { RunFollower } from "../../engine/run/follow.ts";
import { cursorText, readCursor, START_OF_RUN, type Cursor } from "../../engine/run/follow/cursor.ts";
import { keepFile } from "../../engine/run/kept.ts";
import { outputFolder } from "../../engine/run/output.ts";
import { WatchbookError } from "../../model/error.ts";
import { sayBoth } from "../../i18n/one.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import type { Plan, PlanRequest } from "../../model/plan.ts";
import { isEnded } from "../../model/run.ts";
import { readOutput, type Portion } from "../../store/output/read.ts";
import {
  actionRoute,
  beginRoute,
  followRoute,
  journalRoute,
  keepRoute,
  outputRoute,
  planRoute,
  runRoute,
  runsRoute,
  type Planned,
  type RunRecord,
  type RunShown,
} from "../contract.ts";
import type { Api, Env, RunsParts } from "../front.ts";
import { runSaid } from "../view/run.ts";

/** As it is serialised: the contract's types are the engine's without their readonly marks and inner parts. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Drops what is absent: the engine knows no `undefined`. */
const given = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

type Host = RunsParts["daemon"];

/** What is asked for. A secret's variable or file is chosen by this machine's user alone, who could read it anyway. */
const requestOf = (c: Context<Env>, asked: object): PlanRequest =>
  ({ ...given(asked), ...(c.env.front !== "socket" && { secretsNamed: true }) }) as PlanRequest;

export function runRoutes(app: Api, parts: RunsParts): void {
  const { daemon } = parts;
  const { runs, house } = daemon;
  const shown = async (id: string, lang: Lang): Promise<RunShown> => {
    const run = await runs.show(id);
    return { ...(plain(run) as RunShown), said: plain(runSaid(run, lang)) as RunShown["said"] };
  };
  /** The run that was judged; through the socket nobody is, and the name is looked up once. */
  const acted = async (c: Context<Env>, name: string): Promise<string> => {
    const id = c.get("ids")?.[0] ?? (await runs.find(name));
    c.set("ids", [id]);
    return id;
  };
  app.openapi(planRoute, async (c) => {
    const plan = await runs.plan(requestOf(c, c.req.valid("json")));
    const lacks = lacksOf(plan, c.get("lang"));
    return c.json(plain({ plan, protected: isProtected(daemon, plan.environment), lacks }) as Planned, 200);
  });
  app.openapi(runsRoute, async (c) => {
    const { open, runbook, limit } = c.req.valid("query");
    const found = await runs.list({ open: open === "true", limit, ...(runbook !== undefined && { runbook }) });
    return c.json({ at: house.clock.wall(), runs: plain(found) as RunRecord[] }, 200);
  });
  app.openapi(beginRoute, async (c) => {
    const { by, reason, digest, takeOver, logins, ...request } = c.req.valid("json");
    const person = c.get("person");
    const who = person ?? by ?? "socket";
    // Whoever comes through the socket has this process's own login, or is root.
    const judged = c.get("plan");
    if (judged !== undefined && digest !== undefined && digest !== judged)
      throw new WatchbookError("PLAN-OTHER", { runbook: request.runbook, was: digest, now: judged });
    const witnessed = { person, ...(c.env.front === "socket" && { logins: logins ?? [userInfo().username] }) };
    const asked = { by: who, reason, digest: judged ?? digest, takeOver, ...witnessed };
    const { record } = await runs.begin(requestOf(c, request), asked);
    return c.json(await shown(record.id, c.get("lang")), 201);
  });
  app.openapi(runRoute, async (c) => c.json(await shown(c.req.valid("param").id, c.get("lang")), 200));
  app.openapi(actionRoute, async (c) => {
    const { by, ...asked } = c.req.valid("json");
    const id = await acted(c, c.req.valid("param").id);
    const action = asked.do === "approve" ? await approval(c, parts, id, asked) : asked;
    const { record } = await runs.act(id, c.get("person") ?? by ?? "socket", given(action) as Action);
    return c.json(await shown(record.id, c.get("lang")), 200);
  });
  app.openapi(keepRoute, async (c) => {
    const run = await acted(c, c.req.valid("param").id);
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    return c.json(await keepFile(house.data, run, c.req.valid("query").name, bytes), 201);
  });
  reading(app, daemon);
}

/** A yes as it is kept: signed by the person, or by the server for whoever is signed in. */
async function approval(
  c: Context<Env>,
  parts: RunsParts,
  run: string,
  {
    gate,
    signature,
    text,
  }: {
    readonly gate?: string | undefined;
    readonly signature?: string | undefined;
    readonly text?: string | undefined;
  },
): Promise<object> {
  if (signature !== undefined) return { do: "approve", gate, signature, text: text ?? "" };
  if (!parts.vouch) throw new WatchbookError("APPROVAL-UNSIGNED");
  return { do: "approve", ...(await parts.vouch(c, run, gate)) };
}

/** What is missing in a plan, in words. */
function lacksOf({ missing }: Plan, lang: Lang): Planned["lacks"] {
  const { plan, words } = texts(lang);
  return missing.map(({ code, args, step = null, source = null }) => ({
    ...sayBoth(plan.missing, code, args, { ...words, ...plan.risks }),
    ...{ step, source },
  }));
}

const isProtected = (daemon: Host, environment: string): boolean =>
  daemon.book().open.book.environments.some((one) => one.id === environment && one.protected);

/** Journal, outputs and the stream of a run. */
function reading(app: Api, daemon: Host): void {
  const { runs, house } = daemon;
  app.openapi(journalRoute, async (c) => {
    const run = await runs.find(c.req.valid("param").id);
    const entries = await runs.journal(run, c.req.valid("query").after);
    return c.json({ run, entries: plain(entries) as never[] }, 200);
  });
  app.openapi(outputRoute, async (c) => {
    const { id, attempt } = c.req.valid("param");
    const run = await runs.find(id);
    const name = shownName(run, await runs.journal(run, 0), attempt);
    const { bytes, ...where } = await readOutput(outputFolder(house.data, run), name, portionOf(c.req.valid("query")));
    return c.json({ ...where, text: bytes.toString("utf8") }, 200);
  });
  app.openapi(followRoute, async (c) => {
    const run = await runs.find(c.req.valid("param").id);
    const from = cursorOf(c.req.header("last-event-id") ?? c.req.valid("query").after);
    return streamSSE(c, async (stream) => {
      const left = new AbortController();
      stream.onAbort(() => left.abort());
      // Of a run that has ended the end is told, whoever leaves.
      const gone = (): Promise<void> =>
        runs.now(run).then(
          ({ record }) => (isEnded(record.state) ? undefined : left.abort()),
          () => left.abort(),
        );
      daemon.done.then(gone, gone);
      const { store, clock, data } = house;
      const follower = new RunFollower({ control: runs, store, clock, data, signal: left.signal }, run, from);
      for await (const { type, ...message } of follower.messages())
        await stream.writeSSE({ event: type, id: cursorText(follower.cursor), data: JSON.stringify(message) });
    });
  });
}

function cursorOf(text: string | undefined): Cursor {
  if (text === undefined || text === "") return START_OF_RUN;
  const cursor = readCursor(text);
  if (!cursor) throw new WatchbookError("REQUEST-INVALID", { problems: [`after: ${text.slice(0, 100)}`] });
  return cursor;
}

interface Asked {
  readonly line?: number | undefined;
  readonly count?: number | undefined;
  readonly offset?: number | undefined;
  readonly bytes?: number | undefined;
  readonly tail?: number | undefined;
}

/** Lines that are given unless it is said how many. */
const LINES = 100;

function portionOf({ line, count, offset, bytes, tail }: Asked): Portion {
  if (line !== undefined) return { line, count: count ?? LINES };
  if (tail !== undefined) return { tail };
  return { offset: offset ?? 0, ...(bytes !== undefined && { bytes }) };
}
