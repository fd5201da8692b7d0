import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { Planned, RunShown } from "../../../src/api/contract.ts";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { risksOf } from "./plan.tsx";
import type { Asked } from "./planning.tsx";

interface Given {
  readonly planned: Planned;
  readonly asked: Asked;
}

/** Executes exactly the plan that is shown. What changes anything is not begun by one key: the environment's name is typed. */
export function Begin({ planned: { plan }, asked }: Given): ReactNode {
  const { runs: words } = useTexts();
  const [wrong, setWrong] = useState(false);
  const acting = useAct<RunShown>("runs", "status", "events");
  const go = useNavigate();
  const { read } = risksOf(plan);
  const changes = read < plan.steps.length;
  return (
    <Section title={words.plan.begin}>
      <Form
        send={words.plan.begin}
        look={changes ? "danger" : "main"}
        busy={acting.isPending}
        error={acting.error}
        onSend={({ reason = "", typed = "" }) => {
          setWrong(changes && typed !== plan.environment);
          if (changes && typed !== plan.environment) return;
          acting.mutate(
            { path: "/api/v1/runs", body: { ...asked, reason, digest: plan.digest } },
            { onSuccess: ({ record }) => void go({ to: "/runs/$id", params: { id: record.id } }) },
          );
        }}
      >
        <Field name="reason" label={words.plan.reason} hint={words.plan.reasonHint} required maxLength={1_000} />
        {changes && (
          <Field
            name="typed"
            label={format(words.plan.type, { environment: plan.environment })}
            autoComplete="off"
            autoCapitalize="none"
            aria-invalid={wrong}
            required
          />
        )}
        {wrong && (
          <p role="alert" className="mb-3 text-fail">
            {words.plan.wrong}
          </p>
        )}
      </Form>
    </Section>
  );
}
