import { createContext, use } from "react";
import type { ManualShown } from "../../../src/api/contract.ts";

/** The document that is being drawn: its parts ask it what is known of their line. */
export const Shown = createContext<ManualShown | undefined>(undefined);

export function useShown(): ManualShown {
  const shown = use(Shown);
  if (shown === undefined) throw new Error("outside of a document");
  return shown;
}
