import type { ReactNode } from "react";
import type { Inspected, Inspection } from "../../../src/api/contract.ts";
import { openItems } from "../../api/queries.ts";
import type { useAct } from "../../api/session.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { INPUT } from "../../ui/labelled.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";

const CHOICES = ["pass", "fail", "skipped"] as const;

interface Given {
  readonly duty: string;
  readonly run: string;
  /** How it is sent: kept above, since this goes away when all is answered. */
  readonly acting: ReturnType<typeof useAct<Inspected>>;
}

/** Items that only a person can judge, with what they saw; the answers become a record with evidence of their own. */
export function Open({ duty, run, acting }: Given): ReactNode {
  const { duties: words } = useTexts();
  const send = (values: Readonly<Record<string, string>>, items: Inspection["items"]): void => {
    const answers = items.flatMap(({ id }) => {
      const outcome = values[`outcome ${id}`] ?? "";
      const note = values[`note ${id}`] ?? "";
      return outcome === "" ? [] : [{ item: id, outcome, ...(note !== "" && { note }) }];
    });
    acting.mutate({ path: `/api/v1/duties/${encodeURIComponent(duty)}/answer`, body: { answers } });
  };
  return (
    <Section title={words.answer}>
      <p className="mb-3 text-quiet">{words.answerHint}</p>
      <Loaded of={useRead((lang) => openItems(lang, duty, run))}>
        {(there) => {
          const items = there.items.filter(({ outcome }) => outcome === "open");
          return (
            <Form
              send={words.send}
              busy={acting.isPending}
              error={acting.error}
              onSend={(values) => send(values, items)}
            >
              {items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
            </Form>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Item({ item }: { readonly item: Inspection["items"][number] }): ReactNode {
  const { duties: words } = useTexts();
  return (
    <fieldset className="mb-3 border-t border-line pt-3">
      <legend className="float-left mb-1 w-full font-medium">{item.text}</legend>
      <div className="clear-both flex flex-wrap gap-x-5 gap-y-1">
        {CHOICES.map((choice) => (
          <label key={choice} className="flex min-h-8 items-center gap-2">
            <input type="radio" name={`outcome ${item.id}`} value={choice} className="size-4" />
            {words[choice]}
          </label>
        ))}
        <label className="flex min-h-8 items-center gap-2">
          <input type="radio" name={`outcome ${item.id}`} value="" defaultChecked className="size-4" />
          {words.leave}
        </label>
      </div>
      <input
        name={`note ${item.id}`}
        aria-label={`${words.note}: ${item.text}`}
        placeholder={words.note}
        maxLength={2_000}
        autoComplete="off"
        className={`mt-1 ${INPUT}`}
      />
    </fieldset>
  );
}
