/** Reasons of readings and names of check kinds. */
export const checks = {
  errors: {},
  reasons: {},
} as const;
