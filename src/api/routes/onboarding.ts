import { endOnboarding, onboardingStep } from "../../engine/onboarding.ts";
import { onboardingEndRoute, onboardingStepRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";

export function onboardingRoutes(app: Api, { daemon }: Parts): void {
  const config = () => daemon.book().open.book.config;
  app.openapi(onboardingStepRoute, async (c) => {
    const step = c.req.valid("json");
    // Nobody reads for another person: with a token it is the token's own.
    const person = c.get("person") ?? step.person;
    const { read, asked, ...rest } = await onboardingStep(daemon.house, config(), { ...step, person });
    return c.json({ ...rest, read: [...read], asked: [...asked] }, 201);
  });
  app.openapi(onboardingEndRoute, async (c) => {
    const { person, fingerprint, book } = await endOnboarding(daemon.house, config(), c.req.valid("json"));
    return c.json({ person, fingerprint, book }, 201);
  });
}
