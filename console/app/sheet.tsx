import type { ReactNode } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { PAGES } from "./pages.ts";
import { usePrefs } from "./prefs.tsx";

/** The list of keys, and the switch for those of one letter. */
export default function Sheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { texts, keys, setKeys } = usePrefs();
  const { keys: words, pages } = texts.shell;
  const rows: readonly (readonly [string, string])[] = [
    ["Ctrl K", words.palette],
    ["?", words.sheet],
    ["j k", words.move],
    ["Enter", words.open],
    ["Esc", words.close],
    ["g", words.go],
    ...PAGES.map(({ id, key }) => [`g ${key}`, pages[id]] as const),
  ];
  return (
    <Dialog open onClose={onClose} title={words.title}>
      <dl>
        {rows.map(([key, what]) => (
          <div key={key} className="grid grid-cols-[6rem_minmax(0,1fr)] border-t border-line py-1.5 first:border-0">
            <dt className="flex gap-1">
              {key.split(" ").map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-3 flex items-center gap-2">
        <input type="checkbox" checked={keys} onChange={(event) => setKeys(event.target.checked)} className="size-4" />
        {words.on}
      </label>
      <p className="mt-1 text-[0.88rem] text-quiet">{words.onHint}</p>
    </Dialog>
  );
}
