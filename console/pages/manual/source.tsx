import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { useShown } from "./shown.ts";

/** Where a block stands: file and line, and at its commit where the repository can be read with a browser. */
export function Source({ line, whole }: { readonly line: number; readonly whole?: true }): ReactNode {
  const { manual: words } = useTexts();
  const { file, web } = useShown();
  if (file === "") return null;
  const place = whole ? file : `${file}:${line}`;
  if (web === null) return <code className="text-quiet">{place}</code>;
  return (
    <a
      href={web.replace("{line}", String(line))}
      rel="noreferrer noopener external"
      target="_blank"
      title={format(words.sourceAt, { place })}
      className="text-quiet"
    >
      <code>{place}</code> <span aria-hidden="true">↗</span>
    </a>
  );
}
