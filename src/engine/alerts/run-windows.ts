import { WatchbookError } from "../../model/error.ts";
import { isOn, type Silence } from "../../model/silence.ts";
import type { House, OpenBook } from "../house.ts";
import type { RunControl } from "../run/control.ts";
import type { RunNow } from "../run/runner.ts";
import type { Alerts } from "./alerts.ts";
import { closeMaintenance, openMaintenance } from "./maintenance.ts";
import { lookedAtFrom, windowOf } from "./run-window.ts";

/** A window is open for so long and lengthened in time: when nobody drives the run any more, it ends by itself. */
const LEASE_MS = 900_000;
/** After a run that ended well, until its service has been looked at again. */
const SETTLE_MS = 60_000;

/** Who ends a window that is not wanted any more. */
const OURSELVES = "watchbook";

export interface RunWindowsParts {
  readonly house: House;
  readonly open: () => OpenBook;
  readonly control: Pick<RunControl, "now" | "list" | "hear">;
  readonly alerts: Pick<Alerts, "say" | "desk">;
  /** Hears of our bugs. */
  readonly onBug: (error: unknown) => void;
}

/** Windows of maintenance that runs open while they change a service, and close when they do not any more. */
export interface RunWindows {
  /** Looks at the runs that were heard of and at those with a window. Rejects as the store does, and is tried again. */
  pass(): Promise<void>;
  /** Stops listening; resolves when nothing of it is on its way. */
  stop(): Promise<void>;
}

export function makeRunWindows(parts: RunWindowsParts): RunWindows {
  const { house, control, alerts, onBug } = parts;
  const due = new Set<string>();
  const unwanted = new Set<string>();
  let [first, stopped] = [true, false];
  let going: Promise<void> | undefined;
  const windows = (): readonly Silence[] => [...alerts.desk().silences.values()].filter(({ run }) => run !== undefined);

  const round = async (): Promise<void> => {
    if (first) for (const { id } of await control.list({ open: true })) due.add(id);
    first = false;
    // One that is about to end is left to.
    for (const { run, ends } of windows()) if (ends - house.clock.wall() > SETTLE_MS) due.add(run!);
    for (const run of due) {
      if (stopped) return;
      // What is heard of it meanwhile is looked at once more.
      due.delete(run);
      try {
        const open = windows().filter((window) => window.run === run && isOn(window, house.clock.wall()));
        await look({ ...parts, unwanted }, run, open);
      } catch (error) {
        due.add(run);
        throw error;
      }
    }
  };
  const pass = (): Promise<void> => (going ??= round().finally(() => (going = undefined)));

  const deafen = control.hear(({ id }) => {
    due.add(id);
    // What the store refused is tried again by the next pass.
    pass().catch((error: unknown) => {
      if (!(error instanceof WatchbookError)) onBug(error);
    });
  });
  return {
    pass,
    stop: async () => {
      stopped = true;
      deafen();
      await going?.catch(() => undefined);
    },
  };
}

/** The run as it stands; undefined for one that nobody knows any more. */
async function known(control: RunWindowsParts["control"], run: string): Promise<RunNow | undefined> {
  try {
    return await control.now(run);
  } catch (error) {
    if (error instanceof WatchbookError && error.code.startsWith("RUN-UNKNOWN")) return undefined;
    throw error;
  }
}

/** `unwanted`: runs whose window a person has ended; it is not opened again. */
type Looking = RunWindowsParts & { readonly unwanted: Set<string> };

async function look(
  { house, open, control, alerts, unwanted }: Looking,
  run: string,
  windows: readonly Silence[],
): Promise<void> {
  const { book } = open();
  const now = await known(control, run);
  const at = house.clock.wall();
  const wanted = now === undefined ? "no" : windowOf(now, book, at);
  if (wanted === "no") {
    for (const window of windows) await closeMaintenance(alerts, window, OURSELVES);
    return;
  }
  if (wanted === "settling") {
    // Once only: from the end of the run, whoever looks, and however often.
    const ends = (now!.record.ended ?? at) + SETTLE_MS;
    for (const window of windows)
      if (window.ends > ends) await alerts.say({ kind: "silence", silence: { ...window, ends } });
    return;
  }
  for (const window of windows)
    if (window.ends - at < LEASE_MS / 2)
      await alerts.say({ kind: "silence", silence: { ...window, ends: at + LEASE_MS } });
  if (windows.length > 0 || unwanted.has(run)) return;
  if (await endedByPerson(house, run)) unwanted.add(run);
  else await begin(alerts, now!, { book, at });
}

const endedByPerson = async ({ store }: Pick<House, "store">, run: string): Promise<boolean> =>
  (await store.desk("silence", { under: run })).some(({ ended }) => ended !== undefined && ended.by !== OURSELVES);

async function begin(
  alerts: Pick<Alerts, "say">,
  { record, plan }: RunNow,
  { book, at }: { readonly book: OpenBook["book"]; readonly at: number },
): Promise<void> {
  const service = plan.service!;
  const targets = lookedAtFrom(book, service, plan.environment);
  if (targets.length === 0) return;
  const what = { change: record.id, title: record.title, services: [service], targets, run: record.id };
  await openMaintenance(alerts, { ...what, by: record.by, until: at + LEASE_MS }, at);
}
