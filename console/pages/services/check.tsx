import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { CheckNow } from "../../../src/api/contract.ts";
import { useFigure } from "../../app/figure.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import type { Placed } from "../../ui/long.tsx";
import { Marks, type Mark } from "../../ui/marks.tsx";
import { Place } from "../../ui/place.tsx";
import { Sentence } from "../../ui/sentence.tsx";
import { wordOf } from "../../ui/word.ts";
import { Values } from "./values.tsx";

interface Given {
  readonly check: CheckNow;
  readonly service: string;
  readonly open: boolean;
  readonly marks: readonly Mark[] | undefined;
  /** Where a long list puts it. */
  readonly placed: Placed;
}

/** One check: how it stands and stood, its value with its bands; opened, its values of the last day. */
export function Check({ check, service, open, marks, placed }: Given): ReactNode {
  const { id, title, target, outcome, value, unit, bands, say, since, source } = check;
  const { services: words, states } = useTexts();
  const figure = useFigure();
  const times = useTimes();
  const limits = (["warn", "critical"] as const).flatMap((name) => {
    const at = bands?.[name];
    return bands === null || at === undefined ? [] : [format(words.bands[bands.bad][name], { at: figure(at, unit) })];
  });
  const said = [
    target,
    ...(value === null ? [] : [format(words.value, { value: figure(value, unit) })]),
    ...limits,
    ...(say === "" ? [] : [say]),
    ...(since === null || outcome === null
      ? []
      : [format(words.since, { at: times.at(since), state: wordOf(states, outcome) })]),
  ];
  return (
    <li id={`check-${id}`} {...placed} className="border-t border-line py-2.5 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <Link
              data-row
              to="/services/$id"
              params={{ id: service }}
              search={open ? {} : { check: id }}
              aria-expanded={open}
              resetScroll={false}
              className="font-medium"
            >
              {title}
            </Link>
            <Badge state={outcome ?? "unread"} />
          </p>
          <p className="text-[0.9rem] text-quiet">
            {said.join(" · ")} · {open ? <Sentence source={source} /> : <Place source={source} />}
          </p>
        </div>
        <div className="flex flex-1 basis-44 justify-end">
          {marks !== undefined && <Marks title={title} marks={marks} />}
        </div>
      </div>
      {open && <Values id={id} title={title} />}
    </li>
  );
}
