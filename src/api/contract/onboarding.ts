import { createRoute, z } from "@hono/zod-openapi";
import { answer, refusals, Time } from "./common.ts";

const person = z.string().min(1).max(200);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const file = z.string().min(1).max(1_000);

export const OnboardingView = z
  .object({
    person,
    read: z.array(z.object({ file, digest, at: Time })),
    asked: z.array(z.string()),
    signed: z.object({ at: Time, book: z.string() }).optional(),
  })
  .openapi("Onboarding");

export const onboardingStepRoute = createRoute({
  method: "post",
  path: "/api/v1/onboarding/steps",
  summary: "A new person has read a document of the reading order, or had a question that it does not answer",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z
            .discriminatedUnion("did", [
              z.object({ did: z.literal("read"), person, file, digest }),
              z.object({ did: z.literal("asked"), person, question: z.string().min(1).max(1_000) }),
            ])
            .openapi("OnboardingStep"),
        },
      },
      required: true,
    },
  },
  responses: { 201: answer(OnboardingView, "Recorded"), ...refusals },
});

export const onboardingEndRoute = createRoute({
  method: "post",
  path: "/api/v1/onboarding/signatures",
  summary: "A person's signature that they have read the manual: judged by the key that the book has",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z
            .object({
              text: z.string().max(65_536).openapi({ description: "What was signed: watchbook onboard --print" }),
              signature: z
                .string()
                .max(65_536)
                .openapi({ description: "Armoured SSH signature in the namespace watchbook-onboarding" }),
            })
            .openapi("OnboardingSignature"),
        },
      },
      required: true,
    },
  },
  responses: {
    201: answer(z.object({ person, fingerprint: z.string(), book: z.string() }).openapi("Onboarded"), "Recorded"),
    ...refusals,
  },
});
