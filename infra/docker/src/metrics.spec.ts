import { describe, expect, it } from '@jest/globals';
import { channelTopics } from '@crier/deployment';
import { CheckedReadiness, HealthModule, processRegistry, PromMeter } from '@crier/platform';
import { parse } from 'yaml';
import { appsOf, composeFile } from './compose-file.ts';
import { textOf } from './repository.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
interface Panel {
  readonly title: string;
  readonly type: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string }[];
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
}

const yaml = (file: string): unknown => parse(textOf(file));

const { groups } = yaml('infra/docker/prometheus/alerts.yml') as {
  groups: readonly { readonly rules: readonly Rule[] }[];
};
const alerts = groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(textOf('infra/docker/grafana/dashboards/crier.json')) as {
  panels: readonly Panel[];
};
const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** What the apps offer at `/metrics`. */
const offered = (): readonly { readonly name: string; readonly isHistogram: boolean }[] => {
  const registry = processRegistry('test');
  new PromMeter(registry);
  HealthModule.with(new CheckedReadiness({}), registry);
  return registry
    .getMetricsAsArray()
    .map(({ name, type }) => ({ name, isHistogram: (type as unknown) === 'histogram' }));
};

const series = new Set([
  // Of Prometheus itself.
  'up',
  'ALERTS',
  ...offered().flatMap(({ name, isHistogram }) =>
    isHistogram ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
]);

/** The series that an expression asks for: names that are no function, no word of the language, no label. */
const seriesIn = (expression: string): readonly string[] => {
  const bare = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, '');
  const words = ['or', 'and', 'unless', 'bool', 'sum', 'min', 'max', 'count'];
  return [...bare.matchAll(/\b([a-zA-Z_]\w*)\b(?!\s*\()/g)]
    .map(([, name = '']) => name)
    .filter((name) => !words.includes(name));
};

const unknownIn = (expressions: readonly string[]): readonly string[] =>
  expressions.flatMap(seriesIn).filter((name) => !series.has(name));

describe('Prometheus', () => {
  const { scrape_configs: jobs } = yaml('infra/docker/prometheus/prometheus.yml') as {
    scrape_configs: readonly {
      readonly job_name: string;
      readonly dns_sd_configs?: readonly {
        readonly names: readonly string[];
        readonly type: string;
        readonly port: number;
      }[];
    }[];
  };

  it('looks at every copy of every app that has metrics', () => {
    const compose = composeFile();
    const measured = appsOf(compose)
      .filter(([name]) => !['setup', 'sandbox'].includes(name))
      .map(([name, { environment }]) => [name, 'A', Number(environment?.['CRIER_PORT'])]);
    const seen = jobs.flatMap(({ job_name, dns_sd_configs = [] }) =>
      dns_sd_configs.flatMap(({ names, type, port }) => {
        expect(names).toEqual([job_name]);
        return [[job_name, type, port]];
      }),
    );
    expect([...seen].sort()).toEqual([...measured].sort());
  });
});

describe('the alerts', () => {
  it('ask for series that exist', () => {
    expect(unknownIn(alerts.map(({ expr }) => expr))).toEqual([]);
  });

  it.each(alerts)('$alert says what is wrong and where to read what to do', (rule) => {
    const anchors = [...textOf('docs/operations.md').matchAll(/^#+ (.*)$/gm)].map(
      ([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
    );
    const { summary = '', runbook = '' } = rule.annotations;
    expect(summary).not.toBe('');
    expect(['warning', 'critical']).toContain(rule.labels['severity']);
    const [file, anchor] = runbook.split('#');
    expect(file).toBe('docs/operations.md');
    expect(anchors).toContain(anchor);
  });

  it('know how many partitions a channel has', () => {
    const [lanes] = channelTopics('telegram');
    const rule = alerts.find(({ alert }) => alert === 'PartitionsWithoutOwner');
    expect(rule?.expr).toContain(`< ${lanes?.partitions ?? '?'}`);
  });
});

describe('the dashboard', () => {
  it('asks for series that exist', () => {
    expect(unknownIn(queries)).toEqual([]);
  });

  it('shows everything that Crier itself measures', () => {
    const shown = new Set(queries.flatMap(seriesIn));
    const own = offered().filter(({ name }) => name.startsWith('crier_'));
    const hidden = own.filter(
      ({ name, isHistogram }) => !shown.has(isHistogram ? `${name}_bucket` : name),
    );
    expect(hidden).toEqual([]);
  });

  it('asks the data source that is provisioned', () => {
    const { datasources } = yaml(
      'infra/docker/grafana/provisioning/datasources/prometheus.yml',
    ) as {
      datasources: readonly { readonly uid: string; readonly url: string }[];
    };
    expect(datasources.map(({ url }) => url)).toEqual(['http://prometheus:9090']);
    for (const { type, datasource } of panels)
      if (type !== 'row') expect(datasource?.uid).toBe(datasources[0]?.uid);
  });

  it('has panels that do not lie over one another', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_none, i) => `${x + (i % w)}/${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});
