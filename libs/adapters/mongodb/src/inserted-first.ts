const DUPLICATE_KEY = 11_000;

/** Runs an insert; false where the key was taken. */
export const insertedFirst = async (insert: () => Promise<unknown>): Promise<boolean> => {
  try {
    await insert();
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown } | null)?.code === DUPLICATE_KEY) return false;
    throw error;
  }
};
