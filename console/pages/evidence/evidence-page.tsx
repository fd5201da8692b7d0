import { useParams } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { EvidenceShown } from "../../../src/api/contract.ts";
import { evidence as reading, evidenceFile, signers } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { byHand, byWatchbook } from "./by-hand.ts";
import { ByHost } from "./by-host.tsx";
import { InBrowser } from "./in-browser.tsx";
import { phasesOf, type Phase } from "./phases.ts";
import { Waterfall } from "./waterfall.tsx";

/** One evidence directory: what the verifier says, what this browser finds, its files, and how to check it by hand. */
export function OneEvidencePage(): ReactNode {
  const { id } = useParams({ from: "/evidence/$id" });
  const { evidence: words } = useTexts();
  const pems = useRead(signers).data?.signers.map(({ pem }) => pem) ?? [];
  return (
    <Loaded of={useRead((lang) => reading(lang, id))}>
      {(shown) => (
        <>
          <Title>{shown.says?.title ?? shown.id}</Title>
          <ByHost key={`host ${shown.id}`} of={shown} />
          <Browsed key={shown.id} of={shown} />
          <Section title={words.files}>
            <p className="mb-1 break-all text-quiet">
              <code>{shown.directory}</code>
            </p>
            <ul>
              {shown.files.map(({ name, bytes }) => (
                <li
                  key={name}
                  className="flex flex-wrap justify-between gap-x-4 border-t border-line py-1 first:border-0"
                >
                  <a href={evidenceFile(shown.id, name)} download={name} aria-label={format(words.download, { name })}>
                    {name}
                  </a>
                  <span className="figures text-quiet">{format(words.bytes, { bytes })}</span>
                </li>
              ))}
            </ul>
          </Section>
          <Section title={words.byHand}>
            <p className="text-quiet">{words.byHandNote}</p>
            <pre
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
              tabIndex={0}
              role="region"
              aria-label={words.commands}
              className="mt-1 overflow-x-auto rounded-lg bg-sunk p-3"
            >
              {byHand(shown.directory, pems)}
            </pre>
            <p className="mt-3 text-quiet">{words.only.replaceAll("`", "")}:</p>
            <pre className="mt-1 rounded-lg bg-sunk p-3 break-all whitespace-pre-wrap">
              {byWatchbook(shown.directory)}
            </pre>
          </Section>
        </>
      )}
    </Loaded>
  );
}

/** What this browser verified, and where the time of a run went: that is drawn from verified bytes only. */
function Browsed({ of }: { readonly of: EvidenceShown }): ReactNode {
  const [phases, setPhases] = useState<readonly Phase[]>([]);
  return (
    <>
      <InBrowser
        of={of}
        onChecked={({ flaw, stated }, files) => {
          const run = flaw === undefined && (stated?.kind === "run" || stated?.kind === "drill");
          setPhases(run ? phasesOf(new TextDecoder().decode(files.get("events.jsonl"))) : []);
        }}
      />
      {phases.length > 0 && <Waterfall phases={phases} />}
    </>
  );
}
