import { useLocation, useParams } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";
import { manualDocument } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Title } from "../../ui/title.tsx";
import { Contents } from "./contents.tsx";
import { Nodes } from "./nodes.tsx";
import { Shown } from "./shown.ts";
import { Source } from "./source.tsx";

/** One document of the manual, drawn word by word, with what its blocks are and what is wrong in place. */
export function DocumentPage(): ReactNode {
  const { manual: words } = useTexts();
  const { _splat: file = "" } = useParams({ strict: false });
  const { hash } = useLocation();
  const now = useRead((lang) => manualDocument(lang, file));
  const shown = now.data?.file;
  useEffect(() => {
    const line = Number(/^L(\d+)$/.exec(hash)?.[1]);
    if (shown !== undefined && line > 0) goTo(line);
  }, [hash, shown]);
  return (
    <Loaded of={now}>
      {(document) => (
        <Shown value={document}>
          <Title>{document.title}</Title>
          <p className="-mt-3 mb-4 text-quiet">
            <Source line={1} whole /> · {format(words.lines, { count: document.lines })}
            {document.commit !== null && ` · ${format(words.revision, { commit: document.commit.slice(0, 12) })}`}
          </p>
          <div className="grid items-start gap-5 wide:grid-cols-[minmax(0,1fr)_15rem]">
            <article className="min-w-0 rounded-xl border border-line bg-card px-4 py-4 wide:px-6">
              <Nodes nodes={document.nodes} />
            </article>
            <Contents sections={document.sections} />
          </div>
        </Shown>
      )}
    </Loaded>
  );
}

/** Shows the element of a line, or of the nearest one before it, and gives it the focus. */
function goTo(line: number): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-line]")];
  const at = all.findLast((one) => Number(one.dataset["line"]) <= line) ?? all[0];
  for (const one of all) one.classList.toggle("here", one === at);
  at?.scrollIntoView({ block: "center" });
}
