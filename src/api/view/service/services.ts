import type { CheckNow, Snapshot } from "../../../engine/snapshot.ts";
import type { Alert } from "../../../model/alert.ts";
import type { Book } from "../../../model/book.ts";
import type { RunRecord } from "../../../model/run.ts";
import { OWN, type ServiceNow } from "../../contract.ts";
import { runsOf } from "./runs.ts";
import { worst } from "./worst.ts";

/** What there is to know of services. */
export interface Known extends Required<Pick<Snapshot, "checks" | "alerts">> {
  readonly book: Book;
  /** Newest first. */
  readonly runs: readonly RunRecord[];
}

const ORDER: readonly ServiceNow["state"][] = ["fail", "unknown", "warn", "unread", "pass", "none"];

/** Service that something belongs to: the one that it names, of a book with one service that one, or `-`. */
export function ownerOf({ services }: Pick<Book, "services">, service: string | undefined): string {
  const named = service ?? (services.length === 1 ? services[0]!.id : undefined);
  return services.find(({ id }) => id === named)?.id ?? OWN;
}

function stateOf(checks: readonly CheckNow[], alerts: readonly Alert[]): ServiceNow["state"] {
  const state = worst([
    ...checks.map(({ reading }) => reading?.outcome),
    // An alert of which nobody says that it is down may be any: at least it is no peace.
    ...alerts.map(({ down }) => (down ? ("fail" as const) : ("warn" as const))),
  ]);
  if (checks.length === 0 && state === null) return "none";
  const unread = checks.some(({ reading }) => reading === undefined);
  return state === null || (state === "pass" && unread) ? "unread" : state;
}

function countsOf(checks: readonly CheckNow[]): ServiceNow["checks"] {
  const counts = { pass: 0, warn: 0, fail: 0, unknown: 0, unread: 0 };
  for (const { reading } of checks) counts[reading?.outcome ?? "unread"] += 1;
  return counts;
}

/** Services of the book, worst first; last what belongs to none, where there is such. Pure. */
export function servicesView({ book, checks, alerts, runs }: Known): readonly ServiceNow[] {
  const checksBy = Map.groupBy(checks, ({ spec }) => ownerOf(book, spec.service));
  const alertsBy = Map.groupBy(alerts, ({ service }) => ownerOf(book, service));
  const ran = runsOf(book, runs);
  const now = (id: string) => {
    const [own, open] = [checksBy.get(id) ?? [], alertsBy.get(id) ?? []];
    return { state: stateOf(own, open), checks: countsOf(own), alerts: open.length, ...ran(id) };
  };
  const services = book.services.map(({ id, title, purpose = null, owner = null, source, ...one }) => ({
    ...{ id, title, purpose, owner, source },
    ...{ environments: [...one.environments], needs: [...one.needs] },
    ...now(id),
  }));
  const rank = ({ state, alerts: open }: ServiceNow): number => ORDER.indexOf(state) - (open > 0 ? 0.5 : 0);
  const rest = now(OWN);
  const nobodys = { id: OWN, title: book.title, purpose: null, owner: null, environments: [], needs: [], source: null };
  return [
    ...services.toSorted((a, b) => rank(a) - rank(b)),
    ...(rest.state === "none" && rest.running === 0 ? [] : [{ ...nobodys, ...rest }]),
  ];
}
