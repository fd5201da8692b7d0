import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ServiceNow } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Section } from "../../ui/section.tsx";
import { Sentence } from "../../ui/sentence.tsx";
import { OWN } from "./owner.ts";

interface Given {
  readonly service: ServiceNow;
  readonly all: readonly ServiceNow[];
}

/** What the manual says of a service. */
export function Facts({ service, all }: Given): ReactNode {
  const { services: words } = useTexts();
  const { id, purpose, owner, environments, needs, source } = service;
  const by = all.filter((one) => one.needs.includes(id)).map((one) => one.id);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ...(purpose === null ? [] : [[words.purpose, purpose] as const]),
    ...(owner === null ? [] : [[words.owner, owner] as const]),
    ...(environments.length === 0 ? [] : [[words.environments, environments.join(", ")] as const]),
    ...(needs.length === 0 ? [] : [[words.needs, <Names key="needs" ids={needs} all={all} />] as const]),
    ...(by.length === 0 ? [] : [[words.neededBy, <Names key="by" ids={by} all={all} />] as const]),
    ...(source === null ? [] : [[words.manual, <Sentence key="place" source={source} />] as const]),
  ];
  return (
    <Section title={words.facts}>
      {id === OWN && <p className="text-quiet">{words.ownWhy}</p>}
      <dl className="grid grid-cols-[minmax(5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-quiet">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** Services by name, each a way there; what the book does not know stays plain. */
const Names = ({ ids, all }: { readonly ids: readonly string[] } & Pick<Given, "all">): ReactNode => (
  <span className="flex flex-wrap gap-x-3">
    {ids.map((id) => {
      const there = all.find((one) => one.id === id);
      if (there === undefined) return <span key={id}>{id}</span>;
      return (
        <Link key={id} to="/services/$id" params={{ id }}>
          {there.title}
        </Link>
      );
    })}
  </span>
);
