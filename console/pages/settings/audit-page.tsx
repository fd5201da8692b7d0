import { useInfiniteQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { audit, type AuditFilter } from "../../api/people.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";
import { AuditLines } from "./audit-lines.tsx";
import { AuditProof } from "./audit-proof.tsx";
import { Frame } from "./frame.tsx";

/** What was done through the server, by whom, why, and what was refused. */
export function AuditPage(): ReactNode {
  return (
    <Frame part="audit">
      <Audit />
    </Frame>
  );
}

const ALL: AuditFilter = { person: "", action: "" };

function Audit(): ReactNode {
  const { settings, shell } = useTexts();
  const { audit: words } = settings;
  const { lang } = usePrefs();
  const [filter, setFilter] = useState(ALL);
  const log = useInfiniteQuery(audit(lang, filter));
  const entries = log.data?.pages.flatMap((part) => part.entries) ?? [];
  const head = log.data?.pages[0]?.head;
  return (
    <Section title={words.title} aside={<AuditProof />}>
      <Form
        send={words.filter}
        busy={log.isFetching}
        error={null}
        onSend={({ person = "", action = "" }) => setFilter({ person: person.trim(), action: action.trim() })}
      >
        <div className="grid gap-x-4 wide:grid-cols-2">
          <Field name="person" label={words.person} maxLength={200} autoComplete="off" autoCapitalize="none" />
          <Field
            name="action"
            label={words.action}
            hint={words.actionHint}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="none"
          />
        </div>
      </Form>
      <div className="mt-4">
        {log.error !== null && <Refusal error={log.error} />}
        {log.data === undefined && log.error === null && <p className="text-quiet">{shell.loading}</p>}
        {log.data !== undefined && <AuditLines entries={entries} />}
        {log.hasNextPage && (
          <Button className="mt-2" disabled={log.isFetching} onClick={() => void log.fetchNextPage()}>
            {words.older}
          </Button>
        )}
        {head && (
          <p className="mt-2 text-[0.88rem] break-all text-quiet">
            {!log.hasNextPage && entries.length > 0 && `${words.all} `}
            {format(words.head, head)}
          </p>
        )}
      </div>
    </Section>
  );
}
