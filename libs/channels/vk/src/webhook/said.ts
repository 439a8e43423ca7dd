/** The id of a press that nobody waits for: the person said it in words. */
export const SAID = 'said';
