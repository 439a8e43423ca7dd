/** What the API gave; throws the problem that it told instead, as queries and mutations want it. */
export const answered = async <Data>(
  asked: Promise<{ readonly data?: Data; readonly error?: unknown }>,
): Promise<Data> => {
  const { data, error } = await asked;
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the API says is what is shown
  if (error) throw error;
  return data as Data;
};
