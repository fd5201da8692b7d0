import { useState, type ReactNode } from "react";
import type { Planned, Runbooks, RunbookListed } from "../../../src/api/contract.ts";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Pick, plainOptions } from "../../ui/pick.tsx";
import { Section } from "../../ui/section.tsx";
import { Sentence } from "../../ui/sentence.tsx";
import { Begin } from "./begin.tsx";
import { Plan } from "./plan.tsx";

interface Given {
  readonly runbook: RunbookListed;
  readonly environments: Runbooks["environments"];
}

/** What is asked of the server: the same for the plan and for its execution. */
export interface Asked {
  readonly runbook: string;
  readonly environment: string;
  readonly params: Readonly<Record<string, string>>;
  readonly targets?: readonly string[];
}

function askedOf(runbook: string, values: Readonly<Record<string, string>>): Asked {
  const { environment = "", targets = "", ...rest } = values;
  const named = targets.split(/[,，\s]+/).filter((one) => one !== "");
  const params = Object.entries(rest).flatMap(([name, value]) => (value === "" ? [] : [[name.slice(2), value]]));
  const given = Object.fromEntries(params) as Record<string, string>;
  return { runbook, environment, params: given, ...(named.length > 0 && { targets: named }) };
}

/** Environment, values and targets; then the plan, and below it the button that executes it. */
export function Planning({ runbook, environments }: Given): ReactNode {
  const { runs: words } = useTexts();
  const planning = useAct<Planned>();
  const [asked, ask] = useState<Asked>();
  return (
    <>
      <Section title={runbook.title} aside={<Sentence source={runbook.source} beside={runbook.title} />}>
        <p className="mb-3 text-quiet">{words.plan.first}</p>
        <Form
          send={words.plan.show}
          busy={planning.isPending}
          error={planning.error}
          onSend={(values) => {
            const body = askedOf(runbook.id, values);
            ask(body);
            planning.mutate({ path: "/api/v1/plans", body });
          }}
        >
          <Pick name="environment" label={words.plan.environment} of={plainOptions(environments.map(({ id }) => id))} />
          {runbook.params.map(({ name, title, choices, default: given }) =>
            choices.length > 0 ? (
              <Pick
                key={name}
                name={`p ${name}`}
                label={title ?? name}
                of={plainOptions(choices)}
                start={given ?? undefined}
              />
            ) : (
              <Field
                key={name}
                name={`p ${name}`}
                label={title ?? name}
                defaultValue={given ?? ""}
                autoComplete="off"
              />
            ),
          )}
          <Field name="targets" label={words.plan.targets} hint={words.plan.targetsHint} autoComplete="off" />
        </Form>
      </Section>
      {planning.data !== undefined && asked !== undefined && (
        <>
          <Plan planned={planning.data} />
          {planning.data.lacks.length === 0 && <Begin planned={planning.data} asked={asked} />}
        </>
      )}
    </>
  );
}
