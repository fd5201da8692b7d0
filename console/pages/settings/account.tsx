import type { ReactNode } from "react";
import type { SessionNow } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Section } from "../../ui/section.tsx";
import { Fact, Facts } from "./facts.tsx";

/** Who one is here, what one may, how one came in, until when. */
export function Account({ session }: { readonly session: SessionNow }): ReactNode {
  const { settings: words } = useTexts();
  const times = useTimes();
  const { person, grants, methods, strong, idle, ends } = session;
  const roles = grants.map(({ role, services, environments }) => {
    const only = [...(services ?? []), ...(environments ?? [])];
    const limit = only.length === 0 ? "" : ` (${format(words.you.limited, { what: only.join(", ") })})`;
    return `${words.roles[role]}${limit}`;
  });
  return (
    <Section title={words.you.title}>
      <Facts>
        <Fact name={words.you.person}>
          {person?.name} <code>{person?.id}</code>
        </Fact>
        <Fact name={words.you.roles}>{roles.length === 0 ? words.you.noRoles : roles.join(" · ")}</Fact>
        <Fact name={words.you.methods}>
          {methods.map((method) => words.methods[method]).join(" + ")}{" "}
          <span className="text-quiet">· {strong ? words.you.strong : words.you.weak}</span>
        </Fact>
        {idle !== null && ends !== null && (
          <Fact name={words.you.idle}>{format(words.you.idleAt, { idle: times.at(idle), ends: times.at(ends) })}</Fact>
        )}
      </Facts>
    </Section>
  );
}
