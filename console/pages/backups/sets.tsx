import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { SetListed, SetsNow } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
/** Bytes in the largest unit of which there is one. */
export function sizeOf(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1_024 ** power).toFixed(power === 0 ? 0 : 1))} ${UNITS[power]}`;
}

/** Sets as they lay in their repository, newest first, each with what it is worth. */
export function Sets({
  now: { at, sets, alarms },
  target,
}: {
  readonly now: SetsNow;
  readonly target: string;
}): ReactNode {
  const { backups: words } = useTexts();
  const times = useTimes();
  const [proven] = sets.flatMap(({ restored }) => restored ?? []);
  return (
    <div className="mt-2">
      <p className="text-quiet">{format(words.looked, { target, at: times.at(at) })}</p>
      {alarms.map(({ code, level, say }) => (
        <p key={code} className={level === "alarm" ? "text-warn" : "text-quiet"}>
          {say}
        </p>
      ))}
      {sets.length === 0 && <p className="font-medium">{words.noSets}</p>}
      {sets.length > 0 && (
        <p>
          {proven === undefined
            ? words.noProof
            : format(words.lastProof, { at: times.at(Date.parse(proven.at)), probes: proven.probes })}
        </p>
      )}
      <ul className="mt-1">
        {sets.map((set) => (
          <SetRow key={set.id} set={set} />
        ))}
      </ul>
    </div>
  );
}

function SetRow({ set: { id, state, taken, bytes, restored, holds } }: { readonly set: SetListed }): ReactNode {
  const { backups: words } = useTexts();
  const times = useTimes();
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line py-1.5">
      <span className="min-w-0">
        <code>{id}</code>{" "}
        <span className="text-[0.9rem] text-quiet">
          {[
            ...(taken === null ? [] : [times.at(Date.parse(taken))]),
            ...(bytes === null ? [] : [sizeOf(bytes)]),
            ...(holds.length === 0 ? [] : [format(words.held, { runs: holds.join(", ") })]),
          ].join(" · ")}
        </span>
      </span>
      <span className="flex flex-wrap items-center gap-2">
        {restored !== null && (
          <Link to="/runs/$id" params={{ id: restored.run }} className="text-[0.9rem]">
            {words.proof} {times.at(Date.parse(restored.at))}
          </Link>
        )}
        <Badge state={state} />
      </span>
    </li>
  );
}
