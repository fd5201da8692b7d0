import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { ReviewShown } from "../../../src/api/contract.ts";
import { review } from "../../api/incidents.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Place } from "../../ui/place.tsx";
import { save } from "../../ui/save.ts";
import { Title } from "../../ui/title.tsx";
import { Nodes } from "../manual/nodes.tsx";
import { Shown } from "../manual/shown.ts";

/** Nothing of a review is run, and lint has its say where the page lies in the manual. */
const PLAIN = {
  file: "",
  title: "",
  commit: null,
  web: null,
  lines: 0,
  sections: [],
  blocks: [],
  runbooks: [],
  findings: [],
};

/** The review of one incident: its facts as they are now, and what people wrote into it. */
export function ReviewPage(): ReactNode {
  const { incidents: words } = useTexts();
  const { lang } = usePrefs();
  const { id = "" } = useParams({ strict: false });
  return (
    <>
      <Title
        aside={
          <Link to="/incidents/$id" params={{ id }}>
            {id}
          </Link>
        }
      >
        {words.document}
      </Title>
      <Loaded of={useQuery(review(lang, id))}>{(found) => <Document id={id} review={found} />}</Loaded>
    </>
  );
}

function Document({ id, review: { text, file, nodes } }: { readonly id: string; readonly review: ReviewShown }) {
  const { incidents: words, manual } = useTexts();
  const [copied, tell] = useState(false);
  const name = `${id.replace(/^inc-/, "incident-")}.md`;
  return (
    <>
      <p className="mb-2 text-quiet">
        {file === null ? format(words.unwritten, { id }) : <Place source={{ file, line: 1 }} />}
      </p>
      <p className="mb-4 flex flex-wrap gap-2">
        <Button onClick={() => save(name, text, "text/markdown")}>{words.save}</Button>
        <Button onClick={() => void navigator.clipboard.writeText(text).then(() => tell(true))}>
          {copied ? manual.copied : words.copyText}
        </Button>
      </p>
      <article className="min-w-0 rounded-xl border border-line bg-card px-4 py-4 wide:px-6">
        <Shown value={{ ...PLAIN, nodes }}>
          <Nodes nodes={nodes} />
        </Shown>
      </article>
    </>
  );
}
