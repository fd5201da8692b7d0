import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { runbooks } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { NotFound } from "../../app/not-found.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Title } from "../../ui/title.tsx";
import { Past } from "./usual.tsx";
import { Planning } from "./planning.tsx";

/** From a runbook to its plan, and from the plan to a run. */
export function PlanPage(): ReactNode {
  const { runbook: id } = useParams({ from: "/runs/new/$runbook" });
  const { runs: words } = useTexts();
  return (
    <Loaded of={useRead(runbooks)}>
      {({ runbooks: found, environments }) => {
        const runbook = found.find((one) => one.id === id);
        if (!runbook) return <NotFound />;
        return (
          <>
            <Title>{format(words.plan.title, { title: runbook.title })}</Title>
            {environments.length === 0 ? (
              <Empty say={words.plan.noEnvironments} fix={words.plan.noEnvironmentsFix} />
            ) : (
              <Planning runbook={runbook} environments={environments} />
            )}
            <Past runbook={id} />
          </>
        );
      }}
    </Loaded>
  );
}
