export const report = {
  errors: {},
} as const;
