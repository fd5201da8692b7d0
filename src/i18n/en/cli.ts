export const cli = {
  errors: {},
} as const;
