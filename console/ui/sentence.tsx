import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { sentence } from "../api/queries.ts";
import { usePrefs } from "../app/prefs.tsx";
import { isData, Place, type SourceShown } from "./place.tsx";

interface Given {
  readonly source: SourceShown;
  /** What is said beside it already. */
  readonly beside?: string;
}

/** The manual's own sentence that something comes from, with its place. */
export function Sentence({ source, beside }: Given): ReactNode {
  const { lang } = usePrefs();
  const said = useQuery({ ...sentence(lang, source), enabled: !isData(source) }).data?.text ?? "";
  return (
    <span className="flex flex-wrap items-baseline gap-x-3">
      {said !== "" && said !== beside && <q className="min-w-0">{said}</q>}
      <Place source={source} />
    </span>
  );
}
