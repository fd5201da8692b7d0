import type { Context } from "hono";
import { incidentPolicyOf } from "../../desk/incident/index.ts";
import type { ProblemAsk } from "../../desk/problem/index.ts";
import { given } from "../../model/given.ts";
import type { IncidentAsk, IncidentDeed } from "../../model/incident-ask.ts";
import type { Incident } from "../../model/incident.ts";
import type { Problem } from "../../model/problem.ts";
import { dismissAlert } from "../../engine/incidents/dismiss.ts";
import { oneNamed } from "../../engine/incidents/named.ts";
import {
  declareRoute,
  dismissRoute,
  incidentActionRoute,
  incidentRoute,
  incidentsRoute,
  openProblemRoute,
  problemActionRoute,
  problemRoute,
  problemsRoute,
  reviewRoute,
  type IncidentChoices,
  type IncidentShown,
  type ProblemRecordShown,
} from "../contract.ts";
import type { Book } from "../../model/book.ts";
import { entrySay } from "../../report/incident/entry.ts";
import type { Api, Env, Parts } from "../front.ts";
import { incidentView } from "../view/incident.ts";
import { problemView } from "../view/problem.ts";
import { reviewView } from "../view/review.ts";

const NEWEST = 1_000;

const plain = (problem: Problem): ProblemRecordShown => JSON.parse(JSON.stringify(problem)) as ProblemRecordShown;

/** What the book lets a person choose from. */
function choicesOf(book: Book): IncidentChoices {
  const { scale, roles, pauses } = incidentPolicyOf(book);
  return {
    priorities: scale.map(({ id }) => id),
    roles: [...roles],
    pauses: pauses.map(({ id, title, clocks }) => ({ id, title, clocks: [...clocks] })),
    people: book.config.people.map(({ id, name }) => ({ id, name })),
    page: book.config.incidents?.page !== undefined,
  };
}

export function incidentRoutes(app: Api, { daemon }: Parts): void {
  const { house, incidents } = daemon;
  const { store, clock } = house;
  const view = (c: Context<Env>, incident: Incident, problems: readonly Problem[]): IncidentShown => {
    const found = incidentView(incident, { book: daemon.book().open.book, now: clock.wall(), problems });
    return { ...found, timeline: found.timeline.map((one) => ({ ...one, say: entrySay(one, c.get("lang")) })) };
  };
  const named = async (id: string): Promise<Incident> =>
    (await store.deskOne("incident", id)) ??
    oneNamed(await store.desk("incident", { limit: NEWEST }), id, "INCIDENT-UNKNOWN");
  const shown = async (c: Context<Env>, incident: Incident): Promise<IncidentShown> =>
    view(c, incident, await store.desk("problem", { limit: NEWEST }));

  app.openapi(incidentsRoute, async (c) => {
    const { open, limit } = c.req.valid("query");
    const found = await store.desk("incident", { open: open === "true", limit });
    const problems = await store.desk("problem", { limit: NEWEST });
    const choices = choicesOf(daemon.book().open.book);
    return c.json({ at: clock.wall(), incidents: found.map((one) => view(c, one, problems)), choices }, 200);
  });
  app.openapi(incidentRoute, async (c) => {
    return c.json(await shown(c, await named(c.req.valid("param").id)), 200);
  });
  app.openapi(reviewRoute, async (c) => {
    const incident = await named(c.req.valid("param").id);
    const runs = await Promise.all(incident.runs.map((run) => store.run(run)));
    const about = { incident, runs: runs.flatMap((run) => run?.record ?? []), now: clock.wall(), lang: c.get("lang") };
    const found = reviewView(daemon.book(), about);
    return c.json({ ...found, nodes: [...found.nodes] as unknown[] }, 200);
  });
  app.openapi(declareRoute, async (c) => {
    const { by, ...ask } = c.req.valid("json");
    const who = c.get("person") ?? by ?? "socket";
    return c.json(await shown(c, await incidents.act(who, { do: "open", ...given(ask) })), 201);
  });
  app.openapi(incidentActionRoute, async (c) => {
    const { by, ...deed } = c.req.valid("json");
    const who = c.get("person") ?? by ?? "socket";
    const ask = {
      incident: c.get("ids")?.[0] ?? c.req.valid("param").id,
      ...(given(deed) as IncidentDeed),
    } as IncidentAsk;
    return c.json(await shown(c, await incidents.act(who, ask)), 200);
  });
  app.openapi(dismissRoute, async (c) => {
    const { by, reason } = c.req.valid("json");
    const who = c.get("person") ?? by ?? "socket";
    const { id } = await dismissAlert(house, c.req.valid("param").id, { by: who, reason });
    return c.json({ id }, 200);
  });
  app.openapi(problemsRoute, async (c) => {
    const { open, limit } = c.req.valid("query");
    const found = await store.desk("problem", { open: open === "true", limit });
    return c.json({ at: clock.wall(), problems: found.map(plain) }, 200);
  });
  app.openapi(problemRoute, async (c) => {
    const { id } = c.req.valid("param");
    const exact = await store.deskOne("problem", id);
    const found = exact ?? oneNamed(await store.desk("problem", { limit: NEWEST }), id, "PROBLEM-UNKNOWN");
    const joined = await Promise.all(found.incidents.map((one) => store.deskOne("incident", one)));
    const incidents = joined.filter((one) => one !== undefined);
    return c.json(problemView(found, { incidents, state: daemon.book(), lang: c.get("lang") }), 200);
  });
  app.openapi(openProblemRoute, async (c) => {
    const { by, title, incidents: linked } = c.req.valid("json");
    return c.json(plain(await incidents.openProblem(c.get("person") ?? by ?? "socket", title, linked)), 201);
  });
  app.openapi(problemActionRoute, async (c) => {
    const { by, ...ask } = c.req.valid("json");
    const who = c.get("person") ?? by ?? "socket";
    return c.json(plain(await incidents.actOnProblem(who, c.req.valid("param").id, ask as ProblemAsk)), 200);
  });
}
