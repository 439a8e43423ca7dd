type Environment = Readonly<Record<string, string | undefined>>;

const OURS = 'CRIER_';
const NAMED_SECRET = /(SECRET|PASSWORD|TOKEN)$/;
/** What stands between the protocol and the host of an address, however badly the address is written. */
const BEFORE_HOST = /^(?:[a-z+]+:)?\/*(.+)@/is;
const HIDDEN = '***';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const passwordIn = (address: string): readonly string[] => {
  const user = BEFORE_HOST.exec(address)?.[1];
  return user === undefined ? [] : [user.slice(user.indexOf(':') + 1)];
};

/**
 * Takes the secrets of an environment out of a text: errors of other people's making repeat what they were given. A secret is a
 * variable that is named one, and the password in an address.
 */
export const hiding = (environment: Environment): ((text: string) => string) => {
  const secrets = Object.entries(environment)
    .filter(([name]) => name.startsWith(OURS))
    .flatMap(([name, value = '']) => (NAMED_SECRET.test(name) ? [value] : passwordIn(value)))
    .flatMap((secret) => [secret, decoded(secret)])
    .filter((secret) => secret !== '')
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
};
