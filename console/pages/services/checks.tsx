import { useSearch } from "@tanstack/react-router";
import { useMemo, type ReactNode } from "react";
import type { ServiceNow } from "../../../src/api/contract.ts";
import { checks, history, services } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Long } from "../../ui/long.tsx";
import { Section } from "../../ui/section.tsx";
import { Check } from "./check.tsx";
import { OWN } from "./owner.ts";

const WORST_FIRST = ["fail", "unknown", "warn", "unread", "pass"];

/** Checks of a service, worst first; the one that the address names is open. */
export function Checks({ service: { id } }: { readonly service: ServiceNow }): ReactNode {
  const { services: words } = useTexts();
  const { check: open } = useSearch({ strict: false });
  const rows = useRead((lang) => history(lang, id)).data?.rows;
  const past = useMemo(() => new Map(rows?.map((row) => [row.id, row.marks])), [rows]);
  const known = new Set(useRead(services).data?.services.map((one) => one.id));
  return (
    <Loaded of={useRead(checks)}>
      {({ checks: all }) => {
        const own = all
          .filter(({ service }) => (service !== null && known.has(service) ? service : OWN) === id)
          .toSorted((a, b) => WORST_FIRST.indexOf(a.outcome ?? "unread") - WORST_FIRST.indexOf(b.outcome ?? "unread"));
        return (
          <Section title={words.checks} aside={own.length}>
            {own.length === 0 && (
              <Empty say={words.checksNone} {...(id === OWN ? {} : { fix: format(words.checksFix, { id }) })} />
            )}
            <Long count={own.length} size={72} first={own.findIndex((check) => check.id === open)}>
              {(index, placed) => {
                const check = own[index]!;
                const marks = past.get(check.id);
                const isOpen = check.id === open;
                return <Check key={check.id} check={check} service={id} open={isOpen} marks={marks} placed={placed} />;
              }}
            </Long>
            {own.length > 0 && <p className="mt-2 text-[0.85rem] text-quiet">{words.legend}</p>}
          </Section>
        );
      }}
    </Loaded>
  );
}
