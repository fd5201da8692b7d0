import type { RunMarks } from "../../model/step.ts";
import type { Change, Store } from "../../store/store.ts";
import { makeTurn } from "../turn.ts";

/** Runs that have left something on targets. */
const INDEX = "run.marks";
const keyOf = (run: string): string => `${INDEX}:${run}`;

const inTurn = makeTurn();

const listOf = async (store: Pick<Store, "value">, key: string): Promise<readonly string[]> =>
  JSON.parse((await store.value(key)) ?? "[]") as string[];

const setTo = (key: string, list: readonly string[]): Change => ({
  kind: "value.set",
  key,
  value: list.length === 0 ? null : JSON.stringify(list),
});

/** Ids of the runs that have left something on some target, oldest first. */
export const markedRuns = (store: Store): Promise<readonly string[]> => listOf(store, INDEX);

/** Names of the targets on which a run has left something. */
export const markedTargets = (store: Store, run: string): Promise<readonly string[]> => listOf(store, keyOf(run));

/** Of what a run has left, nothing is there any more on these targets. */
export const unmark = (store: Store, run: string, gone: ReadonlySet<string>): Promise<void> =>
  inTurn(store, async () => {
    const rest = (await markedTargets(store, run)).filter((target) => !gone.has(target));
    const index =
      rest.length > 0
        ? []
        : [
            setTo(
              INDEX,
              (await markedRuns(store)).filter((each) => each !== run),
            ),
          ];
    await store.commit([setTo(keyOf(run), rest), ...index]);
  });

export interface KnownMarks extends RunMarks {
  /** False: it is certain that there is none. */
  mayBe(): boolean;
}

/**
 * The marks of a run in the hands of its worker: read once, and of a run that it created (`isNew`) not at all. `left` passes the run's fence each time, also where a target
 * that was swept meanwhile is marked again: a worker that was replaced leaves nothing that it could begin under.
 */
export function runMarks(store: Store, run: string, epoch: number, isNew = false): KnownMarks {
  let known = isNew ? Promise.resolve(new Set<string>()) : undefined;
  let mayBe = !isNew;
  const all = (): Promise<Set<string>> => (known ??= markedTargets(store, run).then((targets) => new Set(targets)));
  return {
    mayBe: () => mayBe,
    has: async (target) => (await all()).has(target),
    left: (target) => {
      mayBe = true;
      return inTurn(store, async () => {
        const targets = await all();
        const runs = targets.size > 0 ? [] : await markedRuns(store);
        const index = targets.size > 0 || runs.includes(run) ? [] : [setTo(INDEX, [...runs, run])];
        const own = targets.has(target) ? [] : [setTo(keyOf(run), [...targets, target])];
        await store.commit([{ kind: "run.fence", run, epoch }, ...own, ...index]);
        targets.add(target);
      });
    },
  };
}
