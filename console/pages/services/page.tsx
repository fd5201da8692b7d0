import type { ReactNode } from "react";
import { history, services } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { Row } from "./row.tsx";

/** Services as they stand, worst first, each with its last day. */
export function ServicesPage(): ReactNode {
  const { services: words } = useTexts();
  const past = useRead((lang) => history(lang)).data?.rows ?? [];
  return (
    <>
      <Title>{words.title}</Title>
      <Loaded of={useRead(services)}>
        {({ services: all }) => (
          <Section title={words.list} aside={all.length}>
            {all.length === 0 && <Empty say={words.none} fix={words.noneFix} />}
            <ul>
              {all.map((service) => (
                <Row key={service.id} service={service} marks={past.find(({ id }) => id === service.id)?.marks} />
              ))}
            </ul>
            {all.length > 0 && <p className="mt-2 text-[0.85rem] text-quiet">{words.legend}</p>}
          </Section>
        )}
      </Loaded>
    </>
  );
}
