import type { ReactNode } from "react";
import type { BookChange, ChangeShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { Fact, Facts } from "../settings/facts.tsx";

interface Given {
  readonly change: ChangeShown;
  readonly book: BookChange;
}

/** A revision of the manual: taken over, or refused and why; whose commits, which files. */
export function OfBook({ change: { kind, at }, book }: Given): ReactNode {
  const { changes: words } = useTexts();
  const { commit, commits, files, more, errors, why } = book;
  return (
    <>
      {kind === "refused" && (
        <Section title={words.why} aside={words.refusedLine}>
          <p>{why?.say ?? words.whyFindings}</p>
          {why !== null && <p className="mt-0.5 text-quiet">{why.fix}</p>}
        </Section>
      )}
      <Section title={words.commits} aside={<Moment at={at} />}>
        <Facts>
          {commit !== null && (
            <Fact name={words.facts.commit}>
              <code>{commit}</code>
            </Fact>
          )}
          {errors > 0 && <Fact name={words.facts.errors}>{errors}</Fact>}
        </Facts>
        {commits.length === 0 && commit === null && <Empty say={words.commitsNone} />}
        <ul className="mt-1">
          {commits.map(({ id, author, at: written, subject }) => (
            <li key={id} className="border-t border-line py-1.5 first:border-0">
              {subject}{" "}
              <span className="text-[0.9rem] text-quiet">
                {author} · <Moment at={written} /> · <code>{id.slice(0, 12)}</code>
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={words.touched} aside={files.length}>
        {files.length === 0 && <Empty say={words.touchedNone} />}
        <ul>
          {files.map(({ path, did }) => (
            <li key={path} className="py-0.5">
              {/\.(?:md|txt)$/.test(path) && did !== "removed" && kind === "book" ? (
                <Place source={{ file: path, line: 1 }} />
              ) : (
                <code>{path}</code>
              )}{" "}
              <span className="text-quiet">{words.did[did]}</span>
            </li>
          ))}
        </ul>
        {more && <p className="mt-1 text-quiet">{words.more}</p>}
      </Section>
    </>
  );
}
