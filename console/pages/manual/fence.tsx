import { useState, type ReactNode } from "react";
import type { ManualNode } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { useShown } from "./shown.ts";
import { Source } from "./source.tsx";

/** A code block: its text, what it was taken for and by what, how dangerous it is. */
export function Fence({ node }: { readonly node: ManualNode & { readonly kind: "fence" } }): ReactNode {
  const { manual: words } = useTexts();
  const [copied, tell] = useState(false);
  const block = useShown().blocks.find(({ line }) => line === node.line);
  const copy = (): void => void navigator.clipboard.writeText(node.text).then(() => tell(true));
  return (
    <figure className="overflow-hidden rounded-lg border border-line">
      <figcaption className="flex flex-wrap items-center gap-2 border-b border-line bg-sunk px-2 py-1 text-[0.85rem]">
        {block !== undefined && <Badge state={block.state} />}
        {block?.risk && <Badge state={block.risk} />}
        <span>{block?.kind ?? node.info}</span>
        {block !== undefined && (
          <span className="text-quiet">
            {block.candidates.length > 0
              ? format(words.could, { kinds: block.candidates.join(", ") })
              : format(words.rule, { rule: block.rule })}
          </span>
        )}
        <span className="ml-auto">
          <Source line={node.line} />
        </span>
        <Button look="bare" onClick={copy}>
          {copied ? words.copied : words.copy}
        </Button>
      </figcaption>
      {/* What is wider than the screen is scrolled, also by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} className="overflow-x-auto p-3">
        {node.text}
      </pre>
    </figure>
  );
}
