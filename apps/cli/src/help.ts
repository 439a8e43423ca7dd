const examplesOf = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;

/** What follows the help of each command. */
export const examples = {
  crier: `${examplesOf(
    'crier doctor                            is everything well?',
    'crier send docs/examples/hello.yaml     your first broadcast',
    'crier list --status sending,held        what is on its way',
  )}

Exit codes: 0 done · 1 refused by the server, or a verification failed · 2 wrong usage
            3 the server cannot be reached · 4 done, but with failures (only with --strict)`,
  send: examplesOf(
    'crier send hello.yaml                   forecast, question, progress, result',
    'crier send hello.yaml --yes --strict    for scripts: exit code 4 when anybody failed',
    'crier send hello.yaml --draft           only create it; crier activate sends it',
    'crier send - --yes --json < hello.yaml  from standard input; the row as JSON',
    '',
    'Ctrl-C leaves; the broadcast goes on. crier stop ends it.',
  ),
  activate: examplesOf(
    'crier activate "Spring sale"',
    'crier activate 0193a1f2 --at 2026-12-01T09:00 --zone Europe/Kyiv',
  ),
  import: examplesOf(
    'crier import contacts.csv               refused rows: contacts.csv.errors.csv',
    'crier import contacts.ndjson --json',
    '',
    'Columns: external_id, first_name, last_name, language, zone, tags, tunnels, bot, address, var:<name>',
  ),
  list: examplesOf(
    'crier list',
    'crier list --status sent --sort -failed --limit 10',
    'crier list --name spring --json',
  ),
  report: examplesOf('crier report 0193a1f2', 'crier report "Spring sale" --json'),
  watch: examplesOf('crier watch "Spring sale"           Ctrl-C leaves; the broadcast goes on'),
  bots: examplesOf(
    'crier bots',
    'crier bots add shop                     asks for the token',
    'crier bots remove shop',
  ),
  botsAdd: examplesOf(
    'crier bots add shop                                   asks for the token',
    'crier bots add shop --rate 30 < token.txt             or CRIER_BOT_TOKEN=…',
    'crier bots add shop --forward-to https://bot.example.com/updates',
    'crier bots add shop --channel webhook --api-url https://shop.example.com/crier --made-up',
  ),
  stop: examplesOf('crier stop "Spring sale"', 'crier stop 0193a1f2'),
  hold: examplesOf('crier hold "Spring sale"', 'crier resume "Spring sale"'),
  resume: examplesOf('crier resume "Spring sale"'),
  retry: examplesOf(
    'crier retry "Spring sale" --what failed',
    'crier retry 0193a1f2 --what unconfirmed --yes --follow',
    '',
    'Unconfirmed recipients may have got the message already: nobody can know.',
  ),
  copy: examplesOf('crier copy "Spring sale" --name "Summer sale"'),
  delete: examplesOf('crier delete "Spring sale"', 'crier delete 0193a1f2 --yes'),
  verify: examplesOf(
    'crier verify                            exit code 1 when anything differs',
    'crier verify --json',
  ),
  rebuild: examplesOf('crier rebuild', 'crier rebuild --no-wait'),
  doctor: examplesOf('crier doctor', 'crier doctor --url https://crier.example --token crier_…'),
  token: examplesOf(
    'crier token create "night script" --role operator',
    'CRIER_TOKEN=$(crier token create reports --role analyst 2>/dev/null)',
  ),
} as const;
