/** What a person may be at this watchbook. Roles of the manual (ops-lead …) say who is asked; these say what the server lets them do. */
export const ACCESS_ROLES = ["viewer", "operator", "approver", "administrator"] as const;
export type AccessRole = (typeof ACCESS_ROLES)[number];

/** A role, everywhere or for some services and environments only. */
export interface Grant {
  readonly role: AccessRole;
  /** Absent: all. */
  readonly services?: readonly string[];
  /** Absent: all. */
  readonly environments?: readonly string[];
}

/** Everything that can be done through the API; each route names one. */
export const ACTIONS = [
  /** Asks nothing of anybody: to sign in, to look whether one is. */
  "enter",
  "read",
  /** One's own account, sessions, tokens and emergency. */
  "own",
  "run.plan",
  /** Of a plan that only reads. */
  "run.look",
  "run.begin",
  "run.act",
  "run.approve",
  "duty.do",
  "alert.act",
  "incident.act",
  "rota.change",
  "gap.write",
  "handover.accept",
  "audit.read",
  "access.manage",
] as const;
export type Action = (typeof ACTIONS)[number];

/** What something is done to; absent parts: it belongs to none. */
export interface ActedOn {
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
}

const EVERYBODY: readonly AccessRole[] = ACCESS_ROLES;
const OPERATING: readonly AccessRole[] = ["operator", "administrator"];
const APPROVING: readonly AccessRole[] = ["approver", "administrator"];
const MANAGING: readonly AccessRole[] = ["administrator"];

/** Roles that may do it. */
export const ROLES_OF: Readonly<Record<Action, readonly AccessRole[]>> = {
  enter: EVERYBODY,
  read: EVERYBODY,
  own: EVERYBODY,
  "run.plan": EVERYBODY,
  "run.look": EVERYBODY,
  "run.begin": OPERATING,
  "run.act": OPERATING,
  "run.approve": APPROVING,
  "duty.do": OPERATING,
  "alert.act": OPERATING,
  "incident.act": OPERATING,
  "rota.change": OPERATING,
  "gap.write": ["operator", "approver", "administrator"],
  "handover.accept": ["operator", "approver", "administrator"],
  "audit.read": MANAGING,
  "access.manage": MANAGING,
};

const within = (list: readonly string[] | undefined, one: string | undefined): boolean =>
  list === undefined || (one !== undefined && list.includes(one));

/** What of the book everybody who may look at it reads: it is not divided by service. */
const UNDIVIDED: ReadonlySet<Action> = new Set(["enter", "read", "own", "run.plan"]);

/**
 * Whether whoever holds `grants` may do `action` to `object`. A grant for some services or environments reaches only what
 * is known to belong to one of them. Pure; the only place that decides.
 */
export const may = (grants: readonly Grant[], action: Action, object: ActedOn = {}): boolean =>
  action === "enter" ||
  grants.some(
    ({ role, services, environments }) =>
      ROLES_OF[action].includes(role) &&
      (UNDIVIDED.has(action) || (within(services, object.service) && within(environments, object.environment))),
  );

/** What both allow: a token's own limits upon its person's grants. */
export function narrowed(grants: readonly Grant[], limits: Pick<Grant, "services" | "environments">): readonly Grant[] {
  const both = (a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined =>
    a && b ? a.filter((one) => b.includes(one)) : (a ?? b);
  return grants.map(({ role, ...own }) => {
    const services = both(own.services, limits.services);
    const environments = both(own.environments, limits.environments);
    return { role, ...(services && { services }), ...(environments && { environments }) };
  });
}

interface Granted {
  readonly id: string;
  readonly access?: readonly Grant[];
}

/** Before anybody declares `access`, all persons of a book operate and approve, as the manual's own roles allow. */
const UNDECLARED: readonly Grant[] = [{ role: "operator" }, { role: "approver" }];

/**
 * What the book grants to `person`: as declared; whoever declares nothing in a book that does declare `access` only looks.
 * Undefined: nobody of the book.
 */
export function grantsOf(people: readonly Granted[], person: string): readonly Grant[] | undefined {
  const found = people.find(({ id }) => id === person);
  if (!found) return undefined;
  if (found.access) return found.access;
  return people.some(({ access }) => access !== undefined) ? [{ role: "viewer" }] : UNDECLARED;
}
