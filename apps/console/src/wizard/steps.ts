export const STEPS = ['message', 'audience', 'settings'] as const;

export type Step = (typeof STEPS)[number];

/** The step that stands in the address; the first where none does. */
export const stepInAddress = ({ step }: Record<string, unknown>): { readonly step?: Step } => {
  const known = STEPS.find((one) => one === step);
  return known === undefined ? {} : { step: known };
};
