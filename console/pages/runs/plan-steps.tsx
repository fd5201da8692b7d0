import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Place } from "../../ui/place.tsx";
import type { PlanShown } from "./plan.tsx";

type Step = PlanShown["steps"][number];

/** Every step: how risky, on what, the exact bytes; then what sees that it is right, and what undoes it. */
export function PlanSteps({ plan }: { readonly plan: PlanShown }): ReactNode {
  const all = plan.targets.map(({ name }) => name);
  return (
    <ol>
      {plan.steps.map((step) => (
        <li key={step.id} className="border-t border-line py-3">
          <Head step={step} all={all} />
          <Bytes of={step} />
          <Other kind="verify" step={plan.others.find(({ id }) => id === step.verify)} />
          <Other kind="undo" step={plan.others.find(({ id }) => id === step.undo)} />
        </li>
      ))}
    </ol>
  );
}

function Head({ step, all }: { readonly step: Step; readonly all: readonly string[] }): ReactNode {
  const { runs: words } = useTexts();
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="font-medium">{step.title}</span>
        <Badge state={step.risk} />
        {step.sudo && <span className="text-[0.9rem] text-quiet">{words.plan.sudo}</span>}
        {step.source !== undefined && <Place source={step.source} />}
      </p>
      <p className="text-[0.9rem] text-quiet">
        {format(words.plan.on, { targets: (step.targets ?? all).join(", ") })}
        {step.gate !== undefined && ` · ${format(words.plan.approval, { quorum: step.gate.quorum })}`}
      </p>
      {step.banner !== undefined && <p className="my-1 font-medium text-warn">{step.banner}</p>}
    </>
  );
}

/** A longer program of a backup kind is named, and shown to whoever opens it. */
const MOST_LINES = 12;

function Bytes({ of: { command, params, byHand } }: { readonly of: Step }): ReactNode {
  const { runs: words } = useTexts();
  const { part, kind, with: given } = (params ?? {}) as Readonly<Record<string, unknown>>;
  const count = command.trimEnd().split("\n").length;
  const bytes = (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard too
    <pre tabIndex={0} className="mt-1 overflow-auto rounded-lg bg-sunk px-3 py-2 text-[0.9rem]">
      {command}
    </pre>
  );
  if (byHand || typeof part !== "string" || typeof kind !== "string" || count <= MOST_LINES) return bytes;
  return (
    <>
      <p className="mt-1 text-[0.9rem] break-all">
        <code>{`${kind} ${part}: ${JSON.stringify(given)}`}</code>
      </p>
      <details className="mt-1">
        <summary className="cursor-pointer text-[0.9rem] text-quiet">{format(words.plan.program, { count })}</summary>
        {bytes}
      </details>
    </>
  );
}

function Other({ kind, step }: { readonly kind: "verify" | "undo"; readonly step: Step | undefined }): ReactNode {
  const { runs: words } = useTexts();
  if (!step) return null;
  return (
    <details className="mt-1.5">
      <summary className="cursor-pointer text-[0.9rem] text-quiet">
        {words.plan[kind]} {step.title}
      </summary>
      <Bytes of={step} />
    </details>
  );
}
