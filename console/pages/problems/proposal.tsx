import { useState, type ReactNode } from "react";
import type { ProblemPage } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";

/** What the manual should say now, as a patch that somebody applies: the manual itself is never touched. */
export function Proposal({ problem: { proposal, lacks } }: { readonly problem: ProblemPage }): ReactNode {
  const { problems: words, manual } = useTexts();
  const [copied, tell] = useState(false);
  if (proposal === null)
    return (
      <Section title={words.proposal}>{lacks !== null && <Empty say={lacks.say} fix={words.proposalFix} />}</Section>
    );
  const { patch, source } = proposal;
  return (
    <Section title={words.proposal} aside={<Place source={source} />}>
      <p className="mb-2 text-quiet">{words.proposalHint}</p>
      {/* What is wider than the screen is scrolled, also by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} className="mb-2 overflow-x-auto rounded-lg border border-line bg-sunk p-3">
        {patch}
      </pre>
      <Button onClick={() => void navigator.clipboard.writeText(patch).then(() => tell(true))}>
        {copied ? manual.copied : manual.copy}
      </Button>
    </Section>
  );
}
