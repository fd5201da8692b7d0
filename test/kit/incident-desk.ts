import { advance, declare, type Declaration, type Given, type IncidentEvent } from "../../src/desk/incident/index.ts";
import type { NoticeRecord } from "../../src/model/alert.ts";
import { INCIDENT_DEFAULTS, type IncidentPolicy } from "../../src/model/incident-policy.ts";
import type { Incident } from "../../src/model/incident.ts";
import { chain, policy as alertPolicy, MINUTE, T0 } from "./alert-desk.ts";

export { MINUTE, T0 };

const { priorities: _, hours: _hours, ...settings } = INCIDENT_DEFAULTS;

export const incidentPolicy = (more: Partial<IncidentPolicy> = {}): IncidentPolicy => ({
  ...settings,
  severities: { critical: "P0", warning: "P2" },
  zone: "UTC",
  channels: ["room"],
  pauses: [
    { id: "customer", title: "waiting for the customer", clocks: ["resolve"] },
    { id: "night", title: "agreed until the morning", clocks: ["respond", "resolve"] },
  ],
  scale: [
    {
      ...{ id: "P0", respondMs: 15 * MINUTE, resolveMs: 120 * MINUTE, schedule: { zone: "UTC" } },
      chain: chain("P0", "pager", "phone"),
    },
    {
      ...{ id: "P2", respondMs: 120 * MINUTE, resolveMs: 1440 * MINUTE, schedule: { zone: "UTC" } },
      chain: chain("P2", "chat"),
    },
  ],
  ...more,
});

export const declaration = (more: Partial<Declaration> = {}): Declaration => ({
  ...{ id: "inc-20261120-01", title: "The shop is down", by: "wei", priority: "P0", service: "shop" },
  ...{ origin: { kind: "alert", alert: "a1", rule: "shop-down", check: "front" }, since: T0, path: ["front"] },
  alerts: [{ id: "a1", title: "The shop answers", check: "front", target: "web-1", started: T0 }],
  ...more,
});

/** A stand-in for the engine: one incident, a clock, whoever is told by channel. */
export class IncidentWorld {
  incident: Incident;
  now: number;
  policy: IncidentPolicy;
  readonly notices: NoticeRecord[] = [];
  constructor(
    given: {
      policy?: IncidentPolicy;
      now?: number;
      declaration?: Partial<Declaration>;
      people?: readonly string[];
    } = {},
  ) {
    this.now = given.now ?? T0;
    this.policy = given.policy ?? incidentPolicy();
    this.people = given.people ?? ["wei", "li"];
    const begun = declare(declaration({ since: this.now, ...given.declaration }), this.given);
    this.incident = begun.incident;
    this.notices.push(...begun.notices);
  }
  readonly people: readonly string[];

  get given(): Given {
    const reach = new Map(this.people.map((id) => [id, [`to-${id}`]]));
    return { now: this.now, policy: this.policy, alerts: alertPolicy({ reach }), onCall: () => [] };
  }
  do(event: IncidentEvent): this {
    const { incident, notices } = advance(this.incident, event, this.given);
    this.incident = incident;
    this.notices.push(...notices);
    return this;
  }
  /** So many minutes later somebody looks. */
  wait(minutes: number): this {
    this.now += minutes * MINUTE;
    return this.do({ kind: "tick" });
  }
  /** What is kept, read again: a restart. */
  restart(): this {
    this.incident = JSON.parse(JSON.stringify(this.incident)) as Incident;
    return this;
  }
  green(): this {
    const at = this.now;
    const [alert] = this.incident.alerts;
    if (alert && alert.ended === undefined)
      this.do({ kind: "alert", did: "cleared", at, alert: { ...alert, ended: at } });
    return this.do({ kind: "readings", readings: [{ check: "front", target: "web-1", outcome: "pass", at }] });
  }
  /** `channel what`, as they were told. */
  told(): readonly string[] {
    return this.notices.map(({ channel, incident }) => `${channel} ${incident!.what}`);
  }
  kinds(): readonly string[] {
    return this.incident.timeline.map(({ kind }) => kind);
  }
}
