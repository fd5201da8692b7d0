import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { format } from "../i18n/format.ts";
import { Dialog } from "../ui/dialog.tsx";
import { matching, useFound, useItems, type Item } from "./palette-items.ts";
import { useTexts } from "./prefs.tsx";

/** Objects before what the manual only mentions. */
const OBJECTS = 12;

/** Search, go, do: one field and what it finds. Arrows choose, Enter goes. */
export default function Palette({
  onClose,
  onSheet,
}: {
  readonly onClose: () => void;
  readonly onSheet: () => void;
}): ReactNode {
  const { palette: words } = useTexts().shell;
  const [query, setQuery] = useState("");
  const [chosen, choose] = useState(0);
  const known = matching(useItems(onSheet), query);
  const manual = useFound(query);
  // A symptom has the answer in itself: it comes first. What is only mentioned comes last.
  const answers = manual.filter(({ symptom }) => symptom);
  const found =
    query.trim() === ""
      ? known
      : [...answers, ...known.slice(0, OBJECTS), ...manual.filter((one) => !answers.includes(one))];
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  const current = found[at];
  const go = (item: Item | undefined): void => {
    if (item === undefined) return;
    onClose();
    item.run();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") choose(Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") choose(Math.max(0, at - 1));
    else if (event.key === "Enter") go(current);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onClose={onClose} title={words.title} high>
      <input
        data-first
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-found"
        aria-activedescendant={current === undefined ? undefined : `palette-${current.id}`}
        aria-label={words.title}
        autoComplete="off"
        spellCheck={false}
        placeholder={words.placeholder}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          choose(0);
        }}
        onKeyDown={press}
        className="w-full rounded-lg border border-edge bg-ground px-3 py-2 placeholder:text-quiet"
      />
      <Found items={found} current={current?.id} go={go} label={words.title} />
      {found.length === 0 && <p className="px-1 py-3 text-quiet">{format(words.none, { query })}</p>}
    </Dialog>
  );
}

interface Given {
  readonly items: readonly Item[];
  readonly current: string | undefined;
  readonly label: string;
  readonly go: (item: Item) => void;
}

function Found({ items, current, go, label }: Given): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const at = items.findIndex(({ id }) => id === current);
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [items, current]);
  return (
    <div ref={list} id="palette-found" role="listbox" aria-label={label} className="mt-2 max-h-[60dvh] overflow-auto">
      {items.map((item) => (
        // The keys are heard by the field above, which keeps the focus.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={item.id}
          id={`palette-${item.id}`}
          role="option"
          aria-selected={item.id === current}
          onClick={() => go(item)}
          className="flex cursor-pointer items-baseline justify-between gap-3 rounded-lg px-3 py-1.5 aria-selected:bg-wait-t"
        >
          <span className="min-w-0">
            {item.label} <span className="text-[0.85rem] text-quiet">{item.hint}</span>
            {item.more !== undefined && <span className="block text-[0.9rem]">{item.more}</span>}
          </span>
          <span className="text-[0.82rem] whitespace-nowrap text-quiet">{item.group}</span>
        </div>
      ))}
    </div>
  );
}
