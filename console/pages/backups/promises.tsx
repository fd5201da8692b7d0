import type { ReactNode } from "react";
import type { PromiseShown } from "../../../src/api/contract.ts";
import { wallNow } from "../../app/clock.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Section } from "../../ui/section.tsx";

/** What the manual promises beside what drills have proven of it. On a phone each row is a small table of its own. */
export function PromiseTable({ promises }: { readonly promises: readonly PromiseShown[] }): ReactNode {
  const { backups: words } = useTexts();
  const heads = [words.runbook, words.objective, words.state, words.best, words.worst, words.last, words.age];
  if (promises.length === 0)
    return (
      <Section title={words.promises}>
        <Empty say={words.noPromises} fix={words.noPromisesFix} />
      </Section>
    );
  return (
    <Section title={words.promises}>
      <p className="mb-2 text-quiet">{words.promisesNote}</p>
      <table className="w-full text-left">
        <thead className="hidden wide:table-header-group">
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="py-1 pr-3 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {promises.map((one) => (
            <Row key={`${one.runbook} ${one.objective?.name} ${one.objective?.unit}`} promise={one} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Row({ promise }: { readonly promise: PromiseShown }): ReactNode {
  const { backups: words, shell } = useTexts();
  const times = useTimes();
  const { runbook, objective, state, best, worst, last, proven, attempts } = promise;
  const figure = (value: number | null): string =>
    value === null || objective === null ? "–" : `${value} ${words.units[objective.unit]}`;
  const promised =
    objective === null
      ? words.works
      : format(words.promise, {
          name: words.objectives[objective.name],
          comparison: objective.comparison === "<" ? "<" : "≤",
          value: objective.unit === "seconds" ? exact(objective.value, shell.age) : figure(objective.value),
        });
  const age = proven === null ? "–" : format(words.ago, { age: times.span((wallNow() - proven) / 1_000) });
  const cells = [
    { head: words.best, cell: figure(best) },
    { head: words.worst, cell: figure(worst) },
    { head: words.last, cell: figure(last) },
    { head: words.age, cell: `${age} · ${format(words.attempts, { count: attempts })}` },
  ];
  const cell = "block py-0.5 pr-3 wide:table-cell wide:py-1.5";
  return (
    <tr className="block border-t border-line py-1 wide:table-row">
      <th scope="row" className={`${cell} font-medium`}>
        {runbook}
      </th>
      <td className={cell}>{promised}</td>
      <td className={cell}>
        <Badge state={state} />
      </td>
      {cells.map(({ head, cell: text }) => (
        <td key={head} className={`figures ${cell}`}>
          <span className="text-quiet wide:hidden">{`${head} `}</span>
          {text}
        </td>
      ))}
    </tr>
  );
}

/** A promised time in the largest unit in which it is a whole number. */
function exact(seconds: number, words: { readonly seconds: string; readonly minutes: string; readonly hours: string }) {
  if (seconds > 0 && seconds % 3_600 === 0) return format(words.hours, { n: seconds / 3_600 });
  if (seconds > 0 && seconds % 60 === 0) return format(words.minutes, { n: seconds / 60 });
  return format(words.seconds, { n: seconds });
}
