import type { ReactNode } from "react";
import type { ManualNode } from "../../../src/api/contract.ts";
import { Procedure } from "./procedure.tsx";
import { useShown } from "./shown.ts";
import { Words } from "./words.tsx";

const SIZES = ["text-[1.35rem]", "text-[1.35rem]", "text-[1.15rem]", "text-[1.05rem]", "", "", ""];

/** A heading of the manual, one level below the page's own; below a procedure stands what is known of it. */
export function Heading({ node }: { readonly node: ManualNode & { readonly kind: "heading" } }): ReactNode {
  const runbook = useShown().runbooks.find(({ line }) => line === node.line);
  const Tag = `h${Math.min(6, node.depth + 1)}` as "h2";
  return (
    <>
      <Tag id={`L${node.line}`} className={`mt-5 font-semibold first:mt-0 ${SIZES[node.depth] ?? ""}`}>
        <Words of={node.words} />
      </Tag>
      {runbook !== undefined && <Procedure id={runbook.id} line={node.line} />}
    </>
  );
}
