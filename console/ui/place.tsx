import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { bookNow } from "../api/queries.ts";
import { useRead } from "../api/use.ts";
import { useTexts } from "../app/prefs.tsx";
import { format } from "../i18n/format.ts";

export interface SourceShown {
  readonly file: string;
  readonly line: number;
}

/** Data beside the manual (watchbook.yaml): no document. */
export const isData = ({ file }: SourceShown): boolean => /\.ya?ml$/.test(file);

/** Where in the manual something stands, the way there, and to its source at the commit that is run, where that can be read with a browser. */
export function Place({ source }: { readonly source: SourceShown }): ReactNode {
  const { shell } = useTexts();
  const { file, line } = source;
  const web = useRead(bookNow).data?.web ?? null;
  const place = `${file}:${line}`;
  const path = file.split("/").map(encodeURIComponent).join("/");
  const label = format(shell.sourceAt, { place });
  return (
    <span className="inline-flex min-h-[24px] items-center gap-1 text-quiet">
      {isData(source) ? (
        <code>{place}</code>
      ) : (
        <Link
          to="/manual/file/$"
          params={{ _splat: file }}
          hash={`L${line}`}
          className="inline-flex min-h-[24px] items-center text-quiet"
        >
          <code>{place}</code>
        </Link>
      )}
      {web !== null && (
        <a
          href={web.replace("{file}", path).replace("{line}", String(line))}
          rel="noreferrer noopener external"
          target="_blank"
          aria-label={label}
          title={label}
          className="plain inline-flex min-h-[24px] min-w-[24px] items-center justify-center"
        >
          <span aria-hidden="true">↗</span>
        </a>
      )}
    </span>
  );
}
