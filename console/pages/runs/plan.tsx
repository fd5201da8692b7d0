import type { ReactNode } from "react";
import type { Planned } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { PlanSteps } from "./plan-steps.tsx";

export type PlanShown = Planned["plan"];

/** Steps by their risk. */
export function risksOf({ steps }: Pick<PlanShown, "steps">): Record<PlanShown["steps"][number]["risk"], number> {
  const counts = { read: 0, write: 0, destructive: 0, unknown: 0 };
  for (const { risk } of steps) counts[risk] += 1;
  return counts;
}

/** What would be done: how much of what risk, what is missing, and every step with its bytes. */
export function Plan({ planned: { plan, lacks } }: { readonly planned: Planned }): ReactNode {
  const { runs: words } = useTexts();
  const counts = risksOf(plan);
  return (
    <Section title={format(words.plan.counts, { ...counts, targets: plan.targets.length })}>
      <p className="mb-2 text-[0.9rem] break-all text-quiet">
        {words.plan.digest} <code>{plan.digest}</code>
      </p>
      {lacks.length > 0 ? (
        <div role="alert" className="mb-3 rounded-xl border border-fail bg-fail-t px-4 py-3">
          <p className="font-medium">{words.plan.lacks}</p>
          <ul className="mt-1">
            {lacks.map(({ say, fix, source }) => (
              <li key={say} className="py-1">
                <p>{say}</p>
                <p className="text-[0.9rem]">
                  {fix} {source !== null && <Place source={source} />}
                </p>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="mb-3">
          <Badge state="pass" word={words.plan.ready} />
        </p>
      )}
      {plan.gate !== undefined && <p className="mb-2">{format(words.plan.approval, { quorum: plan.gate.quorum })}</p>}
      <PlanSteps plan={plan} />
    </Section>
  );
}
