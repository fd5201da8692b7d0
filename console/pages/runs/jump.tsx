import type { ReactNode, SubmitEvent } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { INPUT } from "../../ui/labelled.tsx";

/** To any line of an output, however long it is. */
export function Jump({ onJump }: { readonly onJump: (line: number) => void }): ReactNode {
  const { runs: words } = useTexts();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onJump(Number(new FormData(event.currentTarget).get("line")));
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-2">
      <input
        type="number"
        name="line"
        min={1}
        required
        aria-label={words.logLine}
        placeholder={words.logLine}
        className={`${INPUT} max-w-28`}
      />
      <Button type="submit">{words.logGo}</Button>
    </form>
  );
}
