import type { ReactNode } from "react";
import { useTexts } from "../app/prefs.tsx";
import { signOf, toneOf } from "./signs.ts";
import { wordOf } from "./word.ts";

/** A state: sign, word and colour. `word` where the state's own word is not the one meant. */
export function Badge({ state, word }: { readonly state: string; readonly word?: string }): ReactNode {
  const { states } = useTexts();
  const said = word ?? wordOf(states, state);
  return (
    <span
      data-state={state}
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-[0.84rem] leading-5 whitespace-nowrap ${toneOf(state)}`}
    >
      <span aria-hidden="true" className="text-[0.8em]">
        {signOf(state)}
      </span>
      {said}
    </span>
  );
}
