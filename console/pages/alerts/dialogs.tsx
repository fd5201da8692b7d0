import { createContext, use, useState, type ReactNode } from "react";
import type { AlertShown } from "../../../src/api/contract.ts";
import { Acknowledge } from "./acknowledge.tsx";
import { Close } from "./close.tsx";
import { Escalate } from "./escalate.tsx";
import { Silence } from "./silence.tsx";

interface Asked {
  readonly what: "acknowledge" | "escalate" | "silence" | "close";
  readonly alerts: readonly [AlertShown, ...AlertShown[]];
}

const Ask = createContext<((asked: Asked) => void) | undefined>(undefined);

/** Opens the dialog about what is to be done. */
export function useAsk(): (asked: Asked) => void {
  const ask = use(Ask);
  if (!ask) throw new Error("no dialogs about alerts around this");
  return ask;
}

/** Dialogs about alerts are the page's own: one that comes to an end meanwhile takes none of them away, nor what was typed. */
export function Dialogs({ children }: { readonly children: ReactNode }): ReactNode {
  const [asked, ask] = useState<Asked>();
  return (
    <Ask value={ask}>
      {children}
      {asked && <Shown asked={asked} onClose={() => ask(undefined)} />}
    </Ask>
  );
}

function Shown({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }): ReactNode {
  const { what, alerts } = asked;
  const [alert] = alerts;
  if (what === "acknowledge") return <Acknowledge alerts={alerts} onClose={onClose} />;
  if (what === "escalate") return <Escalate alert={alert} onClose={onClose} />;
  if (what === "silence") return <Silence alert={alert} onClose={onClose} />;
  return <Close alert={alert} onClose={onClose} />;
}
