/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly says: string;
  /** What to do about it. */
  readonly fix?: string;
}

export const fine = (what: string, says: string): Finding => ({ what, state: 'ok', says });

export const doubtful = (what: string, says: string, fix: string): Finding => ({
  what,
  state: 'warning',
  says,
  fix,
});

export const wrong = (what: string, says: string, fix: string): Finding => ({
  what,
  state: 'wrong',
  says,
  fix,
});
