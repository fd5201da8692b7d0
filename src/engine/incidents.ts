import { advance, declare, incidentPolicyOf, type Given, type IncidentEvent } from "../desk/incident/index.ts";
import { decideProblem, proposed, type ProblemAsk } from "../desk/problem/index.ts";
import type { NoticeRecord } from "../model/alert.ts";
import type { Book } from "../model/book.ts";
import { WatchbookError } from "../model/error.ts";
import type { DeclareAsk, IncidentAsk } from "../model/incident-ask.ts";
import type { IncidentPolicy } from "../model/incident-policy.ts";
import { isGoingOn, isPending, type Incident, type PathReading } from "../model/incident.ts";
import { isOpenProblem, type Problem } from "../model/problem.ts";
import type { Change } from "../store/store.ts";
import { alertNamed } from "./alerts/ask.ts";
import type { Alerts } from "./alerts/alerts.ts";
import { makeDrift } from "./alerts/drift.ts";
import { rulesNow } from "./alerts/rules-now.ts";
import type { House, OpenBook } from "./house.ts";
import { declarationOf } from "./incidents/declaration.ts";
import { eventOf } from "./incidents/deed.ts";
import { isTold, meaningOf } from "./incidents/happened.ts";
import { incidentChanges, problemChanges } from "./incidents/keep.ts";
import { isOwed, publishIncident } from "./incidents/evidence.ts";
import { withInstead } from "./incidents/instead.ts";
import { untoldAlerts } from "./incidents/linked.ts";
import { lookAtPath } from "./incidents/look.ts";
import { nextId, oneNamed } from "./incidents/named.ts";

export interface IncidentsParts {
  readonly house: House;
  readonly open: () => OpenBook;
  readonly alerts: Pick<Alerts, "say" | "onCall" | "desk">;
}

/** Incidents and problems as their owner keeps them: what happens goes in, notices come out with what is kept. */
export interface Incidents {
  /** Those about which somebody still has to do something, oldest first. */
  list(): readonly Incident[];
  problems(): readonly Problem[];
  /** Does what a person asks for; resolves when it is kept. Rejects with WatchbookError INCIDENT-…, ALERT-UNKNOWN. */
  act(by: string, ask: IncidentAsk): Promise<Incident>;
  /** Opens a problem by hand. */
  openProblem(by: string, title: string, incidents: readonly string[]): Promise<Problem>;
  /** Rejects with WatchbookError PROBLEM-…. */
  actOnProblem(by: string, id: string, ask: ProblemAsk): Promise<Problem>;
  /** Time went by: what happened is told in timelines, clocks are looked at, paths that nobody has confirmed are. */
  pass(signal?: AbortSignal): Promise<void>;
}

/** Names the last event that timelines have told, and the moment at which somebody looked last. */
const SEEN = "incidents.seen";
const MOST = 10_000;
const PAGE = 1_000;
/** A path that could not be judged is looked at again after so long. */
const AGAIN_MS = 30_000;

const policies = new WeakMap<Book, IncidentPolicy>();
/** What a book says of incidents, made once per book. */
export function policyNow(book: Book): IncidentPolicy {
  const known = policies.get(book) ?? incidentPolicyOf(book);
  policies.set(book, known);
  return known;
}

/** Opens the desk that the last owner left. Rejects as the store does. */
export async function makeIncidents(parts: IncidentsParts): Promise<Incidents> {
  const { store, clock } = parts.house;
  const incidents = await store.desk("incident", { open: true, limit: MOST });
  const problems = await store.desk("problem", { open: true, limit: MOST });
  const [seq = 0, looked] = ((await store.value(SEEN)) ?? "0").split(" ").map(Number);
  const running = new Running(parts, incidents, problems, seq);
  // The clock was set back while nobody looked: what had passed, has passed.
  const by = looked === undefined ? 0 : Math.min(0, clock.wall() - looked);
  if (by < 0) await running.moved(by);
  return running;
}

class Running implements Incidents {
  readonly #parts: IncidentsParts;
  readonly #drift: () => number;
  readonly #incidents: Map<string, Incident>;
  readonly #problems: Map<string, Problem>;
  #seq: number;
  #looked = 0;
  #tried = new Map<string, number>();
  /** One at a time: what is decided next is decided on what comes out of it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: IncidentsParts, incidents: readonly Incident[], problems: readonly Problem[], seq: number) {
    this.#parts = parts;
    this.#drift = makeDrift(parts.house.clock);
    this.#incidents = new Map(incidents.toReversed().map((one) => [one.id, one]));
    this.#problems = new Map(problems.toReversed().map((one) => [one.id, one]));
    this.#seq = seq;
  }

  list(): readonly Incident[] {
    return [...this.#incidents.values()];
  }

  problems(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  moved(by: number): Promise<void> {
    return this.#next(() => this.#all({ kind: "clock", by }));
  }

  async act(by: string, ask: IncidentAsk): Promise<Incident> {
    if (ask.do === "open") return this.#next(() => this.#declare(by, ask));
    const { incident: name, ...deed } = ask;
    // Outside the turn: a path that hangs holds nobody up.
    const looks = deed.do === "look" || deed.do === "resolve";
    const readings = looks ? await this.#readings(await this.#named(name)) : [];
    return this.#next(async () => {
      await this.#told();
      const before = await this.#named(name);
      const { clock } = this.#parts.house;
      const { people } = this.#open.book.config;
      const seen = readings.length === 0 ? before : await this.#step(before, { kind: "readings", readings });
      if (deed.do === "look") return seen;
      const event = eventOf(deed, seen, { by, now: clock.wall(), people });
      const after = await this.#step(seen, event);
      return isGoingOn(after) && deed.do === "priority" ? this.#step(after, { kind: "tick" }) : after;
    });
  }

  openProblem(by: string, title: string, incidents: readonly string[]): Promise<Problem> {
    return this.#next(async () => {
      if (title.trim() === "") throw new WatchbookError("PROBLEM-TEXT", { id: "" });
      const linked = await Promise.all(incidents.map((id) => this.#named(id)));
      const { store, clock } = this.#parts.house;
      const at = clock.wall();
      const id = await nextId(store, "problem", { at, zone: this.#open.book.zone, taken: [...this.#problems.keys()] });
      const ids = linked.map((one) => one.id).toSorted();
      const problem: Problem = { id, title: title.trim(), state: "open", opened: at, by, incidents: ids, notes: [] };
      await this.#keepProblem(undefined, problem, by);
      for (const one of linked) await this.#step(one, { kind: "problem", problem: id, by });
      return problem;
    });
  }

  actOnProblem(by: string, name: string, ask: ProblemAsk): Promise<Problem> {
    return this.#next(async () => {
      const before = oneNamed(this.problems(), name, "PROBLEM-UNKNOWN");
      const linked = ask.do === "link" ? await this.#named(ask.incident) : undefined;
      const real = linked && ask.do === "link" ? { ...ask, incident: linked.id } : ask;
      const after = decideProblem(before, real, by, this.#parts.house.clock.wall());
      await this.#keepProblem(before, after, by);
      if (linked) await this.#step(linked, { kind: "problem", problem: after.id, by });
      return after;
    });
  }

  async pass(signal?: AbortSignal): Promise<void> {
    await this.#next(async () => {
      await this.#told();
      await this.#all({ kind: "tick" });
    });
    await this.#confirm(signal);
    for (const one of this.list().filter(isOwed)) await this.#prove(one);
  }

  get #open(): OpenBook {
    return this.#parts.open();
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  get #given(): Given {
    const { book } = this.#open;
    const { alerts, house } = this.#parts;
    return { now: house.clock.wall(), policy: policyNow(book), alerts: rulesNow(book).policy, onCall: alerts.onCall };
  }

  /** Of those that are over too. Rejects with INCIDENT-UNKNOWN. */
  async #named(name: string): Promise<Incident> {
    const { store } = this.#parts.house;
    const here = this.#incidents.get(name) ?? (await store.deskOne("incident", name));
    return here ?? oneNamed(this.list(), name, "INCIDENT-UNKNOWN");
  }

  async #declare(by: string, ask: DeclareAsk): Promise<Incident> {
    await this.#told();
    const { store, clock } = this.#parts.house;
    const open = this.#open;
    const { policy } = this.#given;
    const alert = ask.alert === undefined ? undefined : await alertNamed(store, ask.alert);
    // A drill's incident keeps no alert from a real one.
    const has = this.list().find(
      (one) =>
        alert && isGoingOn(one) && one.simulated === ask.simulated && one.alerts.some(({ id }) => id === alert.id),
    );
    if (alert && has) throw new WatchbookError("INCIDENT-HAS", { alert: alert.id, id: has.id });
    const now = clock.wall();
    const taken = [...this.#incidents.keys()];
    const id = await nextId(store, "incident", {
      at: now,
      zone: open.book.zone,
      simulated: ask.simulated === true,
      taken,
    });
    const alerts = await store.desk("alert", { open: true, limit: MOST });
    const begun = declare(declarationOf(ask, { open, policy, id, by, now, alert, alerts }), this.#given);
    const seen: Change = { kind: "value.set", key: SEEN, value: `${this.#seq} ${now}` };
    await this.#keep(undefined, begun.incident, begun.notices, [seen]);
    await this.#comesBack(begun.incident);
    return this.#incidents.get(id)!;
  }

  /** Incidents that come back become a problem, or belong to the one that is open. */
  async #comesBack(incident: Incident): Promise<void> {
    const { signature } = incident;
    if (signature === undefined) return;
    const { store, clock } = this.#parts.house;
    const known = await store.desk("problem", { under: signature, limit: PAGE });
    const open = known.find((one) => isOpenProblem(one));
    if (open && !incident.simulated) {
      await this.#keepProblem(
        open,
        { ...open, incidents: [...new Set([...open.incidents, incident.id])].toSorted() },
        "",
      );
      return void (await this.#step(incident, { kind: "problem", problem: open.id }));
    }
    const all = await store.desk("incident", { under: signature, limit: PAGE });
    const zone = this.#open.book.zone;
    const id = await nextId(store, "problem", { at: clock.wall(), zone, taken: [...this.#problems.keys()] });
    const problem = proposed(incident, all, known, policyNow(this.#open.book), id);
    if (!problem) return;
    await this.#keepProblem(undefined, problem, "");
    await this.#step(incident, { kind: "problem", problem: id });
  }

  /** One step of one incident, kept with its notices. */
  async #step(before: Incident, event: IncidentEvent): Promise<Incident> {
    const all = event.kind === "resolve" ? await withInstead(this.#parts.house.store, before) : before;
    const { incident, notices } = advance(all, event, this.#given);
    if (incident !== before) await this.#keep(before, incident, notices);
    return incident;
  }

  async #all(event: IncidentEvent): Promise<void> {
    for (const one of this.list()) await this.#step(one, event);
  }

  async #keep(
    before: Incident | undefined,
    after: Incident,
    notices: readonly NoticeRecord[],
    also: readonly Change[] = [],
  ): Promise<void> {
    if (isPending(after)) this.#incidents.set(after.id, after);
    else this.#incidents.delete(after.id);
    const changes = incidentChanges(before, after, this.#parts.house.clock.wall());
    await this.#parts.alerts.say({ kind: "notices", notices }, [...changes, ...also]);
  }

  async #keepProblem(before: Problem | undefined, after: Problem, by: string): Promise<void> {
    if (isOpenProblem(after)) this.#problems.set(after.id, after);
    else this.#problems.delete(after.id);
    const changes = problemChanges(before, after, by, this.#parts.house.clock.wall());
    await this.#parts.alerts.say({ kind: "notices", notices: [] }, changes);
  }

  /** Before anything is declared or decided: an incident and the alert that it begins with are moved once, and both. */
  async #lookAtClock(): Promise<void> {
    const by = this.#drift();
    if (by === 0) return;
    await this.#parts.alerts.say({ kind: "notices", notices: [] });
    await this.#all({ kind: "clock", by });
  }

  /** Tells timelines what happened since: each event once, whatever restarts when. */
  async #told(): Promise<void> {
    const { store, clock } = this.#parts.house;
    await this.#lookAtClock();
    const { book } = this.#open;
    for (;;) {
      const page = await store.events({ after: this.#seq, limit: PAGE });
      const last = page.at(-1);
      if (!last) break;
      const going = this.list().filter(isGoingOn);
      const steps = new Map<string, { readonly before: Incident; after: Incident }>();
      for (const event of going.length === 0 ? [] : page.filter(({ kind }) => isTold(kind))) {
        const meaning = await meaningOf(event, store, book);
        for (const one of going) {
          const step = steps.get(one.id) ?? { before: one, after: one };
          const found = event.at < one.clocks.since ? undefined : meaning(step.after);
          if (found) step.after = advance(step.after, found, this.#given).incident;
          steps.set(one.id, step);
        }
      }
      this.#seq = last.seq;
      // Nobody's timeline: where one begins, what came before it is written down with it.
      if (going.length === 0) continue;
      const seen: Change = { kind: "value.set", key: SEEN, value: `${last.seq} ${clock.wall()}` };
      const changed = [...steps.values()].filter(({ before, after }) => before !== after);
      for (const { after } of changed) this.#incidents.set(after.id, after);
      const changes = changed.flatMap(({ before, after }) => incidentChanges(before, after, clock.wall()));
      this.#looked = clock.wall();
      await this.#parts.alerts.say({ kind: "notices", notices: [] }, [...changes, seen]);
    }
    await this.#reconciled();
    await this.#lookedNow();
  }

  /** What no event told: an incident stands as its alerts do, whatever stopped when. */
  async #reconciled(): Promise<void> {
    const { house, alerts } = this.#parts;
    const going = this.list().filter(isGoingOn);
    if (going.length === 0) return;
    const open = new Map([...alerts.desk().open.values()].map((alert) => [alert.id, alert]));
    for (const one of going) {
      const event = await untoldAlerts(one, open, house.store, house.clock.wall());
      if (event) await this.#step(one, event);
    }
  }

  /** When somebody looked last, while a clock runs: a clock that is set back while nobody looks is noticed by it. */
  async #lookedNow(): Promise<void> {
    const now = this.#parts.house.clock.wall();
    if (!this.list().some(isGoingOn) || Math.abs(now - this.#looked) < AGAIN_MS) return;
    this.#looked = now;
    const seen: Change = { kind: "value.set", key: SEEN, value: `${this.#seq} ${now}` };
    await this.#parts.alerts.say({ kind: "notices", notices: [] }, [seen]);
  }

  /** The first thing about an incident is whether users are hit: their path is looked at until it is known. */
  async #confirm(signal?: AbortSignal): Promise<void> {
    const { clock } = this.#parts.house;
    for (const one of this.list().filter(({ state, path }) => state === "confirming" && path.length > 0)) {
      const now = clock.wall();
      if (Math.abs(now - (this.#tried.get(one.id) ?? Number.NEGATIVE_INFINITY)) < AGAIN_MS) continue;
      this.#tried.set(one.id, now);
      const readings = await this.#readings(one, signal);
      if (signal?.aborted) return;
      await this.#next(async () => {
        const here = this.#incidents.get(one.id);
        if (here && isGoingOn(here)) await this.#step(here, { kind: "readings", readings });
      });
    }
  }

  /** Its evidence, once it is closed; a disk that refuses is tried again at the next pass. */
  async #prove(incident: Incident): Promise<void> {
    const path = await publishIncident(this.#parts.house, this.#open, incident);
    await this.#next(async () => {
      const here = this.#incidents.get(incident.id);
      if (here && isOwed(here)) await this.#step(here, { kind: "evidence", path });
    });
  }

  #readings(incident: Incident, signal?: AbortSignal): Promise<readonly PathReading[]> {
    return lookAtPath(this.#parts.house, this.#open, incident, signal ?? new AbortController().signal);
  }
}
