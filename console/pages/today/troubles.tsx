import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Status, TroubleSaid } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { whereOf } from "./where.ts";

interface Given {
  readonly status: Status;
}

/** What is wrong now, worst first. Nothing is called well that nobody looked at. */
export function Wrong({ status }: Given): ReactNode {
  const { today } = useTexts();
  const wrong = status.troubles.filter(({ level }) => level !== "wait");
  const { pass, warn, fail, unknown, unread } = status.checks;
  const looked = pass + warn + fail + unknown;
  // What nobody can keep, nobody watches: nothing is called well then.
  const held = status.daemon?.ill != null;
  return (
    <Section title={today.wrong} aside={wrong.length === 0 ? undefined : wrong.length}>
      {wrong.length > 0 ? (
        <Rows troubles={wrong} />
      ) : held ? (
        <Badge state="unknown" word={today.heldUp} />
      ) : looked === 0 ? (
        <Empty
          say={unread > 0 ? today.wellUnread : today.wellNoChecks}
          {...(unread > 0 ? {} : { fix: today.wellNoChecksFix })}
        />
      ) : (
        <Badge state="pass" word={today.well} />
      )}
    </Section>
  );
}

/** What goes on when a person does something. */
export function Waits({ status }: Given): ReactNode {
  const { today } = useTexts();
  const waits = status.troubles.filter(({ level }) => level === "wait");
  return (
    <Section title={today.waits} aside={waits.length === 0 ? undefined : waits.length}>
      {waits.length > 0 ? <Rows troubles={waits} /> : <Empty say={today.waitsNone} />}
    </Section>
  );
}

const Rows = ({ troubles }: { readonly troubles: readonly TroubleSaid[] }): ReactNode => (
  <ul>
    {troubles.map((trouble) => (
      <li
        key={`${trouble.kind} ${trouble.subject}`}
        className="grid grid-cols-[minmax(0,1fr)] gap-x-3 gap-y-1 border-t border-line py-2.5 first:border-0 first:pt-0 sm:grid-cols-[6.5rem_minmax(0,1fr)]"
      >
        <div>
          <Badge state={trouble.kind === "check-unknown" ? "unknown" : trouble.level} />
        </div>
        <div>
          <p>{trouble.say}</p>
          <Next trouble={trouble} />
        </div>
      </li>
    ))}
  </ul>
);

/** What to do next: the page where it is done, else what the server says. */
function Next({ trouble }: { readonly trouble: TroubleSaid }): ReactNode {
  const { today } = useTexts();
  const { fix, source } = trouble;
  const where = whereOf(trouble);
  const place = source !== null && <Place source={source} />;
  if (where === undefined)
    return (
      <>
        <p className="text-[0.9rem] text-quiet">{fix}</p>
        {source !== null && !fix.includes(`${source.file}:${source.line}`) && place}
      </>
    );
  // Of a check the manual's row for its symptom: where to look, what to do.
  const told = where.going === "check" && fix.includes("→") ? fix : "";
  return (
    <>
      {told !== "" && <p className="text-[0.9rem] text-quiet">{told}</p>}
      <p className="flex flex-wrap items-center gap-x-4">
        <Link
          data-row
          to={where.to}
          {...(where.search && { search: where.search })}
          className="inline-flex min-h-7 items-center"
        >
          {today.go[where.going]}
        </Link>
        {place}
      </p>
    </>
  );
}
