/** What a newcomer reads after the start: where to look, with which token, and what to try. */
export const greetingOf = (about: {
  readonly version: string;
  readonly url: string;
  readonly sandboxUrl: string | undefined;
  readonly adminToken: string;
  readonly safeMode: boolean;
}): string => {
  const { version, url, sandboxUrl, adminToken, safeMode } = about;
  const lines = [
    `Crier ${version} is ready.`,
    '',
    `  Console   ${url}/console/#token=${adminToken}`,
    `  API       ${url}/v1   (description: ${url}/v1/openapi.json)`,
    `  Token     ${adminToken}`,
    ...(sandboxUrl === undefined
      ? []
      : [
          `  Sandbox   ${sandboxUrl}   (stands in for the messengers; 2,000 demo contacts on two bots)`,
        ]),
    ...(safeMode
      ? [
          '',
          '  SAFE MODE: this data belongs to another machine. Nothing is sent. CRIER_TRUST_HOST=on takes it over.',
        ]
      : ['', '  Try       npm run crier -- send docs/examples/hello.yaml']),
    '',
  ];
  return `${lines.join('\n')}\n`;
};
