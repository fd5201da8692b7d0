import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { change as one } from "../../api/changes.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Title } from "../../ui/title.tsx";
import { Before } from "./before.tsx";
import { OfBook } from "./of-book.tsx";
import { OfRun } from "./of-run.tsx";
import { State } from "./row.tsx";

/** One change: who, what, why, where, how it ended, what proves it; and what changed shortly before it. */
export function ChangePage(): ReactNode {
  const { changes: words } = useTexts();
  const { id = "" } = useParams({ strict: false });
  return (
    <Loaded of={useRead((lang) => one(lang, id))}>
      {(change) => (
        <>
          <Title aside={<State change={change} />}>{change.title}</Title>
          <p className="-mt-3 mb-4">
            <Badge state="note" word={words.kinds[change.kind]} /> <code className="text-quiet">{change.id}</code>
          </p>
          {change.run !== null && <OfRun change={change} run={change.run} />}
          {change.book !== null && <OfBook change={change} book={change.book} />}
          <Before until={change.began} but={change.id} />
        </>
      )}
    </Loaded>
  );
}
