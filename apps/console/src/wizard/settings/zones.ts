/** Browsers list some zones by names that the zones' own database has given up. */
const RENAMED: Readonly<Record<string, string>> = {
  'Europe/Kiev': 'Europe/Kyiv',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
};

export const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
};

const current = (zone: string): string => {
  const renamed = RENAMED[zone];
  return renamed !== undefined && isZone(renamed) ? renamed : zone;
};

/** The zone of whoever is looking. */
export const OWN_ZONE = current(Intl.DateTimeFormat().resolvedOptions().timeZone);

export const ZONES: readonly string[] = [
  ...new Set([...Intl.supportedValuesOf('timeZone').map(current), 'UTC', OWN_ZONE]),
].sort();
