import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { runbooks, services } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { ALL_KINDS, filtersIn, SINCE, type Filters as Chosen } from "./asked.ts";
import { Filter } from "./filter.tsx";

/** Which changes are shown: it stands in the address, so that it can be sent to somebody. */
export function Filters({ chosen }: { readonly chosen: Chosen }): ReactNode {
  const { changes: words } = useTexts();
  const go = useNavigate();
  const known = useRead(services).data?.services.filter(({ id }) => id !== "-") ?? [];
  const places = useRead(runbooks).data?.environments ?? [];
  const choose = (name: keyof Chosen) => (value: string | undefined) =>
    void go({ to: "/changes", search: filtersIn({ ...chosen, [name]: value }), replace: true });
  const any = ["", words.filters.any] as const;
  return (
    <div role="group" aria-label={words.filters.group} className="mb-4 flex flex-wrap gap-x-4 gap-y-2">
      <Filter
        label={words.filters.kind}
        value={chosen.kind}
        of={[["", words.everything], ...ALL_KINDS.map((kind) => [kind, words.kinds[kind]] as const)]}
        onChoose={choose("kind")}
      />
      <Filter
        label={words.filters.service}
        value={chosen.service}
        of={[any, ...known.map(({ id, title }) => [id, title] as const)]}
        onChoose={choose("service")}
      />
      <Filter
        label={words.filters.environment}
        value={chosen.environment}
        of={[any, ...places.map(({ id, name }) => [id, name] as const)]}
        onChoose={choose("environment")}
      />
      <Filter
        label={words.filters.since}
        value={chosen.since ?? "ever"}
        of={SINCE.map((since) => [since, words.since[since]] as const)}
        onChoose={choose("since")}
      />
    </div>
  );
}
