import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { sentence } from "../api/queries.ts";
import { usePrefs } from "../app/prefs.tsx";
import { isData, Place, type SourceShown } from "./place.tsx";

/** The manual's own sentence that something comes from, with its place. */
export function Sentence({ source }: { readonly source: SourceShown }): ReactNode {
  const { lang } = usePrefs();
  const said = useQuery({ ...sentence(lang, source), enabled: !isData(source) }).data?.text ?? "";
  return (
    <span className="flex flex-wrap items-baseline gap-x-3">
      {said !== "" && <q className="min-w-0">{said}</q>}
      <Place source={source} />
    </span>
  );
}
