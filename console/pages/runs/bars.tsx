import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { RunRecord } from "../../../src/api/contract.ts";
import { wallNow } from "../../app/clock.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { wordOf } from "../../ui/word.ts";
import { heightsOf, secondsOf } from "./past-runs.ts";

const LOOKS: Readonly<Record<string, string>> = {
  done: "bg-pass",
  undone: "bg-warn",
  cancelled: "bg-edge",
  refused: "bg-edge",
};
/** What went wrong is hollow besides: not told by its colour alone. */
const WRONG = "bg-fail-t inset-ring-2 inset-ring-fail";

interface Given {
  /** Oldest first. */
  readonly runs: readonly RunRecord[];
}

const useBars = (runs: readonly RunRecord[]) => {
  const heights = heightsOf(runs.map((one) => secondsOf(one, wallNow())));
  return runs.map((run, at) => ({ run, look: LOOKS[run.state] ?? WRONG, height: `${heights[at]}%` }));
};

/** How the last runs went, as a picture: a bar each, as high as it took long. */
export function RunBars({ runs }: Given): ReactNode {
  const { runs: words, states } = useTexts();
  const bars = useBars(runs);
  if (runs.length === 0) return null;
  const counts = Map.groupBy(runs, ({ state }) => state);
  const said = [...counts].map(([state, of]) => format(words.barCount, { count: of.length, state: states[state] }));
  const label = format(words.bars, { said: said.join(", ") });
  return (
    <span role="img" aria-label={label} title={label} className="flex h-6 items-end gap-px">
      {bars.map(({ run, look, height }) => (
        <span key={run.id} style={{ height }} className={`w-1.5 rounded-[2px] ${look}`} />
      ))}
    </span>
  );
}

/** The same, each leading to its run. */
export function RunBarLinks({ runs }: Given): ReactNode {
  const { runs: words, states } = useTexts();
  const times = useTimes();
  const bars = useBars(runs);
  return (
    <ol className="flex h-12 items-stretch gap-0.5">
      {bars.map(({ run, look, height }) => {
        const span = times.span(secondsOf(run, wallNow()));
        const label = format(words.bar, { state: wordOf(states, run.state), at: times.at(run.created), span });
        return (
          <li key={run.id}>
            <Link
              to="/runs/$id"
              params={{ id: run.id }}
              aria-label={label}
              title={label}
              className="flex h-full w-6 items-end rounded hover:bg-sunk"
            >
              <span aria-hidden="true" style={{ height }} className={`mx-1 flex-1 rounded-[2px] ${look}`} />
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
