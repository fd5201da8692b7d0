import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** Somebody who is to be told by a step of a chain, and to whom neither channels of their own nor the step's lead. */
export const alertPeople: LintRule = {
  codes: ["WB825"],
  run: ({ config: { escalations, people, rota } }) => {
    const reached = new Set(people.flatMap(({ id, channels = [] }) => (channels.length > 0 ? [id] : [])));
    const inRota = new Map(
      rota.map(({ id, layers, overrides, swaps }) => [
        id,
        [
          ...layers.flatMap((layer) => layer.people),
          ...overrides.map(({ person }) => person),
          ...swaps.flatMap(({ persons }) => persons),
        ],
      ]),
    );
    return escalations.flatMap(({ id, steps, source }) =>
      steps.flatMap((step, index) => {
        if (step.channels.length > 0) return [];
        const meant = [...step.people, ...step.rotas.flatMap((name) => inRota.get(name) ?? [])];
        const lost = [...new Set(meant)].filter((person) => !reached.has(person));
        if (lost.length === 0) return [];
        return [give("WB825", "warn", source, { id, step: index + 1, people: lost })];
      }),
    );
  },
};
