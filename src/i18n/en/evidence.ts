export const evidence = {
  errors: {},
  reasons: {},
} as const;
